package dev.axme.store;

import dev.axme.core.Address;
import dev.axme.core.RootId;
import dev.axme.core.WorkspaceId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The tables of threads, one text for both databases. A write takes the heads of its workspaces
 * first, in the one order of all heads, and holds them to its end: whatever it reads then, nobody
 * else changes.
 */
final class SqlThreads implements Threads {
  private static final int MOST_MESSAGES = 1_000;

  /** Keeps keys of threads apart from those of the committer under the same route. */
  private static final String OWN = " (thread)";

  private final Database database;
  private final Supplier<Instant> clock;
  private final ThreadQueries queries;

  SqlThreads(Database database, Supplier<Instant> clock) {
    this.database = database;
    this.clock = clock;
    this.queries = new ThreadQueries(database);
  }

  @Override
  public List<Copy> newest(WorkspaceId workspace, Address owner, long before, int limit) {
    return queries.newest(workspace, owner, before, limit);
  }

  @Override
  public List<Copy> changed(WorkspaceId workspace, Address owner, long after, long to, int limit) {
    return queries.changed(workspace, owner, after, to, limit);
  }

  @Override
  public List<Copy> copies(WorkspaceId workspace, UUID thread) {
    return database.ask(sql -> ThreadQueries.copies(sql, workspace, thread));
  }

  @Override
  public Map<UUID, Copy> copies(WorkspaceId workspace, Address owner, Collection<UUID> threads) {
    return queries.copies(workspace, owner, threads);
  }

  @Override
  public Optional<Whole> whole(WorkspaceId home, UUID thread) {
    return database.ask(sql -> ThreadQueries.whole(sql, home, thread));
  }

  @Override
  public List<Entry> entries(WorkspaceId home, UUID thread, int limit) {
    return queries.entries(home, thread, limit);
  }

  @Override
  public Optional<Entry> entry(WorkspaceId home, UUID thread, long position) {
    return queries.entry(home, thread, position);
  }

  @Override
  public Optional<Approval> approval(WorkspaceId workspace, UUID id) {
    return queries.approval(workspace, id);
  }

  @Override
  public Optional<Written.Remembered> recalled(WorkspaceId workspace, RequestKey request) {
    return database.ask(sql -> recall(sql, workspace, request));
  }

  @Override
  public Written write(Scope scope, Function<State, Optional<Deed>> rule) {
    return alone(
        scope,
        (sql, positions, now) -> {
          Optional<Deed> deed = rule.apply(state(sql, scope, positions, now));
          if (deed.isPresent()) {
            put(sql, scope, deed.get());
          }
          return deed.flatMap(Deed::entry).map(Entry::position).orElse(0L);
        });
  }

  @Override
  public Written decide(Scope scope, Approval approval) {
    return alone(
        scope,
        (sql, _, _) -> {
          sql.update(
              """
              INSERT INTO approvals (workspace_id, approval_id, decision, comment, decided_by,
                decided_at)
              VALUES (?, ?, ?, ?, ?, ?)
              ON CONFLICT DO NOTHING
              """,
              scope.home().value(),
              approval.id(),
              approval.approved() ? "approve" : "reject",
              Sql.orNull(approval.comment(), Sql.Null.TEXT),
              approval.decidedBy().value(),
              approval.decidedAt());
          return 0L;
        });
  }

  /** What is done while the heads are held; says at which position its entry is. */
  private interface Work {
    long run(Sql sql, Map<WorkspaceId, Long> positions, Instant now) throws SQLException;
  }

  private Written alone(Scope scope, Work work) {
    // Before the transaction: on PostgreSQL it needs a connection of its own.
    Instant now = clock.get();
    return database.write(c -> alone(c, scope, work, now));
  }

  private Written alone(Connection connection, Scope scope, Work work, Instant now)
      throws SQLException {
    Sql sql = sql(connection);
    Map<WorkspaceId, Long> positions = new LinkedHashMap<>();
    for (WorkspaceId workspace : scope.inboxes().stream().sorted(Rows.HEADS).toList()) {
      positions.put(workspace, takeHead(sql, workspace));
    }
    if (!authorized(connection, scope, now)) {
      return new Written.Unauthorized();
    }
    if (scope.request().isPresent()) {
      RequestKey request = scope.request().get();
      Optional<Written.Remembered> before = recall(sql, scope.asking(), request);
      if (before.isPresent()) {
        return before.get();
      }
      keep(sql, scope, request, work.run(sql, positions, now), now);
    } else {
      work.run(sql, positions, now);
    }
    return new Written.Done();
  }

  private static long takeHead(Sql sql, WorkspaceId workspace) throws SQLException {
    return sql.first(
            """
            INSERT INTO heads (workspace_id, position)
            VALUES (?, 1)
            ON CONFLICT (workspace_id) DO UPDATE SET position = heads.position + 1
            RETURNING position
            """,
            r -> r.big(1),
            workspace.value())
        .orElseThrow();
  }

  private boolean authorized(Connection connection, Scope scope, Instant now) throws SQLException {
    long version =
        sql(connection)
            .first("SELECT v.version FROM directory_version v WHERE v.id = 1", r -> r.big(1))
            .orElseThrow();
    Want want =
        new Want(
            scope.asking(),
            new RootId(scope.thread()),
            false,
            Optional.empty(),
            scope.credential(),
            List.of());
    return StoredRows.authorized(connection, database.dialect(), want, version, now);
  }

  private static Optional<Written.Remembered> recall(
      Sql sql, WorkspaceId workspace, RequestKey request) throws SQLException {
    return sql.first(
        """
        SELECT d.request_hash, d.route, d.outcome
          FROM idempotency d
         WHERE d.workspace_id = ?
           AND d.identity = ?
           AND d.route IN (?, ?)
           AND d.request_key = ?
        """,
        r ->
            new Written.Remembered(
                r.text(2).endsWith(OWN) ? Long.parseLong(r.text(3)) : 0,
                r.text(1).equals(request.hash().hex())),
        workspace.value(),
        request.identity(),
        request.route(),
        request.route() + OWN,
        request.key());
  }

  private static void keep(Sql sql, Scope scope, RequestKey request, long entry, Instant now)
      throws SQLException {
    sql.update(
        """
        INSERT INTO idempotency (workspace_id, identity, route, request_key, request_hash, outcome,
          intent_id, keep_until)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
        scope.asking().value(),
        request.identity(),
        request.route() + OWN,
        request.key(),
        request.hash().hex(),
        Long.toString(entry),
        scope.thread(),
        now.plus(StoredRows.KEEP_ANSWERS));
  }

  private static State state(Sql sql, Scope scope, Map<WorkspaceId, Long> positions, Instant clock)
      throws SQLException {
    Optional<Whole> whole = ThreadQueries.whole(sql, scope.home(), scope.thread());
    List<Copy> copies = new ArrayList<>();
    for (WorkspaceId workspace : scope.inboxes()) {
      copies.addAll(ThreadQueries.copies(sql, workspace, scope.thread()));
    }
    // Another node's clock may be ahead of ours.
    Instant now = whole.map(Whole::updatedAt).filter(clock::isBefore).orElse(clock);
    List<UUID> messages = ThreadQueries.messages(sql, scope.home(), scope.thread(), MOST_MESSAGES);
    return new State(now, positions, whole, copies, messages);
  }

  private static void put(Sql sql, Scope scope, Deed deed) throws SQLException {
    put(sql, scope.home(), deed.whole());
    if (deed.entry().isPresent()) {
      put(sql, scope, deed.entry().get());
    }
    for (Copy copy : deed.copies()) {
      put(sql, copy);
    }
    for (Parcel parcel : deed.parcels()) {
      SqlOutbox.insert(sql, parcel);
    }
    for (UUID wiped : deed.wiped()) {
      sql.update(
          """
          UPDATE thread_entries
             SET text = NULL
           WHERE workspace_id = ?
             AND thread_id = ?
             AND entry_id = ?
          """,
          scope.home().value(),
          scope.thread(),
          wiped);
    }
  }

  private static void put(Sql sql, WorkspaceId home, Whole whole) throws SQLException {
    sql.update(
        """
        INSERT INTO threads (workspace_id, thread_id, founder, mark, marked_at, entries, hidden,
          created_at, updated_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (workspace_id, thread_id) DO UPDATE
          SET mark = excluded.mark, marked_at = excluded.marked_at, entries = excluded.entries,
              hidden = excluded.hidden, updated_at = excluded.updated_at
        """,
        home.value(),
        whole.id(),
        whole.founder().value(),
        Sql.orNull(whole.mark().map(ThreadQueries::word), Sql.Null.TEXT),
        whole.markedAt(),
        whole.entries(),
        ThreadQueries.ids(whole.hidden()),
        whole.createdAt(),
        whole.updatedAt());
  }

  private static void put(Sql sql, Scope scope, Entry entry) throws SQLException {
    sql.update(
        """
        INSERT INTO thread_entries (workspace_id, thread_id, position, entry_id, kind, actor,
          author, at, about, text)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        scope.home().value(),
        scope.thread(),
        entry.position(),
        entry.id(),
        entry.kind().name(),
        entry.actor().value(),
        entry.author().value(),
        entry.at(),
        Sql.orNull(entry.about(), Sql.Null.TEXT),
        Sql.orNull(entry.text(), Sql.Null.TEXT));
  }

  private static void put(Sql sql, Copy copy) throws SQLException {
    sql.update(
        """
        INSERT INTO thread_copies (workspace_id, owner, thread_id, home_id, position, read_to,
          is_whole, hidden)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (workspace_id, owner, thread_id) DO UPDATE
          SET home_id = excluded.home_id, position = excluded.position, read_to = excluded.read_to,
              is_whole = excluded.is_whole, hidden = excluded.hidden
        """,
        copy.workspace().value(),
        copy.owner().value(),
        copy.thread(),
        copy.home().value(),
        copy.position(),
        copy.readTo(),
        copy.whole(),
        ThreadQueries.ids(copy.hidden()));
  }

  private Sql sql(Connection connection) {
    return new Sql(connection, database.dialect());
  }
}
