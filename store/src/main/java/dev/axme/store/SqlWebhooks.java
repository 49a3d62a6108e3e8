package dev.axme.store;

import dev.axme.core.Address;
import dev.axme.core.WorkspaceId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/** The tables of webhooks, one text for both databases. */
final class SqlWebhooks implements Webhooks {
  private static final String SUBSCRIPTIONS =
      """
      SELECT w.workspace_id, w.subscription_id, w.owner, w.callback_url, w.event_types, w.secret,
             w.retired_secret, w.retired_until, w.is_active, w.disabled, w.description, w.maker,
             w.sees_everything, w.request, w.created_at, w.updated_at, w.revoked_at
        FROM webhooks w
      """;
  private static final String OF_WORKSPACE = SUBSCRIPTIONS + " WHERE w.workspace_id = ?";
  private static final String EVENT =
      """
      SELECT e.workspace_id, e.event_id, e.owner, e.event_type, e.source, e.payload,
             e.request_hash, e.queued, e.at
        FROM webhook_events e
       WHERE e.workspace_id = ?
         AND e.event_id = ?
      """;

  private final DirectoryTables tables;

  SqlWebhooks(Database database, Supplier<Instant> clock) {
    this.tables = new DirectoryTables(database, clock);
  }

  @Override
  public List<Subscription> subscriptions(WorkspaceId workspace) {
    return tables.read(sql -> all(sql, workspace));
  }

  private static List<Subscription> all(Sql sql, WorkspaceId workspace) throws SQLException {
    return sql.list(
        OF_WORKSPACE + " ORDER BY w.created_at DESC, w.subscription_id DESC",
        SqlWebhooks::subscription,
        workspace.value());
  }

  @Override
  public List<Subscription> live() {
    return tables.read(
        sql ->
            sql.list(
                SUBSCRIPTIONS
                    + """
                      JOIN accounts a ON a.account_id = w.maker
                     WHERE w.is_active = 1
                       AND w.revoked_at IS NULL
                       AND a.status = 'active'
                     ORDER BY w.created_at, w.subscription_id
                    """,
                SqlWebhooks::subscription));
  }

  @Override
  public Optional<Subscription> subscription(WorkspaceId workspace, UUID id) {
    return tables.read(
        sql ->
            sql.first(
                OF_WORKSPACE + " AND w.subscription_id = ?",
                SqlWebhooks::subscription,
                workspace.value(),
                id));
  }

  @Override
  public Optional<Subscription> change(
      WorkspaceId workspace, Function<List<Subscription>, Optional<Subscription>> change) {
    return tables.writeQuietly(
        sql -> {
          // First, not last as elsewhere: the lock on its row keeps two changes apart.
          DirectoryTables.raiseVersion(sql);
          Optional<Subscription> changed = change.apply(all(sql, workspace));
          if (changed.isPresent()) {
            put(sql, changed.get());
            forgetRevoked(sql, workspace);
          }
          return changed;
        });
  }

  private static void put(Sql sql, Subscription s) throws SQLException {
    sql.update(
        """
        INSERT INTO webhooks (workspace_id, subscription_id, owner, callback_url, event_types,
                              secret, retired_secret, retired_until, is_active, disabled,
                              description, maker, sees_everything, request, created_at,
                              updated_at, revoked_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (workspace_id, subscription_id) DO UPDATE
           SET event_types = excluded.event_types, secret = excluded.secret,
               retired_secret = excluded.retired_secret, retired_until = excluded.retired_until,
               is_active = excluded.is_active, disabled = excluded.disabled,
               description = excluded.description, maker = excluded.maker,
               sees_everything = excluded.sees_everything, request = excluded.request,
               updated_at = excluded.updated_at, revoked_at = excluded.revoked_at
        """,
        s.workspace().value(),
        s.id(),
        s.owner().value(),
        s.callbackUrl(),
        String.join(" ", s.eventTypes()),
        Sql.orNull(s.secret(), Sql.Null.TEXT),
        Sql.orNull(s.retired().map(Retired::secret), Sql.Null.TEXT),
        Sql.orNull(s.retired().map(Retired::until), Sql.Null.NUMBER),
        s.active(),
        Sql.orNull(s.disabled(), Sql.Null.TEXT),
        Sql.orNull(s.description(), Sql.Null.TEXT),
        s.maker(),
        s.everything(),
        s.request(),
        s.createdAt(),
        s.updatedAt(),
        Sql.orNull(s.revokedAt(), Sql.Null.NUMBER));
  }

  private static void forgetRevoked(Sql sql, WorkspaceId workspace) throws SQLException {
    sql.update(
        """
        DELETE FROM webhooks
         WHERE workspace_id = ?
           AND revoked_at IS NOT NULL
           AND subscription_id NOT IN (
             SELECT r.subscription_id
               FROM webhooks r
              WHERE r.workspace_id = ?
                AND r.revoked_at IS NOT NULL
              ORDER BY r.revoked_at DESC, r.subscription_id
              LIMIT ?)
        """,
        workspace.value(),
        workspace.value(),
        REVOKED_KEPT);
  }

  @Override
  public Event publish(Event event, List<Parcel> parcels) {
    return tables.writeQuietly(
        sql -> {
          int added =
              sql.update(
                  """
              INSERT INTO webhook_events (workspace_id, event_id, owner, event_type, source,
                                          payload, request_hash, queued, at)
              VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
              ON CONFLICT DO NOTHING
              """,
                  event.workspace().value(),
                  event.id(),
                  event.owner().value(),
                  event.type(),
                  event.source(),
                  event.payload(),
                  event.request(),
                  event.queued(),
                  event.at());
          if (added == 1) {
            for (Parcel parcel : parcels) {
              SqlOutbox.insert(sql, parcel);
            }
          }
          return event(sql, event.workspace(), event.id()).orElseThrow();
        });
  }

  @Override
  public Optional<Event> event(WorkspaceId workspace, UUID id) {
    return tables.read(sql -> event(sql, workspace, id));
  }

  private static Optional<Event> event(Sql sql, WorkspaceId workspace, UUID id)
      throws SQLException {
    return sql.first(EVENT, SqlWebhooks::event, workspace.value(), id);
  }

  @Override
  public int forgetEvents(Instant before, int limit) {
    return tables.writeQuietly(
        sql ->
            sql.update(
                """
                DELETE FROM webhook_events
                 WHERE (workspace_id, event_id) IN (
                   SELECT e.workspace_id, e.event_id
                     FROM webhook_events e
                    WHERE e.at < ?
                    ORDER BY e.at
                    LIMIT ?)
                """,
                before,
                limit));
  }

  private static Subscription subscription(Sql.Row r) throws SQLException {
    return new Subscription(
        new WorkspaceId(r.uuid(1)),
        r.uuid(2),
        new Address(r.text(3)),
        r.text(4),
        List.of(r.text(5).split(" ")),
        r.optionalText(6),
        r.isNull(7) ? Optional.empty() : Optional.of(new Retired(r.text(7), r.instant(8))),
        r.flag(9),
        r.optionalText(10),
        r.optionalText(11),
        r.text(12),
        r.flag(13),
        r.text(14),
        r.instant(15),
        r.instant(16),
        r.optionalInstant(17));
  }

  private static Event event(Sql.Row r) throws SQLException {
    return new Event(
        new WorkspaceId(r.uuid(1)),
        r.uuid(2),
        new Address(r.text(3)),
        r.text(4),
        r.text(5),
        r.text(6),
        r.text(7),
        r.number(8),
        r.instant(9));
  }
}
