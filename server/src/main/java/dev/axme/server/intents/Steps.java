package dev.axme.server.intents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.core.Assignment;
import dev.axme.core.Intent;
import dev.axme.core.IntentEvent;
import dev.axme.core.Payload;
import dev.axme.core.Result;
import dev.axme.core.Root;
import dev.axme.core.Run;
import dev.axme.core.Step;
import dev.axme.core.StepId;
import dev.axme.core.StepRecord;
import dev.axme.core.StepStatus;
import dev.axme.core.Told;
import dev.axme.core.Work;
import dev.axme.server.http.Json;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is composed of a workflow's parts when it is read: the payload of a step-intent (section
 * 5.3), the result of the whole (section 5.4), the list of its steps (section 2.3).
 */
final class Steps {
  /** Where people are asked, these are theirs: no agent says them at the top of a result. */
  private static final List<String> DECIDED =
      List.of(
          "outcome",
          "approved",
          "comment",
          "decided_by",
          "decided_at",
          "self_approved",
          "request_digest");

  /** What one composition repeats of results, in bytes: a hundred of the largest fill the heap. */
  private static final int MOST_RESULTS = 4 * 1024 * 1024;

  private final Bodies bodies;
  private final Wire wire;

  Steps(Bodies bodies, Wire wire) {
    this.bodies = bodies;
    this.wire = wire;
  }

  /** What the intent is about; agents that know no {@code parent_payload} find its fields, too. */
  JsonNode payload(Intent intent) {
    JsonNode payload = bodies.json(intent.request().payload());
    if (intent.assignment().isEmpty()) {
      return payload;
    }
    Assignment assignment = intent.assignment().get();
    ObjectNode composed = Json.object();
    composed.set("parent_payload", payload);
    composed.put("step_id", assignment.step().value());
    assignment.tool().ifPresent(t -> composed.put("tool_id", t));
    composed.set("input", assignment.input().map(bodies::json).orElseGet(Json::object));
    ObjectNode previous = composed.putObject("previous_results");
    Room room = new Room();
    assignment.previous().forEach(p -> previous.set(p.step().value(), room.result(p.result())));
    composed.put("parent_intent_id", assignment.parent().toString());
    payload
        .properties()
        .forEach(
            field -> {
              if (!composed.has(field.getKey())) {
                composed.set(field.getKey(), field.getValue());
              }
            });
    return composed;
  }

  /** About how many bytes {@link #payload} has. */
  static int payloadSize(Intent intent) {
    int own = intent.request().payload().size();
    return intent
        .assignment()
        .map(
            a ->
                2 * own
                    + a.input().map(Payload::size).orElse(0)
                    + a.previous().stream().mapToInt(p -> size(p.result())).sum())
        .orElse(own);
  }

  /** The last agent's result at the top, what people decided over it, and every step's. */
  ObjectNode result(Intent intent) {
    Run run = intent.run().orElseThrow();
    ObjectNode composed = Json.object();
    last(run, Work.Agent.class)
        .map(wire::result)
        .filter(JsonNode::isObject)
        .ifPresent(r -> composed.setAll((ObjectNode) r));
    if (run.workflow().asksPeople()) {
      composed.remove(DECIDED);
      last(run, Work.Human.class).ifPresent(r -> decided(r, composed));
    }
    Room room = new Room();
    ObjectNode steps = composed.putObject("steps");
    for (StepRecord record : run.records().values()) {
      steps.set(record.step().value(), outcome(record, room));
    }
    return composed;
  }

  private void decided(Result result, ObjectNode composed) {
    JsonNode all = wire.result(result);
    for (String name : DECIDED) {
      JsonNode value = all.get(name);
      if (value != null) {
        composed.set(name, value);
      }
    }
  }

  private static Optional<Result> last(Run run, Class<? extends Work> kind) {
    return run.records().values().stream()
        .filter(r -> r.finishedAt().isPresent() && r.result().isPresent())
        .filter(r -> kind.isInstance(run.workflow().step(r.step()).work()))
        .max((a, b) -> a.finishedAt().orElseThrow().compareTo(b.finishedAt().orElseThrow()))
        .flatMap(StepRecord::result);
  }

  /** How much of the results still goes into a composition; the same for the same log. */
  private final class Room {
    private int left = MOST_RESULTS;

    /** The result, or that it has no room: the step-intent that it is from tells all of it. */
    JsonNode result(Result result) {
      int size = size(result);
      if (size > left) {
        return Json.object().put("truncated", true).put("size_bytes", size);
      }
      left -= size;
      return wire.result(result);
    }
  }

  private ObjectNode outcome(StepRecord record, Room room) {
    ObjectNode outcome = Json.object().put("status", word(record.status()));
    end(record, room, outcome);
    return outcome;
  }

  /** What a step came to, as far as it is over. */
  private static void end(StepRecord record, Room room, ObjectNode to) {
    record.result().ifPresent(r -> to.set("result", room.result(r)));
    record.reason().ifPresent(r -> to.put("reason", r));
    record.note().ifPresent(n -> to.put("notification", n));
  }

  /** {@code steps} of a workflow's intent, in the order in which they were started. */
  ArrayNode list(Intent intent, Root root) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    Run run = intent.run().orElseThrow();
    Room room = new Room();
    for (StepRecord record : run.records().values()) {
      Step step = run.workflow().step(record.step());
      ObjectNode entry = list.addObject().put("step_id", record.step().value());
      entry.put("kind", kind(step.work()));
      assignedTo(step.work()).ifPresent(a -> entry.put("assigned_to", a));
      entry.put("status", word(record.status()));
      entry.put("attempt", record.attempt());
      record.intent().ifPresent(i -> entry.put("intent_id", i.toString()));
      record
          .intent()
          .flatMap(root::intent)
          .ifPresent(i -> entry.put("intent_status", i.phase().status().name()));
      end(record, room, entry);
      entry.put("started_at", record.startedAt().toString());
      record.finishedAt().ifPresent(at -> entry.put("finished_at", at.toString()));
    }
    return list;
  }

  private static String kind(Work work) {
    return switch (work) {
      case Work.Agent _ -> "agent";
      case Work.Human _ -> "human";
      case Work.Delay _ -> "delay";
      case Work.Notification _ -> "notification";
      case Work.Escalation _ -> "escalation";
      case Work.Configure _ -> "configuration";
      case Work.Nothing _ -> "internal";
    };
  }

  private static Optional<String> assignedTo(Work work) {
    return switch (work) {
      case Work.Agent agent -> Optional.of(agent.to().address().value());
      case Work.Human human -> Optional.of(human.ref());
      case Work.Escalation escalation -> Optional.of(escalation.to().ref());
      case Work.Delay _, Work.Notification _, Work.Configure _, Work.Nothing _ -> Optional.empty();
    };
  }

  /** About how many bytes {@link #result} has. */
  static int size(Intent intent) {
    return intent.run().stream()
        .flatMap(run -> run.records().values().stream())
        .flatMap(r -> r.result().stream())
        .mapToInt(r -> 2 * size(r))
        .sum();
  }

  private static int size(Result result) {
    return switch (result) {
      case Result.Given given -> given.payload().size();
      case Result.Decided d -> d.decision().fields().map(Payload::size).orElse(0);
      case Result.Composed _ -> 0;
    };
  }

  static String word(StepStatus status) {
    return status.name().toLowerCase(Locale.ROOT);
  }

  /** The step that an event of a workflow is about. */
  static Optional<StepId> current(Told told) {
    return switch (told.event()) {
      case IntentEvent.Created _,
          IntentEvent.Submitted _,
          IntentEvent.Delivered _,
          IntentEvent.Completed _ ->
          Optional.empty();
      default -> told.after().run().flatMap(Run::current);
    };
  }

  /** Who had the step that failed: the work has not gone on to anybody yet. */
  static Optional<ObjectNode> left(Intent intent, IntentEvent.StepEnded event) {
    return intent
        .run()
        .map(run -> run.workflow().step(event.step()).work())
        .map(
            work ->
                switch (work) {
                  case Work.Agent agent ->
                      Wire.holder("agent", agent.to().address().value(), agent.name());
                  case Work.Human human -> Wire.holder("human", human.ref(), human.name());
                  case Work.Delay _,
                      Work.Notification _,
                      Work.Escalation _,
                      Work.Configure _,
                      Work.Nothing _ ->
                      Wire.internal();
                });
  }
}
