package dev.axme.server.web;

import dev.axme.core.Status;
import dev.axme.core.WorkspaceId;
import dev.axme.server.http.Problem;
import dev.axme.server.http.Response;
import dev.axme.server.pages.Risk;
import dev.axme.server.pages.TaskListView;
import dev.axme.server.pages.TaskListView.Ending;
import dev.axme.store.Directory;
import dev.axme.store.Page;
import dev.axme.store.Store;
import dev.axme.store.TaskQuery;
import dev.axme.store.TaskRow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Draws the list of what waits for a person, a page at a time, and what ended lately. */
final class TaskLists {
  /** The query parameter that a page goes on after. */
  static final String AFTER = "after";

  private static final int PAGE = 25;
  private static final int LATELY = 10;

  /** A larger payload is not read for one word of a list; its own page says the risk. */
  private static final int READ_FOR_RISK = 64 * 1024;

  private static final Pattern CURSOR =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private final Store store;
  private final Shown.Reader reader;

  TaskLists(Store store, Shown.Reader reader) {
    this.store = store;
    this.reader = reader;
  }

  /** The list after a cursor, or from the newest on. */
  Response page(Visit visit, Optional<String> after) {
    if (after.isPresent() && !CURSOR.matcher(after.get()).matches()) {
      throw new Problem(400, "bad_request", "The address names no place in the list.");
    }
    Page<TaskRow> open = rows(visit, new TaskQuery(visit.person(), true, after, PAGE));
    List<TaskRow> ended =
        after.isPresent()
            ? List.of()
            : rows(visit, new TaskQuery(visit.person(), false, after, LATELY)).rows();
    Map<String, String> names = ended.isEmpty() ? Map.of() : names(visit);
    TaskListView view =
        new TaskListView(
            visit.frame(),
            waiting(visit, open),
            open.rows().stream().map(row -> open(visit, row)).toList(),
            ended.stream().map(row -> ended(row, names)).toList(),
            open.next().map(cursor -> "/tasks?" + AFTER + "=" + cursor).orElse(null));
    return Html.page(200, visit.frame(), Html.PAGES.tasks(view));
  }

  private Page<TaskRow> rows(Visit visit, TaskQuery query) {
    return store.tasks(workspace(visit), query);
  }

  private static WorkspaceId workspace(Visit visit) {
    return visit.caller().workspaceId();
  }

  private static int waiting(Visit visit, Page<TaskRow> open) {
    var viewer = visit.frame().viewer();
    return Math.max(viewer == null ? 0 : viewer.waiting(), open.rows().size());
  }

  private TaskListView.Open open(Visit visit, TaskRow row) {
    Optional<Shown.Glance> glance = reader.glance(workspace(visit), row.intent(), READ_FOR_RISK);
    return new TaskListView.Open(
        subject(row),
        glance.flatMap(Shown.Glance::step).map(step -> step.id().value()).orElse(null),
        glance.flatMap(Shown.Glance::payload).flatMap(Risk::of).orElse(null),
        row.askedAt(),
        row.dueAt().orElse(null));
  }

  private static TaskListView.Ended ended(TaskRow row, Map<String, String> names) {
    Ending ending =
        row.outcome()
            .map(Ending::decided)
            .orElse(row.status() == Status.TIMED_OUT ? Ending.EXPIRED : Ending.CANCELED);
    String by = row.decidedBy().map(ref -> names.getOrDefault(ref, ref)).orElse(null);
    return new TaskListView.Ended(subject(row), ending, by, row.updatedAt());
  }

  private static TaskListView.Subject subject(TaskRow row) {
    return new TaskListView.Subject("/tasks/" + row.intent(), row.title(), row.from());
  }

  /** People by e-mail address: what the list calls them. */
  private Map<String, String> names(Visit visit) {
    Map<String, String> names = new HashMap<>();
    for (Directory.PersonRow person : store.directory().people(workspace(visit))) {
      names.put(person.email(), person.name());
    }
    names.put(visit.person().email(), "you");
    return names;
  }
}
