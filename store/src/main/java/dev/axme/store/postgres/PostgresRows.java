package dev.axme.store.postgres;

import dev.axme.core.Decision;
import dev.axme.core.Intent;
import dev.axme.core.IntentId;
import dev.axme.core.WorkspaceId;
import dev.axme.store.Change;
import dev.axme.store.DueTimer;
import dev.axme.store.Micros;
import dev.axme.store.Rows;
import dev.axme.store.StoredRows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Writes the rows of one workspace in one round trip: the head is taken first, and rows number
 * themselves from it. Every statement names the workspace as a constant and is anchored on the
 * head.
 */
final class PostgresRows {
  private static final String HEAD =
      """
      INSERT INTO heads (workspace_id, position)
      VALUES (?, ?)
      ON CONFLICT (workspace_id) DO UPDATE SET position = heads.position + excluded.position
      """;
  private static final String NEW_ROOTS =
      """
      INSERT INTO roots (workspace_id, root_id, version, is_open)
      SELECT ?, u.root_id, u.version, u.is_open
        FROM unnest(?, ?, ?) AS u(root_id, version, is_open)
      """;
  private static final String OLD_ROOTS =
      """
      UPDATE roots
         SET version = u.version, is_open = u.is_open
        FROM unnest(?, ?, ?, ?) AS u(root_id, version, is_open, was)
       WHERE roots.workspace_id = ?
         AND roots.root_id = u.root_id
         AND roots.version = u.was
      """;
  private static final String LOG =
      """
      INSERT INTO log (workspace_id, root_id, append_no, position, at, author, events)
      SELECT h.workspace_id, u.root_id, u.append_no, h.position - ? + u.place, u.at, u.author,
             u.events
        FROM heads h,
             unnest(?, ?, ?, ?, ?, ?)
               AS u(root_id, append_no, place, at, author, events)
       WHERE h.workspace_id = ?
      """;
  private static final String PAYLOADS =
      """
      INSERT INTO payloads (workspace_id, root_id, digest, body)
      SELECT ?, u.root_id, u.digest, u.body
        FROM unnest(?, ?, ?) AS u(root_id, digest, body)
      ON CONFLICT DO NOTHING
      """;
  private static final String NEW_INTENTS =
      """
      INSERT INTO intents (workspace_id, intent_id, root_id, status, is_open, intent_type,
        from_agent, to_agent, correlation_id, created_at, updated_at, parent_id)
      SELECT ?, u.intent_id, u.root_id, u.status, u.is_open, u.intent_type, u.from_agent,
             u.to_agent, u.correlation_id, u.created_at, u.updated_at, u.parent_id
        FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          AS u(intent_id, root_id, status, is_open, intent_type, from_agent, to_agent,
               correlation_id, created_at, updated_at, parent_id)
      """;
  private static final String OLD_INTENTS =
      """
      UPDATE intents
         SET status = u.status, is_open = u.is_open, updated_at = u.updated_at
        FROM unnest(?, ?, ?, ?) AS u(intent_id, status, is_open, updated_at)
       WHERE intents.workspace_id = ?
         AND intents.intent_id = u.intent_id
      """;
  private static final String TASKS =
      """
      INSERT INTO tasks (workspace_id, intent_id, task_id, is_open, intent_type, from_agent, title,
        assignees, asked_at, due_at, status, outcome, decided_by, updated_at)
      SELECT ?, u.intent_id, u.task_id, u.is_open, u.intent_type, u.from_agent, u.title,
             u.assignees, u.asked_at, u.due_at, u.status, u.outcome, u.decided_by, u.updated_at
        FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          AS u(intent_id, task_id, is_open, intent_type, from_agent, title, assignees, asked_at,
               due_at, status, outcome, decided_by, updated_at)
      ON CONFLICT (workspace_id, intent_id, task_id) DO UPDATE
        SET is_open = excluded.is_open, assignees = excluded.assignees, due_at = excluded.due_at,
            status = excluded.status, outcome = excluded.outcome,
            decided_by = excluded.decided_by, updated_at = excluded.updated_at
      """;
  private static final String CLOSED_DELIVERIES =
      """
      UPDATE deliveries
         SET is_open = 0
        FROM unnest(?) AS u(intent_id)
       WHERE deliveries.workspace_id = ?
         AND deliveries.intent_id = u.intent_id
         AND deliveries.mail <> 'THREAD'
         AND deliveries.is_open = 1
      """;
  private static final String DELIVERIES =
      """
      INSERT INTO deliveries (workspace_id, address, position, intent_id, home_id, root_id, mail,
        is_open)
      SELECT h.workspace_id, u.address, h.position - ? + u.place, u.intent_id, u.home_id,
             u.root_id, u.mail, u.is_open
        FROM heads h,
             unnest(?, ?, ?, ?, ?, ?, ?)
               AS u(address, place, intent_id, home_id, root_id, mail, is_open)
       WHERE h.workspace_id = ?
      """;
  private static final String FIRED_TIMERS =
      """
      DELETE FROM timers t
       USING unnest(?, ?, ?, ?) AS u(root_id, intent_id, kind, due_at)
       WHERE t.workspace_id = ?
         AND t.root_id = u.root_id
         AND t.intent_id = u.intent_id
         AND t.kind = u.kind
         AND t.due_at = u.due_at
      """;
  private static final String CLEARED_TIMERS =
      """
      DELETE FROM timers t
       USING unnest(?, ?, ?) AS u(root_id, intent_id, kind)
       WHERE t.workspace_id = ?
         AND t.root_id = u.root_id
         AND t.intent_id = u.intent_id
         AND t.kind = u.kind
      """;
  private static final String TIMERS =
      """
      INSERT INTO timers (workspace_id, root_id, intent_id, kind, due_at)
      SELECT ?, u.root_id, u.intent_id, u.kind, u.due_at
        FROM unnest(?, ?, ?, ?) AS u(root_id, intent_id, kind, due_at)
      ON CONFLICT (workspace_id, root_id, intent_id, kind) DO UPDATE
        SET due_at = excluded.due_at, not_before = 0
      """;
  private static final String OUTBOX =
      """
      INSERT INTO outbox (workspace_id, id, channel, destination, subject_id, position, body, state,
        created_at, due_at)
      SELECT h.workspace_id, u.id, u.channel, u.destination, u.subject_id,
             h.position - ? + u.place, u.body, 'PENDING', u.created_at, u.due_at
        FROM heads h,
             unnest(?, ?, ?, ?, ?, ?, ?, ?)
               AS u(id, channel, destination, subject_id, place, body, created_at, due_at)
       WHERE h.workspace_id = ?
      ON CONFLICT DO NOTHING
      """;
  private static final String KEPT =
      """
      INSERT INTO idempotency (workspace_id, identity, route, request_key, request_hash, outcome,
        intent_id, keep_until)
      SELECT ?, u.identity, u.route, u.request_key, u.request_hash, u.outcome, u.intent_id, ?
        FROM unnest(?, ?, ?, ?, ?, ?)
          AS u(identity, route, request_key, request_hash, outcome, intent_id)
      """;
  private static final String RING = "SELECT pg_notify('" + PostgresStore.CHANNEL + "', ?)";

  private record Part(String sql, Columns<?> columns, int expected) {}

  private static final int ANY = -1;

  private final Connection connection;
  private final WorkspaceId workspace;
  private final Instant now;
  private final List<Part> parts = new ArrayList<>();

  PostgresRows(Connection connection, WorkspaceId workspace, Instant now) {
    this.connection = connection;
    this.workspace = workspace;
    this.now = now;
  }

  void write(Rows rows) throws SQLException {
    int count = rows.positions();
    parts.add(
        new Part(
            HEAD, new Columns<>(List.of(0)).scalar(workspace.value()).scalar((long) count), 1));
    roots(rows);
    log(rows);
    payloads(rows);
    intents(rows);
    tasks(rows);
    deliveries(rows);
    timers(rows);
    outbox(rows);
    kept(rows);
    if (count > 0) {
      parts.add(
          new Part(RING, new Columns<>(List.of(0)).scalar(workspace.value().toString()), ANY));
    }
    execute();
  }

  private <T> Columns<T> add(String sql, Collection<T> rows, int expected) {
    Columns<T> columns = new Columns<>(rows);
    if (!rows.isEmpty()) {
      parts.add(new Part(sql, columns, expected));
    }
    return columns;
  }

  private void roots(Rows rows) {
    List<Rows.RootRow> fresh = rows.roots().stream().filter(r -> r.before() == 0).toList();
    List<Rows.RootRow> old = rows.roots().stream().filter(r -> r.before() > 0).toList();
    add(NEW_ROOTS, fresh, fresh.size())
        .scalar(workspace.value())
        .uuids(r -> r.root().value())
        .ints(Rows.RootRow::version)
        .ints(r -> r.open() ? 1 : 0);
    add(OLD_ROOTS, old, old.size())
        .uuids(r -> r.root().value())
        .ints(Rows.RootRow::version)
        .ints(r -> r.open() ? 1 : 0)
        .ints(Rows.RootRow::before)
        .scalar(workspace.value());
  }

  private void log(Rows rows) {
    add(LOG, rows.log(), rows.log().size())
        .scalar((long) rows.positions())
        .uuids(r -> r.root().value())
        .ints(Rows.LogRow::number)
        .ints(Rows.LogRow::place)
        .longs(r -> Micros.of(r.at()))
        .texts(Rows.LogRow::author)
        .texts(Rows.LogRow::events)
        .scalar(workspace.value());
  }

  private void payloads(Rows rows) {
    add(PAYLOADS, rows.payloads(), ANY)
        .scalar(workspace.value())
        .uuids(r -> r.root().value())
        .texts(r -> r.blob().digest().hex())
        .bytes(r -> r.blob().bytes());
  }

  private void intents(Rows rows) {
    List<Rows.IntentView> fresh = rows.intents().stream().filter(Rows.IntentView::fresh).toList();
    List<Intent> old =
        rows.intents().stream().filter(v -> !v.fresh()).map(Rows.IntentView::intent).toList();
    add(NEW_INTENTS, fresh, fresh.size())
        .scalar(workspace.value())
        .uuids(v -> v.intent().id().value())
        .uuids(v -> v.root().value())
        .texts(v -> v.intent().phase().status().name())
        .ints(v -> open(v.intent()))
        .texts(v -> v.intent().request().type())
        .texts(v -> v.intent().request().from().value())
        .texts(v -> v.intent().request().toAsWritten())
        .uuids(v -> v.intent().request().correlation())
        .longs(v -> Micros.of(v.intent().createdAt()))
        .longs(v -> Micros.of(v.intent().updatedAt()))
        .uuids(v -> v.intent().assignment().map(a -> a.parent().value()).orElse(null));
    add(OLD_INTENTS, old, old.size())
        .uuids(i -> i.id().value())
        .texts(i -> i.phase().status().name())
        .ints(PostgresRows::open)
        .longs(i -> Micros.of(i.updatedAt()))
        .scalar(workspace.value());
  }

  private static int open(Intent intent) {
    return intent.phase().status().terminal() ? 0 : 1;
  }

  private void tasks(Rows rows) {
    add(TASKS, rows.tasks(), rows.tasks().size())
        .scalar(workspace.value())
        .uuids(v -> v.intent().id().value())
        .uuids(v -> v.task().id().value())
        .ints(v -> v.open() ? 1 : 0)
        .texts(v -> v.intent().request().type())
        .texts(v -> v.intent().request().from().value())
        .texts(v -> v.task().draft().title())
        .texts(StoredRows::assignees)
        .longs(v -> Micros.of(v.task().openedAt()))
        .longs(v -> v.due().map(Micros::of).orElse(null))
        .texts(v -> v.status().name())
        .texts(v -> v.task().decision().map(Decision::outcome).orElse(null))
        .texts(v -> v.task().decision().map(d -> d.by().ref()).orElse(null))
        .longs(v -> Micros.of(v.updatedAt()));
  }

  private void deliveries(Rows rows) {
    add(CLOSED_DELIVERIES, rows.closedDeliveries(), ANY)
        .uuids(IntentId::value)
        .scalar(workspace.value());
    add(DELIVERIES, rows.deliveries(), rows.deliveries().size())
        .scalar((long) rows.positions())
        .texts(Rows.DeliveryRow::address)
        .ints(Rows.DeliveryRow::place)
        .uuids(r -> r.intent().value())
        .uuids(r -> r.home().value())
        .uuids(r -> r.root().value())
        .texts(r -> r.mail().name())
        .ints(r -> r.open() ? 1 : 0)
        .scalar(workspace.value());
  }

  private void timers(Rows rows) {
    add(FIRED_TIMERS, rows.fired(), ANY)
        .uuids(t -> t.root().value())
        .uuids(t -> t.timer().intent().value())
        .texts(t -> t.timer().kind().name())
        .longs((DueTimer t) -> Micros.of(t.due()))
        .scalar(workspace.value());
    add(CLEARED_TIMERS, rows.timers().stream().filter(t -> t.due().isEmpty()).toList(), ANY)
        .uuids(t -> t.root().value())
        .uuids(t -> t.timer().intent().value())
        .texts(t -> t.timer().kind().name())
        .scalar(workspace.value());
    add(TIMERS, rows.timers().stream().filter(t -> t.due().isPresent()).toList(), ANY)
        .scalar(workspace.value())
        .uuids(t -> t.root().value())
        .uuids(t -> t.timer().intent().value())
        .texts(t -> t.timer().kind().name())
        .longs(t -> Micros.of(t.due().orElseThrow()));
  }

  private void outbox(Rows rows) {
    add(OUTBOX, rows.outbox(), ANY)
        .scalar((long) rows.positions())
        .uuids(r -> r.parcel().id())
        .texts(r -> r.parcel().channel())
        .texts(r -> r.parcel().destination())
        .uuids(r -> r.parcel().subject())
        .ints(Rows.OutboxRow::place)
        .texts(r -> r.parcel().body())
        .longs(r -> Micros.of(r.parcel().createdAt()))
        .longs(r -> Micros.of(r.parcel().due()))
        .scalar(workspace.value());
  }

  private void kept(Rows rows) {
    // Sorted, so that two nodes that insert the same keys cannot wait for each other in a ring.
    List<Change.Kept> kept =
        rows.kept().stream()
            .sorted(
                Comparator.comparing((Change.Kept k) -> k.request().identity())
                    .thenComparing(k -> k.request().route())
                    .thenComparing(k -> k.request().key()))
            .toList();
    add(KEPT, kept, kept.size())
        .scalar(workspace.value())
        .scalar(Micros.of(now.plus(StoredRows.KEEP_ANSWERS)))
        .texts(k -> k.request().identity())
        .texts(k -> k.request().route())
        .texts(k -> k.request().key())
        .texts(k -> k.request().hash().hex())
        .texts(k -> StoredRows.memo(k.memo()))
        .uuids(k -> k.memo().intent().value());
  }

  /**
   * One round trip; a count that is not the expected one ends the transaction before its commit.
   */
  private void execute() throws SQLException {
    String sql = String.join(";\n", parts.stream().map(Part::sql).toList());
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int index = 1;
      for (Part part : parts) {
        index = part.columns().bind(connection, statement, index);
      }
      statement.execute();
      for (int i = 0; i < parts.size(); i++) {
        Part part = parts.get(i);
        int count = statement.getUpdateCount();
        if (part.expected() != ANY && count != part.expected()) {
          throw new IllegalStateException(
              "Expected %d rows in workspace %s, but %d changed by %s"
                  .formatted(part.expected(), workspace, count, part.sql()));
        }
        statement.getMoreResults();
      }
    }
  }
}
