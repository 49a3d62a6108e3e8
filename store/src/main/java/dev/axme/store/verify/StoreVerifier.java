package dev.axme.store.verify;

import dev.axme.core.Append;
import dev.axme.core.Root;
import dev.axme.core.RootId;
import dev.axme.core.WorkspaceId;
import dev.axme.store.Blob;
import dev.axme.store.Store;
import dev.axme.store.postgres.PostgresStore;
import dev.axme.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Holds every row of a store against its log: numbers and positions, the views, the timers, the
 * mailboxes and the payloads must be what folding the log comes to. It reads rows by plain SQL and
 * the log through the {@link Store}; nobody may write meanwhile. Everything is held in memory by
 * workspace.
 */
public final class StoreVerifier {
  private final Store store;
  private final PlainSql sql;
  private final List<String> differences = new ArrayList<>();

  private StoreVerifier(Store store, PlainSql sql) {
    this.store = store;
    this.sql = sql;
  }

  /** The differences of a SQLite file that no server has open, in words; empty when all is well. */
  public static List<String> sqlite(Path file) {
    try (Store store = SqliteStore.open(file, InstantSource.system());
        PlainSql sql = PlainSql.open("jdbc:sqlite:" + file)) {
      return verify(store, sql);
    }
  }

  /** The differences of a PostgreSQL database, in words; empty when all is well. */
  public static List<String> postgres(String url) {
    try (Store store = PostgresStore.open(url);
        PlainSql sql = PlainSql.open(url)) {
      return verify(store, sql);
    }
  }

  /** The differences of an open store, in words; {@code sql} looks at the same database. */
  public static List<String> verify(Store store, PlainSql sql) {
    StoreVerifier verifier = new StoreVerifier(store, sql);
    verifier.workspaces();
    return List.copyOf(verifier.differences);
  }

  private void workspaces() {
    TreeSet<UUID> workspaces = new TreeSet<>();
    for (String table :
        List.of("heads", "roots", "log", "intents", "tasks", "timers", "deliveries", "payloads")) {
      sql.rows("SELECT DISTINCT workspace_id FROM " + table).forEach(r -> workspaces.add(r.id(1)));
    }
    workspaces.forEach(this::workspace);
  }

  private void workspace(UUID workspace) {
    Map<UUID, Map<Long, Long>> positions = positions(workspace);
    Map<UUID, PlainSql.Row> roots = new LinkedHashMap<>();
    sql.rows("SELECT root_id, version, is_open FROM roots WHERE workspace_id = ?", workspace)
        .forEach(r -> roots.put(r.id(1), r));
    positions.keySet().stream()
        .filter(root -> !roots.containsKey(root))
        .forEach(
            root ->
                differences.add(
                    "The log has root %s, but roots has no row for it".formatted(root)));
    Expected expected = new Expected();
    roots.forEach(
        (id, row) ->
            root(workspace, row, positions.getOrDefault(id, Map.of()))
                .ifPresent(rows -> expected.add(id, rows)));
    new Views(sql, workspace, differences::add).compare(expected);
    expected.payloads.forEach((root, sizes) -> payloads(workspace, root, sizes));
  }

  /** Positions by root and append number; each must be unique and not beyond the head. */
  private Map<UUID, Map<Long, Long>> positions(UUID workspace) {
    List<PlainSql.Row> heads =
        sql.rows("SELECT position FROM heads WHERE workspace_id = ?", workspace);
    long head = heads.isEmpty() ? 0 : heads.getFirst().number(1);
    Map<UUID, Map<Long, Long>> positions = new LinkedHashMap<>();
    Map<Long, UUID> taken = new HashMap<>();
    for (PlainSql.Row row :
        sql.rows(
            "SELECT root_id, append_no, position FROM log WHERE workspace_id = ? ORDER BY position",
            workspace)) {
      long position = row.number(3);
      UUID other = taken.put(position, row.id(1));
      if (other != null) {
        differences.add(
            "Position %d belongs to root %s and to root %s".formatted(position, other, row.id(1)));
      }
      if (position > head) {
        differences.add(
            "Root %s has position %d, but the head is %d".formatted(row.id(1), position, head));
      }
      positions.computeIfAbsent(row.id(1), _ -> new HashMap<>()).put(row.number(2), position);
    }
    return positions;
  }

  private Optional<ExpectedRows> root(UUID workspace, PlainSql.Row row, Map<Long, Long> positions) {
    RootId id = new RootId(row.id(1));
    long version = row.number(2);
    for (long number = 1; number <= version; number++) {
      if (!positions.containsKey(number)) {
        differences.add(
            "Root %s is at version %d, but has no append %d".formatted(id, version, number));
        return Optional.empty();
      }
    }
    if (positions.size() != version) {
      differences.add(
          "Root %s is at version %d, but has %d appends".formatted(id, version, positions.size()));
      return Optional.empty();
    }
    try {
      List<Append> log = store.log(new WorkspaceId(workspace), id);
      ExpectedRows rows = ExpectedRows.of(Root.empty(id), log, positions);
      rows.broken().forEach(b -> differences.add("Root %s: %s".formatted(id, b)));
      if (rows.root().ended() != (row.number(3) == 0)) {
        differences.add(
            "Root %s has is_open %d, but its log says otherwise".formatted(id, row.number(3)));
      }
      return Optional.of(rows);
    } catch (RuntimeException e) {
      differences.add("The log of root %s does not fold: %s".formatted(id, e));
      return Optional.empty();
    }
  }

  private void payloads(UUID workspace, UUID root, Map<String, Integer> sizes) {
    Map<String, byte[]> stored = new HashMap<>();
    sql.rows(
            "SELECT digest, body FROM payloads WHERE workspace_id = ? AND root_id = ?",
            workspace,
            root)
        .forEach(r -> stored.put(r.text(1), r.bytes(2)));
    sizes.forEach(
        (digest, size) -> {
          byte[] body = stored.get(digest);
          if (body == null) {
            differences.add(
                "Root %s names payload %s, which is not stored".formatted(root, digest));
          } else if (body.length != size || !Blob.of(body).digest().hex().equals(digest)) {
            differences.add(
                "Payload %s of root %s has other bytes than its digest says"
                    .formatted(digest, root));
          }
        });
  }

  /** What the logs of a workspace call for. */
  static final class Expected {
    final Map<String, String> intents = new HashMap<>();
    final Map<String, String> tasks = new HashMap<>();
    final Map<String, String> timers = new HashMap<>();
    final Map<String, Boolean> deliveries = new HashMap<>();
    private final Map<UUID, Map<String, Integer>> payloads = new LinkedHashMap<>();

    private void add(UUID root, ExpectedRows rows) {
      intents.putAll(rows.intents());
      tasks.putAll(rows.tasks());
      timers.putAll(rows.timers());
      rows.deliveries().forEach((key, open) -> deliveries.put(key, open));
      payloads.put(root, rows.payloads());
    }
  }
}
