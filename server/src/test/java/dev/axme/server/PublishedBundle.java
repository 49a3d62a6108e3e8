package dev.axme.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.server.http.Json;
import java.util.List;
import java.util.Set;

/**
 * What is left of a scenario after the published command line has parsed it into the fields that it
 * knows and written those again (protocol section 5.1).
 */
final class PublishedBundle {
  private static final Set<String> TOP =
      Set.of("scenario_id", "title", "description", "agents", "humans", "workflow", "intent");
  private static final Set<String> AGENT =
      Set.of("role", "address", "display_name", "delivery_mode", "create_if_missing");
  private static final Set<String> HUMAN = Set.of("role", "contact", "display_name");
  private static final Set<String> WORKFLOW =
      Set.of("macro_id", "parameters", "entry_step", "steps");
  private static final Set<String> STEP =
      Set.of(
          "step_id",
          "tool_id",
          "assigned_to",
          "input",
          "requires_approval",
          "step_deadline_seconds",
          "remind_after_seconds",
          "max_reminders",
          "escalate_to",
          "human_task",
          "on_success",
          "on_failure");
  private static final Set<String> INTENT =
      Set.of(
          "type",
          "payload",
          "deadline_at",
          "deadline_seconds",
          "remind_after_seconds",
          "remind_interval_seconds",
          "max_reminders",
          "escalate_to",
          "max_delivery_attempts");

  private PublishedBundle() {}

  static ObjectNode asSent(JsonNode bundle) {
    ObjectNode sent = keep(bundle, TOP);
    each(sent, "agents", AGENT, List.of());
    each(sent, "humans", HUMAN, List.of("contact"));
    if (sent.has("workflow")) {
      ObjectNode workflow = keep(sent.path("workflow"), WORKFLOW);
      each(workflow, "steps", STEP, List.of("tool_id"));
      sent.set("workflow", workflow);
    }
    sent.set("intent", keep(sent.path("intent"), INTENT));
    return sent;
  }

  /** Fields that are always written come out as empty strings. */
  private static void each(ObjectNode in, String list, Set<String> known, List<String> always) {
    if (!in.has(list)) {
      return;
    }
    JsonNode before = in.path(list);
    var after = in.putArray(list);
    for (JsonNode one : before) {
      ObjectNode kept = keep(one, known);
      always.stream().filter(field -> !kept.has(field)).forEach(field -> kept.put(field, ""));
      after.add(kept);
    }
  }

  private static ObjectNode keep(JsonNode from, Set<String> known) {
    ObjectNode kept = Json.object();
    from.properties().stream()
        .filter(field -> known.contains(field.getKey()))
        .forEach(field -> kept.set(field.getKey(), field.getValue()));
    return kept;
  }
}
