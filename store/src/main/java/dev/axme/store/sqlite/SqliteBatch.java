package dev.axme.store.sqlite;

import dev.axme.core.Root;
import dev.axme.core.RootId;
import dev.axme.core.WorkspaceId;
import dev.axme.store.Change;
import dev.axme.store.Found;
import dev.axme.store.NewAccounts;
import dev.axme.store.RequestKey;
import dev.axme.store.RootCache;
import dev.axme.store.Rows;
import dev.axme.store.Snapshot;
import dev.axme.store.StoredRows;
import dev.axme.store.Want;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One batch on SQLite, the steps of the design in the same order as on PostgreSQL but without
 * locks: there is one writer. Recall, load, rule, write.
 */
final class SqliteBatch {
  private static final String VERSION =
      "SELECT r.version FROM roots r WHERE r.workspace_id = ? AND r.root_id = ?";
  private static final String LOG =
      """
      SELECT l.append_no, l.at, l.author, l.events
        FROM log l
       WHERE l.workspace_id = ?
         AND l.root_id = ?
       ORDER BY l.append_no
      """;
  private static final String RECALL =
      """
      SELECT d.request_hash, d.outcome
        FROM idempotency d
       WHERE d.workspace_id = ?
         AND d.identity = ?
         AND d.route = ?
         AND d.request_key = ?
      """;
  private static final String DIRECTORY_VERSION =
      "SELECT version FROM directory_version WHERE id = 1";

  private static final SqliteDialect DIALECT = new SqliteDialect();

  private record Home(WorkspaceId workspace, RootId root) {}

  private final List<Want> wants;
  private final RootCache cache;
  private final Instant now;
  private List<Change> changes = List.of();

  SqliteBatch(List<Want> wants, RootCache cache, Instant now) {
    this.wants = wants;
    this.cache = cache;
    this.now = now;
  }

  void run(SqliteWriter writer, Function<Snapshot, List<Change>> rule) throws SQLException {
    changes = rule.apply(new Snapshot(now, find(writer)));
    for (Map.Entry<WorkspaceId, Rows> entry : Rows.of(changes).entrySet()) {
      new SqliteRows(writer, entry.getKey(), now).write(entry.getValue());
    }
    NewAccounts.add(writer.connection(), DIALECT, changes, now);
  }

  /** Called after the commit. */
  void committed() {
    changes.forEach(c -> c.appended().ifPresent(a -> cache.keep(c.workspace(), a.after())));
  }

  private List<Found> find(SqliteWriter writer) throws SQLException {
    long directoryVersion = directoryVersion(writer);
    Map<Home, Found.State> states = new HashMap<>();
    List<Found> found = new ArrayList<>(wants.size());
    for (Want want : wants) {
      Found.State state = new Found.State.Missing();
      if (!want.fresh()) {
        Home home = new Home(want.workspace(), want.root());
        Found.State known = states.get(home);
        state = known == null ? load(writer, home) : known;
        states.put(home, state);
      }
      found.add(
          new Found(
              state,
              want.request().isPresent()
                  ? recall(writer, want.workspace(), want.request().get())
                  : Optional.empty(),
              StoredRows.authorized(writer.connection(), DIALECT, want, directoryVersion, now),
              NewAccounts.taken(writer.connection(), DIALECT, want)));
    }
    return found;
  }

  private static long directoryVersion(SqliteWriter writer) throws SQLException {
    try (ResultSet row = writer.prepared(DIRECTORY_VERSION).executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  private Found.State load(SqliteWriter writer, Home home) throws SQLException {
    PreparedStatement version = writer.prepared(VERSION);
    bind(version, home);
    int newest;
    try (ResultSet row = version.executeQuery()) {
      if (!row.next()) {
        return new Found.State.Missing();
      }
      newest = row.getInt(1);
    }
    Optional<Root> cached = cache.at(home.workspace(), home.root(), newest);
    if (cached.isPresent()) {
      return new Found.State.Present(cached.get());
    }
    PreparedStatement log = writer.prepared(LOG);
    bind(log, home);
    try (ResultSet rows = log.executeQuery()) {
      return new Found.State.Present(StoredRows.fold(home.root(), rows));
    }
  }

  private static void bind(PreparedStatement statement, Home home) throws SQLException {
    statement.setBytes(1, SqliteDialect.bytes(home.workspace().value()));
    statement.setBytes(2, SqliteDialect.bytes(home.root().value()));
  }

  private static Optional<Found.Remembered> recall(
      SqliteWriter writer, WorkspaceId workspace, RequestKey key) throws SQLException {
    PreparedStatement recall = writer.prepared(RECALL);
    recall.setBytes(1, SqliteDialect.bytes(workspace.value()));
    recall.setString(2, key.identity());
    recall.setString(3, key.route());
    recall.setString(4, key.key());
    try (ResultSet row = recall.executeQuery()) {
      return row.next()
          ? Optional.of(StoredRows.remembered(key, row.getString(1), row.getString(2)))
          : Optional.empty();
    }
  }
}
