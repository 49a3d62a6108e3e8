package dev.axme.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Counts what waits; it reads indexes alone, and to a bound. */
final class WaitingQueries {
  /**
   * Counts those younger than each of {@link Waiting#AGES}, and all. A task's id begins with the
   * millisecond in which it was asked: the index alone tells its age.
   */
  static final String OPEN_TASKS =
      """
      SELECT COUNT(CASE WHEN q.task_id >= ? THEN 1 END),
             COUNT(CASE WHEN q.task_id >= ? THEN 1 END),
             COUNT(CASE WHEN q.task_id >= ? THEN 1 END),
             COUNT(CASE WHEN q.task_id >= ? THEN 1 END),
             COUNT(CASE WHEN q.task_id >= ? THEN 1 END),
             COUNT(CASE WHEN q.task_id >= ? THEN 1 END),
             COUNT(*)
        FROM (SELECT t.task_id
                FROM tasks t
               WHERE t.is_open = 1
               LIMIT ?) q
      """;

  static final String OVERDUE_TIMERS =
      """
      SELECT COUNT(*), MIN(q.due_at)
        FROM (SELECT t.due_at
                FROM timers t
               WHERE t.due_at <= ?
               ORDER BY t.due_at
               LIMIT ?) q
      """;

  private final Database database;

  WaitingQueries(Database database) {
    this.database = database;
  }

  Waiting waiting(Instant now) {
    return database.ask(
        sql -> {
          List<Object> arguments = new ArrayList<>();
          Waiting.AGES.forEach(age -> arguments.add(firstOf(now.minus(age))));
          arguments.add(Waiting.MOST);
          List<Long> tasks =
              sql.first(OPEN_TASKS, WaitingQueries::apart, arguments.toArray()).orElseThrow();
          return sql.first(
                  OVERDUE_TIMERS,
                  r -> new Waiting(tasks, r.big(1), r.optionalInstant(2)),
                  now,
                  Waiting.MOST)
              .orElseThrow();
        });
  }

  /** The least id that a task of this millisecond may have. */
  private static UUID firstOf(Instant at) {
    return new UUID(at.toEpochMilli() << 16, 0);
  }

  private static List<Long> apart(Sql.Row row) throws SQLException {
    List<Long> tasks = new ArrayList<>();
    long younger = 0;
    for (int column = 1; column <= Waiting.AGES.size() + 1; column++) {
      tasks.add(row.big(column) - younger);
      younger = row.big(column);
    }
    return tasks;
  }
}
