package dev.axme.store;

import dev.axme.core.IntentId;
import dev.axme.core.Person;
import dev.axme.core.Status;
import dev.axme.core.TaskId;
import dev.axme.core.WorkspaceId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The list views, newest first. A filter that no index serves looks at a bounded number of rows and
 * answers a cursor to go on from.
 */
final class ListQueries {
  private static final int SCANNED_AT_MOST = 5_000;
  private static final int CHUNK = 200;
  private static final UUID LAST = new UUID(-1L, -1L);

  private static final String INTENTS =
      """
      SELECT i.intent_id, i.status, i.intent_type, i.from_agent, i.to_agent, i.correlation_id,
             i.created_at, i.updated_at, i.parent_id
        FROM intents i %s
       WHERE i.workspace_id = ?
         AND i.intent_id < ?
         %s
       ORDER BY i.intent_id DESC
       LIMIT ?
      """;

  private static final String TASKS =
      """
      SELECT t.intent_id, t.task_id, t.is_open, t.intent_type, t.from_agent, t.title, t.assignees,
             t.asked_at, t.due_at, t.status, t.outcome, t.decided_by, t.updated_at
        FROM tasks t
       WHERE t.workspace_id = ?
      """;
  static final String OPEN_TASKS =
      TASKS
          + """
               AND t.is_open = 1
               AND t.task_id < ?
             ORDER BY t.task_id DESC
             LIMIT ?
            """;
  static final String ENDED_TASKS =
      TASKS
          + """
               AND t.is_open = 0
               AND (t.updated_at, t.task_id) < (?, ?)
             ORDER BY t.updated_at DESC, t.task_id DESC
             LIMIT ?
            """;

  private final Database database;
  private final String allIntents;
  private final String openIntents;
  private final String correlatedIntents;

  ListQueries(Database database) {
    this.database = database;
    this.allIntents = allIntents();
    this.openIntents = openIntents(database.dialect());
    this.correlatedIntents = correlatedIntents(database.dialect());
  }

  static String allIntents() {
    return INTENTS.formatted("", "");
  }

  static String openIntents(Dialect dialect) {
    return INTENTS.formatted(dialect.through("intents_open"), "AND i.is_open = 1");
  }

  static String correlatedIntents(Dialect dialect) {
    return INTENTS.formatted(dialect.through("intents_correlation"), "AND i.correlation_id = ?");
  }

  private interface Chunk<T> {
    List<T> after(Sql sql, String cursor) throws SQLException;
  }

  Page<IntentRow> intents(WorkspaceId workspace, IntentQuery query) {
    boolean openOnly =
        !query.statuses().isEmpty() && query.statuses().stream().noneMatch(Status::terminal);
    Chunk<IntentRow> chunk =
        (sql, cursor) -> {
          UUID before = UUID.fromString(cursor);
          if (query.correlation().isPresent()) {
            return sql.list(
                correlatedIntents,
                ListQueries::intent,
                workspace.value(),
                before,
                query.correlation().get(),
                CHUNK);
          }
          return sql.list(
              openOnly ? openIntents : allIntents,
              ListQueries::intent,
              workspace.value(),
              before,
              CHUNK);
        };
    return scan(
        chunk,
        query.after().orElse(LAST.toString()),
        r -> matches(r, query),
        r -> r.id().toString(),
        query.limit());
  }

  private static boolean matches(IntentRow row, IntentQuery query) {
    return (query.statuses().isEmpty() || query.statuses().contains(row.status()))
        && query.from().map(row.from()::equals).orElse(true)
        && query.to().map(row.to()::equals).orElse(true);
  }

  Page<TaskRow> tasks(WorkspaceId workspace, TaskQuery query) {
    Predicate<TaskRow> mine = row -> concerns(row, query.person());
    if (query.open()) {
      return scan(
          (sql, cursor) ->
              sql.list(
                  OPEN_TASKS, ListQueries::task, workspace.value(), UUID.fromString(cursor), CHUNK),
          query.after().orElse(LAST.toString()),
          mine,
          r -> r.task().toString(),
          query.limit());
    }
    return scan(
        (sql, cursor) -> {
          String[] parts = cursor.split("_", 2);
          return sql.list(
              ENDED_TASKS,
              ListQueries::task,
              workspace.value(),
              Long.parseLong(parts[0]),
              UUID.fromString(parts[1]),
              CHUNK);
        },
        query.after().orElse(Long.MAX_VALUE + "_" + LAST),
        mine,
        r -> Micros.of(r.updatedAt()) + "_" + r.task(),
        query.limit());
  }

  private static boolean concerns(TaskRow row, Person person) {
    return row.assignees().isEmpty()
        || person.admin()
        || row.assignees().stream().anyMatch(a -> a.names(person));
  }

  private <T> Page<T> scan(
      Chunk<T> chunks, String start, Predicate<T> wanted, Function<T, String> cursorOf, int limit) {
    return database.ask(
        sql -> {
          List<T> page = new ArrayList<>();
          String cursor = start;
          for (int scanned = 0; scanned < SCANNED_AT_MOST; scanned += CHUNK) {
            List<T> rows = chunks.after(sql, cursor);
            for (T row : rows) {
              if (page.size() == limit) {
                return new Page<>(page, Optional.of(cursor));
              }
              cursor = cursorOf.apply(row);
              if (wanted.test(row)) {
                page.add(row);
              }
            }
            if (rows.size() < CHUNK) {
              return new Page<>(page, Optional.empty());
            }
          }
          return new Page<>(page, Optional.of(cursor));
        });
  }

  private static IntentRow intent(Sql.Row r) throws SQLException {
    return new IntentRow(
        new IntentId(r.uuid(1)),
        r.isNull(9) ? Optional.empty() : Optional.of(new IntentId(r.uuid(9))),
        Status.valueOf(r.text(2)),
        r.text(3),
        r.text(4),
        r.text(5),
        r.uuid(6),
        r.instant(7),
        r.instant(8));
  }

  private static TaskRow task(Sql.Row r) throws SQLException {
    Optional<Instant> due = r.optionalInstant(9);
    return new TaskRow(
        new IntentId(r.uuid(1)),
        new TaskId(r.uuid(2)),
        r.flag(3),
        r.text(4),
        r.text(5),
        r.text(6),
        LogCodec.assignees(r.text(7)),
        r.instant(8),
        due,
        Status.valueOf(r.text(10)),
        r.optionalText(11),
        r.optionalText(12),
        r.instant(13));
  }
}
