package dev.axme.store;

import dev.axme.core.Address;
import dev.axme.core.WorkspaceId;
import dev.axme.store.Threads.Approval;
import dev.axme.store.Threads.Copy;
import dev.axme.store.Threads.Entry;
import dev.axme.store.Threads.Kind;
import dev.axme.store.Threads.Mark;
import dev.axme.store.Threads.Whole;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** What is read of threads. */
final class ThreadQueries {
  private static final String COPIES =
      """
      SELECT c.workspace_id, c.owner, c.thread_id, c.home_id, c.position, c.read_to, c.is_whole,
             c.hidden
        FROM thread_copies c %s
       WHERE c.workspace_id = ?
      """;
  private static final String NEWEST =
      COPIES
          + """
               AND c.owner = ?
               AND c.position < ?
             ORDER BY c.position DESC
             LIMIT ?
            """;
  private static final String CHANGED =
      COPIES
          + """
               AND c.owner = ?
               AND c.position > ?
               AND c.position <= ?
             ORDER BY c.position
             LIMIT ?
            """;
  private static final String ENTRIES =
      """
      SELECT e.position, e.entry_id, e.kind, e.actor, e.author, e.at, e.about, e.text
        FROM thread_entries e
       WHERE e.workspace_id = ?
         AND e.thread_id = ?
      """;
  static final String NEWEST_ENTRIES = ENTRIES + " ORDER BY e.position DESC LIMIT ?";

  private final Database database;

  ThreadQueries(Database database) {
    this.database = database;
  }

  static String newest(Dialect dialect) {
    return NEWEST.formatted(dialect.through("thread_copies_changed"));
  }

  static String changed(Dialect dialect) {
    return CHANGED.formatted(dialect.through("thread_copies_changed"));
  }

  static String ofThread(Dialect dialect) {
    return COPIES.formatted(dialect.through("thread_copies_thread"))
        + " AND c.thread_id = ? LIMIT 1000";
  }

  List<Copy> newest(WorkspaceId workspace, Address owner, long before, int limit) {
    return list(newest(database.dialect()), workspace.value(), owner.value(), before, limit);
  }

  List<Copy> changed(WorkspaceId workspace, Address owner, long after, long to, int limit) {
    return list(changed(database.dialect()), workspace.value(), owner.value(), after, to, limit);
  }

  private List<Copy> list(String sql, Object... arguments) {
    return database.ask(s -> s.list(sql, ThreadQueries::copy, arguments));
  }

  static List<Copy> copies(Sql sql, WorkspaceId workspace, UUID thread) throws SQLException {
    return sql.list(ofThread(sql.dialect()), ThreadQueries::copy, workspace.value(), thread);
  }

  Map<UUID, Copy> copies(WorkspaceId workspace, Address owner, Collection<UUID> threads) {
    return database.ask(
        sql -> {
          Map<UUID, Copy> found = new LinkedHashMap<>();
          for (UUID thread : threads) {
            sql.first(
                    COPIES.formatted("") + " AND c.owner = ? AND c.thread_id = ?",
                    ThreadQueries::copy,
                    workspace.value(),
                    owner.value(),
                    thread)
                .ifPresent(copy -> found.put(thread, copy));
          }
          return found;
        });
  }

  static Optional<Whole> whole(Sql sql, WorkspaceId home, UUID thread) throws SQLException {
    return sql.first(
        """
        SELECT t.thread_id, t.founder, t.mark, t.marked_at, t.entries, t.hidden, t.created_at,
               t.updated_at
          FROM threads t
         WHERE t.workspace_id = ?
           AND t.thread_id = ?
        """,
        ThreadQueries::whole,
        home.value(),
        thread);
  }

  List<Entry> entries(WorkspaceId home, UUID thread, int limit) {
    return database.ask(
        sql ->
            sql.list(NEWEST_ENTRIES, ThreadQueries::entry, home.value(), thread, limit).reversed());
  }

  Optional<Entry> entry(WorkspaceId home, UUID thread, long position) {
    return database.ask(
        sql ->
            sql.first(
                ENTRIES + " AND e.position = ?",
                ThreadQueries::entry,
                home.value(),
                thread,
                position));
  }

  /** The newest replies that have a text, the oldest of them first. */
  static List<UUID> messages(Sql sql, WorkspaceId home, UUID thread, int limit)
      throws SQLException {
    return sql.list(
            """
            SELECT e.entry_id
              FROM thread_entries e
             WHERE e.workspace_id = ?
               AND e.thread_id = ?
               AND e.kind = 'REPLY'
               AND e.text IS NOT NULL
             ORDER BY e.position DESC
             LIMIT ?
            """,
            r -> r.uuid(1),
            home.value(),
            thread,
            limit)
        .reversed();
  }

  Optional<Approval> approval(WorkspaceId workspace, UUID id) {
    return database.ask(
        sql ->
            sql.first(
                """
                    SELECT a.approval_id, a.decision, a.comment, a.decided_by, a.decided_at
                      FROM approvals a
                     WHERE a.workspace_id = ?
                       AND a.approval_id = ?
                    """,
                r ->
                    new Approval(
                        r.uuid(1),
                        r.text(2).equals("approve"),
                        r.optionalText(3),
                        new Address(r.text(4)),
                        r.instant(5)),
                workspace.value(),
                id));
  }

  private static Copy copy(Sql.Row r) throws SQLException {
    return new Copy(
        new WorkspaceId(r.uuid(1)),
        new Address(r.text(2)),
        r.uuid(3),
        new WorkspaceId(r.uuid(4)),
        r.big(5),
        r.big(6),
        r.flag(7),
        ids(r.text(8)));
  }

  private static Whole whole(Sql.Row r) throws SQLException {
    return new Whole(
        r.uuid(1),
        new Address(r.text(2)),
        r.optionalText(3).map(m -> Mark.valueOf(m.toUpperCase(Locale.ROOT))),
        r.instant(4),
        r.number(5),
        ids(r.text(6)),
        r.instant(7),
        r.instant(8));
  }

  private static Entry entry(Sql.Row r) throws SQLException {
    return new Entry(
        r.big(1),
        r.uuid(2),
        Kind.valueOf(r.text(3)),
        new Address(r.text(4)),
        new Address(r.text(5)),
        r.instant(6),
        r.optionalText(7),
        r.optionalText(8));
  }

  static String word(Mark mark) {
    return mark.name().toLowerCase(Locale.ROOT);
  }

  /** The stored form of a few ids. */
  static String ids(Set<UUID> ids) {
    return ids.stream().map(UUID::toString).collect(Collectors.joining(","));
  }

  private static Set<UUID> ids(String text) {
    return text.isEmpty()
        ? Set.of()
        : Arrays.stream(text.split(",", -1))
            .map(UUID::fromString)
            .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
