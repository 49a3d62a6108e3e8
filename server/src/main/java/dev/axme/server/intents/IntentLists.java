package dev.axme.server.intents;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.core.HumanTask;
import dev.axme.core.Intent;
import dev.axme.core.Person;
import dev.axme.core.Status;
import dev.axme.server.http.Call;
import dev.axme.server.http.Json;
import dev.axme.server.http.Problem;
import dev.axme.server.http.Reply;
import dev.axme.store.IntentQuery;
import dev.axme.store.IntentRow;
import dev.axme.store.Page;
import dev.axme.store.Place;
import dev.axme.store.Store;
import dev.axme.store.TaskQuery;
import dev.axme.store.TaskRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Lists of intents and of tasks, a page at a time (sections 3.2, 6.3). */
final class IntentLists {
  /** The word for every status that is not terminal. */
  static final String OPEN = "OPEN";

  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_LIMIT = 1_000;
  private static final int MAX_TASKS = 200;
  private static final Pattern LIMIT = Pattern.compile("[1-9][0-9]*");
  private static final String UUID_FORM = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
  private static final Pattern ID_CURSOR = Pattern.compile(UUID_FORM);
  private static final Pattern TIME_CURSOR = Pattern.compile("[0-9]{1,18}_" + UUID_FORM);

  private final Store store;

  IntentLists(Store store) {
    this.store = store;
  }

  Reply intents(Call call) {
    Optional<List<Status>> statuses = call.query("status").map(IntentLists::statuses);
    if (statuses.isPresent() && statuses.get().isEmpty()) {
      return page(Json.ok(), new Page<>(List.of(), Optional.empty()));
    }
    IntentQuery query =
        new IntentQuery(
            statuses.orElse(List.of()),
            call.query("correlation_id").map(IntentLists::uuid),
            call.query("from_agent"),
            call.query("to_agent"),
            cursor(call, false),
            limit(call, MAX_LIMIT));
    return page(Json.ok(), store.intents(call.caller().workspaceId(), query));
  }

  private static Reply page(ObjectNode answer, Page<IntentRow> page) {
    var list = answer.putArray("intents");
    page.rows().forEach(row -> list.add(row(row)));
    answer.put("next_cursor", page.next().orElse(null));
    return Reply.json(answer);
  }

  private static ObjectNode row(IntentRow row) {
    ObjectNode view = Json.object().put("intent_id", row.id().toString());
    Wire.status(view, row.status());
    row.parent().ifPresent(p -> view.put("parent_intent_id", p.toString()));
    return view.put("intent_type", row.type())
        .put("from_agent", row.from())
        .put("to_agent", row.to())
        .put("correlation_id", row.correlation().toString())
        .put("created_at", row.createdAt().toString())
        .put("updated_at", row.updatedAt().toString());
  }

  /** Words that nobody knows match nothing; some old names are understood. */
  static List<Status> statuses(String text) {
    List<Status> statuses = new ArrayList<>();
    for (String word : text.split(",", -1)) {
      String name = word.strip().toUpperCase(Locale.ROOT);
      switch (name) {
        case "PENDING", OPEN ->
            Arrays.stream(Status.values()).filter(s -> !s.terminal()).forEach(statuses::add);
        case "RESOLVED" -> statuses.add(Status.COMPLETED);
        case "EXPIRED" -> statuses.add(Status.TIMED_OUT);
        case "CANCELLED" -> statuses.add(Status.CANCELED);
        default ->
            Arrays.stream(Status.values())
                .filter(s -> s.name().equals(name))
                .forEach(statuses::add);
      }
    }
    return statuses;
  }

  Reply tasks(Call call) {
    Person person = call.caller().person().orElseThrow();
    boolean open = !call.query("status").orElse("open").equals("ended");
    Page<TaskRow> page =
        store.tasks(
            call.caller().workspaceId(),
            new TaskQuery(person, open, cursor(call, !open), limit(call, MAX_TASKS)));
    ObjectNode answer = Json.ok();
    var list = answer.putArray("tasks");
    page.rows().forEach(row -> list.add(task(call, row)));
    answer.put("next_cursor", page.next().orElse(null));
    return Reply.json(answer);
  }

  private ObjectNode task(Call call, TaskRow row) {
    var workspace = call.caller().workspaceId();
    Place place = store.find(workspace, row.intent()).orElseThrow();
    Intent intent = store.root(place).intent(row.intent()).orElseThrow();
    HumanTask task = intent.task(row.task()).orElseThrow();
    ObjectNode view = Json.object().put("intent_id", row.intent().toString());
    view.put("intent_type", row.intentType());
    view.put("status", row.status().name());
    view.put("from_agent", row.from());
    view.put("title", row.title());
    view.put("assigned_at", row.askedAt().toString());
    row.dueAt().ifPresent(d -> view.put("due_at", d.toString()));
    if (row.open()) {
      intent.run().ifPresent(run -> view.put("step_id", run.step().id().value()));
    }
    row.outcome().ifPresent(o -> view.put("outcome", o));
    row.decidedBy().ifPresent(d -> view.put("decided_by", d));
    view.set("human_task", new Wire(new Bodies(store, place, List.of())).task(task));
    return view;
  }

  private static int limit(Call call, int most) {
    String text = call.query("limit").orElse(Integer.toString(DEFAULT_LIMIT));
    if (!LIMIT.matcher(text).matches()) {
      throw Problem.invalid("limit", "must be a whole number from 1, not " + text + ".");
    }
    return text.length() > 9 ? most : Math.min(Integer.parseInt(text), most);
  }

  private static Optional<String> cursor(Call call, boolean byTime) {
    Optional<String> cursor = call.query("cursor");
    Pattern form = byTime ? TIME_CURSOR : ID_CURSOR;
    if (cursor.isPresent() && !form.matcher(cursor.get()).matches()) {
      throw Problem.invalid("cursor", "is not one that a page of this list named.");
    }
    return cursor;
  }

  private static UUID uuid(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw Problem.invalid("correlation_id", "must be a UUID, not " + text + ".");
    }
  }
}
