package dev.axme.store.sqlite;

import dev.axme.core.HumanTask;
import dev.axme.core.Intent;
import dev.axme.core.WorkspaceId;
import dev.axme.store.Change;
import dev.axme.store.DueTimer;
import dev.axme.store.Micros;
import dev.axme.store.Rows;
import dev.axme.store.StoredRows;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Writes the rows of one workspace with the writer's prepared statements, in batches: for a single
 * row the driver does more than SQLite does.
 */
final class SqliteRows {
  private final SqliteWriter writer;
  private final byte[] workspace;
  private final Instant now;

  SqliteRows(SqliteWriter writer, WorkspaceId workspace, Instant now) {
    this.writer = writer;
    this.workspace = id(workspace.value());
    this.now = now;
  }

  void write(Rows rows) throws SQLException {
    long before = takeHead(rows.positions()) - rows.positions();
    roots(rows);
    log(rows.log(), before);
    payloads(rows);
    intents(rows);
    tasks(rows);
    deliveries(rows, before);
    timers(rows);
    outbox(rows, before);
    kept(rows);
  }

  private static byte[] id(UUID id) {
    return SqliteDialect.bytes(id);
  }

  private long takeHead(int count) throws SQLException {
    PreparedStatement head =
        writer.prepared(
            """
            INSERT INTO heads (workspace_id, position)
            VALUES (?, ?)
            ON CONFLICT (workspace_id) DO UPDATE SET position = heads.position + excluded.position
            RETURNING position
            """);
    head.setBytes(1, workspace);
    head.setLong(2, count);
    try (ResultSet row = head.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  private void roots(Rows rows) throws SQLException {
    PreparedStatement insert =
        writer.prepared(
            "INSERT INTO roots (version, is_open, workspace_id, root_id) VALUES (?, ?, ?, ?)");
    PreparedStatement update =
        writer.prepared(
            """
            UPDATE roots
               SET version = ?, is_open = ?
             WHERE workspace_id = ?
               AND root_id = ?
               AND version = ?
            """);
    for (Rows.RootRow row : rows.roots()) {
      boolean fresh = row.before() == 0;
      PreparedStatement statement = fresh ? insert : update;
      statement.setInt(1, row.version());
      statement.setInt(2, row.open() ? 1 : 0);
      statement.setBytes(3, workspace);
      statement.setBytes(4, id(row.root().value()));
      if (!fresh) {
        statement.setInt(5, row.before());
      }
      statement.addBatch();
    }
    insert.executeBatch();
    if (IntStream.of(update.executeBatch()).anyMatch(changed -> changed != 1)) {
      throw new IllegalStateException("Expected the versions in " + rows.roots());
    }
  }

  private void log(List<Rows.LogRow> rows, long before) throws SQLException {
    PreparedStatement insert =
        writer.prepared(
            """
            INSERT INTO log (workspace_id, root_id, append_no, position, at, author, events)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """);
    for (Rows.LogRow row : rows) {
      insert.setBytes(1, workspace);
      insert.setBytes(2, id(row.root().value()));
      insert.setInt(3, row.number());
      insert.setLong(4, before + row.place());
      insert.setLong(5, Micros.of(row.at()));
      insert.setString(6, row.author());
      insert.setString(7, row.events());
      insert.addBatch();
    }
    insert.executeBatch();
  }

  private void payloads(Rows rows) throws SQLException {
    PreparedStatement insert =
        writer.prepared(
            """
            INSERT INTO payloads (workspace_id, root_id, digest, body)
            VALUES (?, ?, ?, ?)
            ON CONFLICT DO NOTHING
            """);
    for (Rows.PayloadRow row : rows.payloads()) {
      insert.setBytes(1, workspace);
      insert.setBytes(2, id(row.root().value()));
      insert.setString(3, row.blob().digest().hex());
      insert.setBytes(4, row.blob().bytes());
      insert.addBatch();
    }
    insert.executeBatch();
  }

  private void intents(Rows rows) throws SQLException {
    PreparedStatement insert =
        writer.prepared(
            """
            INSERT INTO intents (status, is_open, updated_at, workspace_id, intent_id, root_id,
              intent_type, from_agent, to_agent, correlation_id, created_at, parent_id)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """);
    PreparedStatement update =
        writer.prepared(
            """
            UPDATE intents
               SET status = ?, is_open = ?, updated_at = ?
             WHERE workspace_id = ?
               AND intent_id = ?
            """);
    for (Rows.IntentView view : rows.intents()) {
      Intent intent = view.intent();
      PreparedStatement statement = view.fresh() ? insert : update;
      statement.setString(1, intent.phase().status().name());
      statement.setInt(2, intent.phase().status().terminal() ? 0 : 1);
      statement.setLong(3, Micros.of(intent.updatedAt()));
      statement.setBytes(4, workspace);
      statement.setBytes(5, id(intent.id().value()));
      if (view.fresh()) {
        statement.setBytes(6, id(view.root().value()));
        statement.setString(7, intent.request().type());
        statement.setString(8, intent.request().from().value());
        statement.setString(9, intent.request().toAsWritten());
        statement.setBytes(10, id(intent.request().correlation()));
        statement.setLong(11, Micros.of(intent.createdAt()));
        statement.setBytes(12, intent.assignment().map(a -> id(a.parent().value())).orElse(null));
      }
      statement.addBatch();
    }
    insert.executeBatch();
    update.executeBatch();
  }

  private void tasks(Rows rows) throws SQLException {
    PreparedStatement upsert =
        writer.prepared(
            """
            INSERT INTO tasks (workspace_id, intent_id, task_id, is_open, intent_type, from_agent,
              title, assignees, asked_at, due_at, status, outcome, decided_by, updated_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (workspace_id, intent_id, task_id) DO UPDATE
              SET is_open = excluded.is_open, assignees = excluded.assignees,
                  due_at = excluded.due_at, status = excluded.status, outcome = excluded.outcome,
                  decided_by = excluded.decided_by, updated_at = excluded.updated_at
            """);
    for (Rows.TaskView view : rows.tasks()) {
      Intent intent = view.intent();
      HumanTask task = view.task();
      upsert.setBytes(1, workspace);
      upsert.setBytes(2, id(intent.id().value()));
      upsert.setBytes(3, id(task.id().value()));
      upsert.setInt(4, view.open() ? 1 : 0);
      upsert.setString(5, intent.request().type());
      upsert.setString(6, intent.request().from().value());
      upsert.setString(7, task.draft().title());
      upsert.setString(8, StoredRows.assignees(view));
      upsert.setLong(9, Micros.of(task.openedAt()));
      setInstant(upsert, 10, view.due());
      upsert.setString(11, view.status().name());
      setText(upsert, 12, task.decision().map(d -> d.outcome()));
      setText(upsert, 13, task.decision().map(d -> d.by().ref()));
      upsert.setLong(14, Micros.of(view.updatedAt()));
      upsert.addBatch();
    }
    upsert.executeBatch();
  }

  private void deliveries(Rows rows, long before) throws SQLException {
    // Left to itself, the planner walks all deliveries of the workspace.
    PreparedStatement close =
        writer.prepared(
            """
            UPDATE deliveries INDEXED BY deliveries_intent
               SET is_open = 0
             WHERE workspace_id = ?
               AND intent_id = ?
               AND mail <> 'THREAD'
               AND is_open = 1
            """);
    for (var intent : rows.closedDeliveries()) {
      close.setBytes(1, workspace);
      close.setBytes(2, id(intent.value()));
      close.addBatch();
    }
    close.executeBatch();
    PreparedStatement insert =
        writer.prepared(
            """
            INSERT INTO deliveries (workspace_id, address, position, intent_id, home_id, root_id,
              mail, is_open)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """);
    for (Rows.DeliveryRow row : rows.deliveries()) {
      insert.setBytes(1, workspace);
      insert.setString(2, row.address());
      insert.setLong(3, before + row.place());
      insert.setBytes(4, id(row.intent().value()));
      insert.setBytes(5, id(row.home().value()));
      insert.setBytes(6, id(row.root().value()));
      insert.setString(7, row.mail().name());
      insert.setInt(8, row.open() ? 1 : 0);
      insert.addBatch();
    }
    insert.executeBatch();
  }

  private void timers(Rows rows) throws SQLException {
    PreparedStatement fired =
        writer.prepared(
            """
            DELETE FROM timers
             WHERE workspace_id = ?
               AND root_id = ?
               AND intent_id = ?
               AND kind = ?
               AND due_at = ?
            """);
    for (DueTimer timer : rows.fired()) {
      fired.setBytes(1, workspace);
      fired.setBytes(2, id(timer.root().value()));
      fired.setBytes(3, id(timer.timer().intent().value()));
      fired.setString(4, timer.timer().kind().name());
      fired.setLong(5, Micros.of(timer.due()));
      fired.addBatch();
    }
    fired.executeBatch();
    PreparedStatement set =
        writer.prepared(
            """
            INSERT INTO timers (workspace_id, root_id, intent_id, kind, due_at)
            VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (workspace_id, root_id, intent_id, kind) DO UPDATE
              SET due_at = excluded.due_at, not_before = 0
            """);
    PreparedStatement clear =
        writer.prepared(
            """
            DELETE FROM timers
             WHERE workspace_id = ?
               AND root_id = ?
               AND intent_id = ?
               AND kind = ?
            """);
    for (Rows.TimerRow row : rows.timers()) {
      PreparedStatement statement = row.due().isPresent() ? set : clear;
      statement.setBytes(1, workspace);
      statement.setBytes(2, id(row.root().value()));
      statement.setBytes(3, id(row.timer().intent().value()));
      statement.setString(4, row.timer().kind().name());
      if (row.due().isPresent()) {
        statement.setLong(5, Micros.of(row.due().get()));
      }
      statement.addBatch();
    }
    set.executeBatch();
    clear.executeBatch();
  }

  private void outbox(Rows rows, long before) throws SQLException {
    PreparedStatement insert =
        writer.prepared(
            """
            INSERT INTO outbox (workspace_id, id, channel, destination, subject_id, position, body,
              state, created_at, due_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, 'PENDING', ?, ?)
            ON CONFLICT DO NOTHING
            """);
    for (Rows.OutboxRow row : rows.outbox()) {
      insert.setBytes(1, workspace);
      insert.setBytes(2, id(row.parcel().id()));
      insert.setString(3, row.parcel().channel());
      insert.setString(4, row.parcel().destination());
      insert.setBytes(5, id(row.parcel().subject()));
      insert.setLong(6, before + row.place());
      insert.setString(7, row.parcel().body());
      insert.setLong(8, Micros.of(row.parcel().createdAt()));
      insert.setLong(9, Micros.of(row.parcel().due()));
      insert.addBatch();
    }
    insert.executeBatch();
  }

  private void kept(Rows rows) throws SQLException {
    PreparedStatement insert =
        writer.prepared(
            """
            INSERT INTO idempotency (workspace_id, identity, route, request_key, request_hash,
              outcome, intent_id, keep_until)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """);
    for (Change.Kept kept : rows.kept()) {
      insert.setBytes(1, workspace);
      insert.setString(2, kept.request().identity());
      insert.setString(3, kept.request().route());
      insert.setString(4, kept.request().key());
      insert.setString(5, kept.request().hash().hex());
      insert.setString(6, StoredRows.memo(kept.memo()));
      insert.setBytes(7, id(kept.memo().intent().value()));
      insert.setLong(8, Micros.of(now.plus(StoredRows.KEEP_ANSWERS)));
      insert.addBatch();
    }
    insert.executeBatch();
  }

  private static void setInstant(PreparedStatement statement, int index, Optional<Instant> value)
      throws SQLException {
    if (value.isPresent()) {
      statement.setLong(index, Micros.of(value.get()));
    } else {
      statement.setNull(index, Types.BIGINT);
    }
  }

  private static void setText(PreparedStatement statement, int index, Optional<String> value)
      throws SQLException {
    if (value.isPresent()) {
      statement.setString(index, value.get());
    } else {
      statement.setNull(index, Types.VARCHAR);
    }
  }
}
