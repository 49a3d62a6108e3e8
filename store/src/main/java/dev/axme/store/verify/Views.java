package dev.axme.store.verify;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The view tables of one workspace, held against what its logs call for. */
final class Views {
  private static final String INTENTS =
      """
      SELECT intent_id, root_id, status, is_open, intent_type, from_agent, to_agent, correlation_id,
             created_at, updated_at, COALESCE(parent_id, intent_id)
        FROM intents
       WHERE workspace_id = ?
      """;
  private static final String TASKS =
      """
      SELECT intent_id, task_id, status, is_open, intent_type, from_agent, title, assignees,
             asked_at, due_at, outcome, decided_by, updated_at
        FROM tasks
       WHERE workspace_id = ?
      """;
  private static final String TIMERS =
      "SELECT intent_id, kind, due_at FROM timers WHERE workspace_id = ?";
  private static final String DELIVERIES =
      """
      SELECT intent_id, address, mail, position, is_open, workspace_id
        FROM deliveries
       WHERE home_id = ?
      """;

  private final PlainSql sql;
  private final UUID workspace;
  private final Consumer<String> differences;

  Views(PlainSql sql, UUID workspace, Consumer<String> differences) {
    this.sql = sql;
    this.workspace = workspace;
    this.differences = differences;
  }

  void compare(StoreVerifier.Expected expected) {
    compare("intents", expected.intents, intents());
    compare("tasks", expected.tasks, tasks());
    compare("timers", expected.timers, timers());
    deliveries(expected.deliveries);
  }

  private Map<String, String> intents() {
    Map<String, String> rows = new HashMap<>();
    for (PlainSql.Row r : sql.rows(INTENTS, workspace)) {
      String parent = r.id(11).equals(r.id(1)) ? "none" : r.id(11).toString();
      List<String> ids = List.of(r.id(2).toString(), parent, columns(r, 3, 7), r.id(8).toString());
      rows.put(r.id(1).toString(), String.join("|", ids) + "|" + columns(r, 9, 10));
    }
    return rows;
  }

  private Map<String, String> tasks() {
    Map<String, String> rows = new HashMap<>();
    for (PlainSql.Row r : sql.rows(TASKS, workspace)) {
      // While a task is open, its time of change is nobody's business.
      String updated = r.number(4) == 1 ? "-" : r.text(13);
      rows.put(r.id(1) + "/" + r.id(2), columns(r, 3, 12) + "|" + updated);
    }
    return rows;
  }

  private Map<String, String> timers() {
    Map<String, String> rows = new HashMap<>();
    for (PlainSql.Row r : sql.rows(TIMERS, workspace)) {
      rows.put(r.id(1) + "/" + r.text(2), r.text(3));
    }
    return rows;
  }

  private static String columns(PlainSql.Row row, int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(row::text).collect(Collectors.joining("|"));
  }

  private void compare(String table, Map<String, String> expected, Map<String, String> found) {
    expected.forEach(
        (key, row) -> {
          if (!row.equals(found.get(key))) {
            differences.accept(
                "In %s, expected %s: %s, but found %s"
                    .formatted(table, key, row, found(found, key)));
          }
        });
    found.forEach(
        (key, row) -> {
          if (!expected.containsKey(key)) {
            differences.accept("In %s, expected no %s, but found %s".formatted(table, key, row));
          }
        });
  }

  private static String found(Map<String, String> rows, String key) {
    return rows.getOrDefault(key, "no row");
  }

  /** Mailboxes of other workspaces are held against the log of the intent's home as well. */
  private void deliveries(Map<String, Boolean> expected) {
    Set<String> found = new HashSet<>();
    for (PlainSql.Row r : sql.rows(DELIVERIES, workspace)) {
      boolean abroad = !r.id(6).equals(workspace);
      String key =
          "%s to %s as %s at %s"
              .formatted(
                  r.id(1),
                  abroad ? r.text(2) + "#" + r.id(6) : r.text(2),
                  r.text(3),
                  abroad ? "-1" : r.text(4));
      boolean open = r.number(5) == 1;
      found.add(key);
      if (!expected.containsKey(key)) {
        differences.accept("Expected no delivery of %s".formatted(key));
      } else if (Boolean.TRUE.equals(expected.get(key)) != open) {
        differences.accept(
            "Expected the delivery of %s to be %s".formatted(key, open ? "closed" : "open"));
      }
    }
    expected.forEach(
        (key, open) -> {
          if (!found.contains(key)) {
            differences.accept("Expected a delivery of %s".formatted(key));
          }
        });
  }
}
