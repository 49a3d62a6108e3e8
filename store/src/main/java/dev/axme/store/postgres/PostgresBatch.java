package dev.axme.store.postgres;

import dev.axme.core.Append;
import dev.axme.core.Root;
import dev.axme.core.RootId;
import dev.axme.core.WorkspaceId;
import dev.axme.store.Change;
import dev.axme.store.Found;
import dev.axme.store.Micros;
import dev.axme.store.NewAccounts;
import dev.axme.store.RequestKey;
import dev.axme.store.RootCache;
import dev.axme.store.Rows;
import dev.axme.store.Snapshot;
import dev.axme.store.StoredRows;
import dev.axme.store.Want;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * One batch on PostgreSQL, READ COMMITTED. Per workspace, each as its own statement: which roots
 * exist, lock them without waiting, and only then recall answers and load the log. Locking and
 * loading in one statement would fold a stale state; recalling before the lock would answer a
 * conflict to a success.
 */
final class PostgresBatch {
  static final String NOW =
      "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)";

  private static final String NOW_AND_DIRECTORY =
      """
      SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT), v.version
        FROM directory_version v
       WHERE v.id = 1
      """;
  private static final String EXISTING =
      "SELECT r.root_id FROM roots r WHERE r.workspace_id = ? AND r.root_id = ANY (?)";
  private static final String LOCK =
      """
      SELECT r.root_id, r.version
        FROM roots r
       WHERE r.workspace_id = ?
         AND r.root_id = ANY (?)
       ORDER BY r.root_id
         FOR UPDATE SKIP LOCKED
      """;
  private static final String RECALL =
      """
      SELECT d.identity, d.route, d.request_key, d.request_hash, d.outcome
        FROM idempotency d
        JOIN unnest(?, ?, ?) AS w(identity, route, request_key)
          ON w.identity = d.identity AND w.route = d.route AND w.request_key = d.request_key
       WHERE d.workspace_id = ?
      """;
  private static final String LOAD =
      """
      SELECT l.root_id, l.append_no, l.at, l.author, l.events
        FROM log l
       WHERE l.workspace_id = ?
         AND l.root_id = ANY (?)
       ORDER BY l.root_id, l.append_no
      """;

  private static final PostgresDialect DIALECT = new PostgresDialect();

  private record Home(WorkspaceId workspace, RootId root) {}

  private record Named(WorkspaceId workspace, String identity, String route, String key) {
    static Named of(WorkspaceId workspace, RequestKey key) {
      return new Named(workspace, key.identity(), key.route(), key.key());
    }
  }

  private final List<Want> wants;
  private final RootCache cache;
  private final Map<Home, Found.State> states = new HashMap<>();
  private final Map<Named, Found.Remembered> remembered = new HashMap<>();
  private final Set<Want> taken = new HashSet<>();
  private List<Change> changes = List.of();

  PostgresBatch(List<Want> wants, RootCache cache) {
    this.wants = wants;
    this.cache = cache;
  }

  void run(Connection connection, Function<Snapshot, List<Change>> rule) throws SQLException {
    for (Map.Entry<WorkspaceId, List<Want>> group : byWorkspace().entrySet()) {
      lock(connection, group.getKey(), group.getValue());
      // Before the answers: a repeat that finds its own account must find its answer as well.
      lookForTaken(connection, group.getValue());
      recall(connection, group.getKey(), group.getValue());
    }
    // After the locks: a time from before them can be older than what another node just appended.
    Instant now;
    long directoryVersion;
    try (PreparedStatement statement = connection.prepareStatement(NOW_AND_DIRECTORY);
        ResultSet row = statement.executeQuery()) {
      row.next();
      now = Micros.instant(row.getLong(1));
      directoryVersion = row.getLong(2);
    }
    changes = rule.apply(new Snapshot(now, found(connection, directoryVersion, now)));
    for (Map.Entry<WorkspaceId, Rows> entry : Rows.of(changes).entrySet()) {
      new PostgresRows(connection, entry.getKey(), now).write(entry.getValue());
    }
    NewAccounts.add(connection, DIALECT, changes, now);
  }

  void committed() {
    changes.forEach(c -> c.appended().ifPresent(a -> cache.keep(c.workspace(), a.after())));
  }

  private SequencedMap<WorkspaceId, List<Want>> byWorkspace() {
    SequencedMap<WorkspaceId, List<Want>> groups = new LinkedHashMap<>();
    wants.forEach(w -> groups.computeIfAbsent(w.workspace(), _ -> new ArrayList<>()).add(w));
    return groups;
  }

  private void lock(Connection connection, WorkspaceId workspace, List<Want> group)
      throws SQLException {
    SequencedSet<UUID> roots = new LinkedHashSet<>();
    group.stream().filter(w -> !w.fresh()).forEach(w -> roots.add(w.root().value()));
    if (roots.isEmpty()) {
      return;
    }
    UUID[] ids = roots.toArray(UUID[]::new);
    Set<UUID> existing = existing(connection, workspace, ids);
    for (UUID id : ids) {
      states.put(
          new Home(workspace, new RootId(id)),
          existing.contains(id) ? new Found.State.Busy() : new Found.State.Missing());
    }
    load(connection, workspace, locked(connection, workspace, ids));
  }

  private static Set<UUID> existing(Connection connection, WorkspaceId workspace, UUID[] ids)
      throws SQLException {
    Set<UUID> existing = new LinkedHashSet<>();
    try (PreparedStatement statement = connection.prepareStatement(EXISTING)) {
      statement.setObject(1, workspace.value());
      statement.setArray(2, connection.createArrayOf("uuid", ids));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          existing.add(rows.getObject(1, UUID.class));
        }
      }
    }
    return existing;
  }

  private static SequencedMap<UUID, Integer> locked(
      Connection connection, WorkspaceId workspace, UUID[] ids) throws SQLException {
    SequencedMap<UUID, Integer> versions = new LinkedHashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
      statement.setObject(1, workspace.value());
      statement.setArray(2, connection.createArrayOf("uuid", ids));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          versions.put(rows.getObject(1, UUID.class), rows.getInt(2));
        }
      }
    }
    return versions;
  }

  private void load(
      Connection connection, WorkspaceId workspace, SequencedMap<UUID, Integer> versions)
      throws SQLException {
    List<UUID> cold = new ArrayList<>();
    versions.forEach(
        (id, version) ->
            cache
                .at(workspace, new RootId(id), version)
                .ifPresentOrElse(root -> present(workspace, root), () -> cold.add(id)));
    if (cold.isEmpty()) {
      return;
    }
    SequencedMap<UUID, List<Append>> logs = new LinkedHashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(LOAD)) {
      statement.setObject(1, workspace.value());
      statement.setArray(2, connection.createArrayOf("uuid", cold.toArray(UUID[]::new)));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          logs.computeIfAbsent(rows.getObject(1, UUID.class), _ -> new ArrayList<>())
              .add(StoredRows.append(rows, 2));
        }
      }
    }
    logs.forEach((id, appends) -> present(workspace, Root.fold(new RootId(id), appends)));
  }

  private void present(WorkspaceId workspace, Root root) {
    states.put(new Home(workspace, root.id()), new Found.State.Present(root));
  }

  private void lookForTaken(Connection connection, List<Want> group) throws SQLException {
    for (Want want : group) {
      if (NewAccounts.taken(connection, DIALECT, want)) {
        taken.add(want);
      }
    }
  }

  private void recall(Connection connection, WorkspaceId workspace, List<Want> group)
      throws SQLException {
    List<RequestKey> keys = group.stream().flatMap(w -> w.request().stream()).toList();
    if (keys.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(RECALL)) {
      statement.setArray(1, text(connection, keys, RequestKey::identity));
      statement.setArray(2, text(connection, keys, RequestKey::route));
      statement.setArray(3, text(connection, keys, RequestKey::key));
      statement.setObject(4, workspace.value());
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          Named named = new Named(workspace, row.getString(1), row.getString(2), row.getString(3));
          RequestKey key =
              keys.stream()
                  .filter(k -> Named.of(workspace, k).equals(named))
                  .findFirst()
                  .orElseThrow();
          remembered.put(named, StoredRows.remembered(key, row.getString(4), row.getString(5)));
        }
      }
    }
  }

  private static Array text(
      Connection connection, List<RequestKey> keys, Function<RequestKey, String> part)
      throws SQLException {
    return connection.createArrayOf("text", keys.stream().map(part).toArray(String[]::new));
  }

  private List<Found> found(Connection connection, long directoryVersion, Instant now)
      throws SQLException {
    List<Found> found = new ArrayList<>(wants.size());
    for (Want want : wants) {
      Found.State state =
          want.fresh()
              ? new Found.State.Missing()
              : states.getOrDefault(
                  new Home(want.workspace(), want.root()), new Found.State.Missing());
      Optional<Found.Remembered> before =
          want.request()
              .flatMap(key -> Optional.ofNullable(remembered.get(Named.of(want.workspace(), key))));
      boolean authorized = StoredRows.authorized(connection, DIALECT, want, directoryVersion, now);
      found.add(new Found(state, before, authorized, taken.contains(want)));
    }
    return found;
  }
}
