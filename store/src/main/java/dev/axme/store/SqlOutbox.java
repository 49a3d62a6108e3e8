package dev.axme.store;

import dev.axme.core.WorkspaceId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** The outbox in SQL, the same text for both databases. */
final class SqlOutbox implements Outbox {
  /** More queues than this that are busy at once are skipped by whoever asked. */
  private static final int BUSY = 200;

  private static final String COLUMNS =
      """
      o.workspace_id, o.id, o.channel, o.destination, o.subject_id, o.position, o.body, o.state,
             o.tries, o.created_at, o.due_at
      """
          .strip();
  static final String DUE =
      """
      SELECT %s
        FROM outbox o
       WHERE o.state = 'PENDING'
         AND o.channel = ?
         AND o.due_at <= ?
         AND o.leased_until <= ?
         %s
       ORDER BY o.due_at, o.position
       LIMIT ?
      """;
  private static final String NOT_BUSY = "AND NOT (o.workspace_id = ? AND o.destination = ?)\n   ";
  static final String DUE_OF_LANE =
      """
      SELECT %s
        FROM outbox o
       WHERE o.state = 'PENDING'
         AND o.workspace_id = ?
         AND o.channel = ?
         AND o.destination = ?
         AND o.due_at <= ?
         AND o.leased_until <= ?
       ORDER BY o.due_at, o.position
       LIMIT ?
      """
          .formatted(COLUMNS);
  private static final String LEASE =
      """
      UPDATE outbox
         SET leased_until = ?
       WHERE workspace_id = ?
         AND id = ?
         AND state = 'PENDING'
         AND leased_until <= ?
      """;
  private static final String LEASE_ALONE =
      LEASE
          + """
             AND NOT EXISTS (
               SELECT 1
                 FROM outbox p
                WHERE p.workspace_id = ?
                  AND p.channel = ?
                  AND p.destination = ?
                  AND p.state = 'PENDING'
                  AND p.leased_until > ?)
          """;
  private static final String INSERT =
      """
      INSERT INTO outbox (workspace_id, id, channel, destination, subject_id, position, body, state,
        tries, created_at, due_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO NOTHING
      """;
  private static final String ATTEMPT =
      """
      INSERT INTO attempts (workspace_id, outbox_id, number, at, result, status, millis, answer)
      SELECT o.workspace_id, o.id, (
               SELECT COALESCE(MAX(a.number), 0) + 1
                 FROM attempts a
                WHERE a.workspace_id = o.workspace_id
                  AND a.outbox_id = o.id), ?, ?, ?, ?, ?
        FROM outbox o
       WHERE o.workspace_id = ?
         AND o.id = ?
      """;
  private static final String SETTLE =
      """
      UPDATE outbox
         SET state = ?, tries = tries + 1, due_at = ?, leased_until = 0
       WHERE workspace_id = ?
         AND id = ?
         AND leased_until = ?
      """;
  static final String LIST =
      """
      SELECT %s
        FROM outbox o
       WHERE o.workspace_id = ?
         %s
       ORDER BY o.id DESC
       LIMIT ?
      """;

  private final Database database;

  SqlOutbox(Database database) {
    this.database = database;
  }

  @Override
  public void add(Collection<Parcel> parcels) {
    byWorkspace(parcels, Function.identity(), SqlOutbox::insert);
  }

  static void insert(Sql sql, Parcel parcel) throws SQLException {
    sql.update(
        INSERT,
        parcel.workspace().value(),
        parcel.id(),
        parcel.channel(),
        parcel.destination(),
        parcel.subject(),
        parcel.position(),
        parcel.body(),
        parcel.state().name(),
        parcel.tries(),
        parcel.createdAt(),
        parcel.due());
  }

  @Override
  public List<Parcel> due(Instant now, String channel, Collection<Lane> busy, int limit) {
    List<Object> arguments = new ArrayList<>(List.of(channel, now, now));
    StringBuilder lanes = new StringBuilder();
    busy.stream()
        .filter(lane -> lane.channel().equals(channel))
        .limit(BUSY)
        .forEach(
            lane -> {
              lanes.append(NOT_BUSY);
              arguments.addAll(List.of(lane.workspace().value(), lane.destination()));
            });
    arguments.add(limit);
    String query = DUE.formatted(COLUMNS, lanes);
    return database.ask(sql -> sql.list(query, SqlOutbox::parcel, arguments.toArray()));
  }

  @Override
  public List<Parcel> due(Instant now, Lane lane, int limit) {
    return database.ask(
        sql ->
            sql.list(
                DUE_OF_LANE,
                SqlOutbox::parcel,
                lane.workspace().value(),
                lane.channel(),
                lane.destination(),
                now,
                now,
                limit));
  }

  @Override
  public List<Lease> lease(List<Parcel> found, Instant now, Instant until, boolean alone) {
    List<Lease> leases = new ArrayList<>();
    byWorkspace(
        found,
        Function.identity(),
        (sql, parcel) -> {
          if (lease(sql, parcel, now, until, alone) == 1) {
            leases.add(new Lease(parcel, until));
          }
        });
    return leases;
  }

  private static int lease(Sql sql, Parcel parcel, Instant now, Instant until, boolean alone)
      throws SQLException {
    UUID workspace = parcel.workspace().value();
    return alone
        ? sql.update(
            LEASE_ALONE,
            until,
            workspace,
            parcel.id(),
            now,
            workspace,
            parcel.channel(),
            parcel.destination(),
            now)
        : sql.update(LEASE, until, workspace, parcel.id(), now);
  }

  @Override
  public void settle(List<Settled> settled) {
    byWorkspace(
        settled,
        s -> s.lease().parcel(),
        (sql, s) -> {
          Parcel parcel = s.lease().parcel();
          UUID workspace = parcel.workspace().value();
          Tried tried = s.tried();
          int changed =
              sql.update(
                  SETTLE, s.state().name(), s.due(), workspace, parcel.id(), s.lease().until());
          if (changed == 1) {
            sql.update(
                ATTEMPT,
                tried.at(),
                tried.result(),
                tried.status(),
                tried.millis(),
                tried.answer(),
                workspace,
                parcel.id());
          }
        });
  }

  @Override
  public List<Parcel> list(WorkspaceId workspace, Query query) {
    List<Object> arguments = new ArrayList<>(List.of(workspace.value()));
    StringBuilder filters = new StringBuilder();
    filter(filters, arguments, "AND o.channel = ?", query.channel());
    filter(filters, arguments, "AND o.state = ?", query.state().map(Enum::name));
    filter(filters, arguments, "AND o.subject_id = ?", query.subject());
    filter(filters, arguments, "AND o.destination = ?", query.destination());
    filter(filters, arguments, "AND o.id < ?", query.before());
    arguments.add(query.limit());
    String text = LIST.formatted(COLUMNS, filters);
    return database.ask(sql -> sql.list(text, SqlOutbox::parcel, arguments.toArray()));
  }

  private static void filter(
      StringBuilder filters, List<Object> arguments, String filter, Optional<?> value) {
    value.ifPresent(
        v -> {
          filters.append(filter).append("\n   ");
          arguments.add(v);
        });
  }

  @Override
  public Optional<Parcel> parcel(WorkspaceId workspace, UUID id) {
    String text = LIST.formatted(COLUMNS, "AND o.id = ?");
    return database.ask(sql -> sql.first(text, SqlOutbox::parcel, workspace.value(), id, 1));
  }

  @Override
  public List<Tried> attempts(WorkspaceId workspace, UUID id) {
    return database.ask(
        sql ->
            sql.list(
                """
                SELECT a.number, a.at, a.result, a.status, a.millis, a.answer
                  FROM attempts a
                 WHERE a.workspace_id = ?
                   AND a.outbox_id = ?
                 ORDER BY a.number
                """,
                r ->
                    new Tried(
                        r.number(1), r.instant(2), r.text(3), r.number(4), r.big(5), r.text(6)),
                workspace.value(),
                id));
  }

  @Override
  public boolean replay(WorkspaceId workspace, UUID id, Instant now) {
    return database.change(
        sql -> {
          int changed =
              sql.update(
                  """
                  UPDATE outbox
                     SET state = 'PENDING', due_at = ?, tries = 0, leased_until = 0
                   WHERE workspace_id = ?
                     AND id = ?
                     AND (state <> 'PENDING' OR leased_until <= ?)
                  """,
                  now,
                  workspace.value(),
                  id,
                  now);
          return changed == 1;
        });
  }

  @Override
  public List<Depth> depths() {
    return database.ask(
        sql ->
            sql.list(
                """
                SELECT o.channel, o.state, COUNT(*), MIN(o.created_at)
                  FROM outbox o
                 GROUP BY o.channel, o.state
                 ORDER BY o.channel, o.state
                """,
                r ->
                    new Depth(r.text(1), Parcel.State.valueOf(r.text(2)), r.big(3), r.instant(4))));
  }

  @Override
  public int forget(Instant before, int limit) {
    List<Parcel> over =
        database.ask(
            sql ->
                sql.list(
                    """
                    SELECT %s
                      FROM outbox o
                     WHERE o.state <> 'PENDING'
                       AND o.created_at < ?
                     ORDER BY o.created_at
                     LIMIT ?
                    """
                        .formatted(COLUMNS),
                    SqlOutbox::parcel,
                    before,
                    limit));
    byWorkspace(
        over,
        Function.identity(),
        (sql, parcel) -> {
          UUID workspace = parcel.workspace().value();
          sql.update(
              "DELETE FROM attempts WHERE workspace_id = ? AND outbox_id = ?",
              workspace,
              parcel.id());
          sql.update(
              "DELETE FROM outbox WHERE workspace_id = ? AND id = ? AND state <> 'PENDING'",
              workspace,
              parcel.id());
        });
    return over.size();
  }

  @FunctionalInterface
  private interface Each<T> {
    void on(Sql sql, T value) throws SQLException;
  }

  /** One transaction a workspace, rows in the order of their ids: nodes wait in no ring. */
  private <T> void byWorkspace(Collection<T> values, Function<T, Parcel> parcel, Each<T> each) {
    Map<WorkspaceId, List<T>> groups = new LinkedHashMap<>();
    values.stream()
        .sorted(Comparator.comparing((T v) -> parcel.apply(v).id().toString()))
        .forEach(
            v ->
                groups.computeIfAbsent(parcel.apply(v).workspace(), _ -> new ArrayList<>()).add(v));
    for (List<T> group : groups.values()) {
      database.change(
          sql -> {
            for (T value : group) {
              each.on(sql, value);
            }
            return null;
          });
    }
  }

  private static Parcel parcel(Sql.Row r) throws SQLException {
    return new Parcel(
        new WorkspaceId(r.uuid(1)),
        r.uuid(2),
        r.text(3),
        r.text(4),
        r.uuid(5),
        r.big(6),
        r.text(7),
        Parcel.State.valueOf(r.text(8)),
        r.number(9),
        r.instant(10),
        r.instant(11));
  }
}
