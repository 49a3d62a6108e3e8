package dev.axme.store;

import dev.axme.core.Address;
import dev.axme.core.Append;
import dev.axme.core.Digest;
import dev.axme.core.IntentId;
import dev.axme.core.RootId;
import dev.axme.core.Timer;
import dev.axme.core.WorkspaceId;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What both stores do with the same text: every read, and the writes that are not hot. */
public abstract class SqlStore implements Store {
  static final String DUE_TIMERS =
      """
      SELECT t.workspace_id, t.root_id, t.intent_id, t.kind, t.due_at
        FROM timers t
       WHERE t.due_at <= ?
         AND t.not_before <= ?
       ORDER BY t.due_at
       LIMIT ?
      """;
  static final String CHANGED_ROOTS =
      """
      SELECT l.root_id
        FROM log l
       WHERE l.workspace_id = ?
         AND l.position > ?
         AND l.position <= ?
       ORDER BY l.position
      """;
  private static final String LOG =
      """
      SELECT l.append_no, l.at, l.author, l.events
        FROM log l
       WHERE l.workspace_id = ?
         AND l.root_id = ?
       ORDER BY l.append_no
      """;

  private final Database database;
  private final Supplier<Instant> clock;
  private final Directory directory;
  private final Webhooks webhooks;
  private final Outbox outbox;
  private final Threads threads;
  private final ListQueries lists;
  private final MailboxQueries mailboxes;

  /** A store over {@code database}, which it closes, with {@code clock} as its time. */
  protected SqlStore(Database database, Supplier<Instant> clock) {
    this.database = database;
    this.clock = clock;
    this.directory = new SqlDirectory(database, clock);
    this.webhooks = new SqlWebhooks(database, clock);
    this.threads = new SqlThreads(database, clock);
    this.lists = new ListQueries(database);
    this.mailboxes = new MailboxQueries(database);
    this.outbox = new SqlOutbox(database);
  }

  Dialect dialect() {
    return database.dialect();
  }

  @Override
  public List<Append> log(WorkspaceId workspace, RootId root) {
    return database.ask(
        sql -> sql.list(LOG, r -> StoredRows.append(r.rows(), 1), workspace.value(), root.value()));
  }

  @Override
  public Optional<byte[]> payload(WorkspaceId workspace, RootId root, Digest digest) {
    return Optional.ofNullable(payloads(workspace, root, List.of(digest)).get(digest));
  }

  @Override
  public Map<Digest, byte[]> payloads(
      WorkspaceId workspace, RootId root, Collection<Digest> digests) {
    return database.ask(
        sql -> {
          Map<Digest, byte[]> found = new LinkedHashMap<>();
          for (Digest digest : digests) {
            sql.first(
                    """
                    SELECT p.body
                      FROM payloads p
                     WHERE p.workspace_id = ?
                       AND p.root_id = ?
                       AND p.digest = ?
                    """,
                    r -> r.bytes(1),
                    workspace.value(),
                    root.value(),
                    digest.hex())
                .ifPresent(bytes -> found.put(digest, bytes));
          }
          return found;
        });
  }

  @Override
  public Optional<Place> find(WorkspaceId workspace, IntentId intent) {
    return mailboxes.find(workspace, intent);
  }

  @Override
  public List<Mail> work(
      WorkspaceId workspace, Address address, long after, boolean ended, int limit) {
    return mailboxes.work(workspace, address, after, ended, limit);
  }

  @Override
  public List<Mail> newestMail(WorkspaceId workspace, Address address, long before, int limit) {
    return mailboxes.newest(workspace, address, before, limit);
  }

  @Override
  public List<Mail> mailAfter(WorkspaceId workspace, Address address, long after, int limit) {
    return mailboxes.after(workspace, address, after, limit);
  }

  @Override
  public List<Mail> mailOf(WorkspaceId workspace, IntentId intent) {
    return mailboxes.mailOf(workspace, intent);
  }

  @Override
  public List<Address> changedMailboxes(WorkspaceId workspace, long from, long to) {
    return mailboxes.changed(workspace, from, to);
  }

  @Override
  public Page<IntentRow> intents(WorkspaceId workspace, IntentQuery query) {
    return lists.intents(workspace, query);
  }

  @Override
  public Page<TaskRow> tasks(WorkspaceId workspace, TaskQuery query) {
    return lists.tasks(workspace, query);
  }

  @Override
  public Map<WorkspaceId, Long> heads(Collection<WorkspaceId> workspaces) {
    return database.ask(
        sql -> {
          Map<WorkspaceId, Long> heads = new LinkedHashMap<>();
          for (WorkspaceId workspace : workspaces) {
            heads.put(
                workspace,
                sql.first(
                        "SELECT h.position FROM heads h WHERE h.workspace_id = ?",
                        r -> r.big(1),
                        workspace.value())
                    .orElse(0L));
          }
          return heads;
        });
  }

  @Override
  public List<RootId> changedRoots(WorkspaceId workspace, long from, long to) {
    return database.ask(
        sql -> sql.list(CHANGED_ROOTS, r -> new RootId(r.uuid(1)), workspace.value(), from, to));
  }

  @Override
  public List<DueTimer> dueTimers(Instant now, int limit) {
    return database.ask(sql -> sql.list(DUE_TIMERS, SqlStore::timer, now, now, limit));
  }

  private static DueTimer timer(Sql.Row r) throws SQLException {
    return new DueTimer(
        new WorkspaceId(r.uuid(1)),
        new RootId(r.uuid(2)),
        new Timer(new IntentId(r.uuid(3)), Timer.Kind.valueOf(r.text(4))),
        r.instant(5));
  }

  @Override
  public void deferTimer(DueTimer timer, Instant until) {
    database.change(
        sql ->
            sql.update(
                """
                    UPDATE timers
                       SET not_before = ?
                     WHERE workspace_id = ?
                       AND root_id = ?
                       AND intent_id = ?
                       AND kind = ?
                       AND due_at = ?
                    """,
                until,
                timer.workspace().value(),
                timer.root().value(),
                timer.timer().intent().value(),
                timer.timer().kind().name(),
                timer.due()));
  }

  @Override
  public int forgetRequests(Instant now, Duration after, int limit) {
    return database.change(
        sql ->
            sql.update(
                """
                    DELETE FROM idempotency
                     WHERE (workspace_id, identity, route, request_key) IN (
                       SELECT d.workspace_id, d.identity, d.route, d.request_key
                         FROM idempotency d
                         LEFT JOIN intents i
                           ON i.workspace_id = d.workspace_id
                          AND i.intent_id = d.intent_id
                        WHERE d.keep_until <= ?
                          AND (i.intent_id IS NULL OR (i.is_open = 0 AND i.updated_at <= ?))
                        LIMIT ?)
                    """,
                now,
                now.minus(after),
                limit));
  }

  @Override
  public Waiting waiting(Instant now) {
    return new WaitingQueries(database).waiting(now);
  }

  @Override
  public Instant now() {
    return clock.get();
  }

  @Override
  public Outbox outbox() {
    return outbox;
  }

  @Override
  public Directory directory() {
    return directory;
  }

  @Override
  public Webhooks webhooks() {
    return webhooks;
  }

  @Override
  public Threads threads() {
    return threads;
  }

  @Override
  public void close() {
    database.close();
  }
}
