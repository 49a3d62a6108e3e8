package dev.axme.store;

import dev.axme.core.Address;
import dev.axme.core.PersonId;
import dev.axme.core.WorkspaceId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** The directory's tables, one text for both databases. */
final class SqlDirectory implements Directory {
  private static final String WORKSPACES =
      """
      SELECT w.workspace_id, w.slug, w.name, w.environment, o.org_id, o.slug, o.name
        FROM workspaces w
        JOIN organizations o ON o.org_id = w.org_id
      """;
  private static final String PEOPLE =
      """
      SELECT person_id, workspace_id, email, name, roles, created_at
        FROM people
      """;
  private static final String ACCOUNTS =
      """
      SELECT account_id, workspace_id, person_id, name, address, display_name, description,
             delivery_mode, callback_url, status, created_by, created_at, updated_at
        FROM accounts
      """;
  private static final String KEYS =
      """
      SELECT k.key_id, k.account_id, k.hash, k.hint, k.is_login, k.created_at, k.expires_at,
             k.revoked_at
        FROM keys k
      """;

  private final Database database;
  private final Supplier<Instant> clock;

  SqlDirectory(Database database, Supplier<Instant> clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public long version() {
    return read(
        sql ->
            sql.first("SELECT version FROM directory_version WHERE id = 1", r -> r.big(1))
                .orElseThrow());
  }

  @Override
  public List<Workspace> workspaces() {
    return read(
        sql ->
            sql.list(
                WORKSPACES + " ORDER BY w.created_at, w.workspace_id", SqlDirectory::workspace));
  }

  @Override
  public Optional<Workspace> workspace(WorkspaceId id) {
    return read(
        sql ->
            sql.first(
                WORKSPACES + " WHERE w.workspace_id = ?", SqlDirectory::workspace, id.value()));
  }

  @Override
  public List<PersonRow> people(WorkspaceId workspace) {
    return read(
        sql ->
            sql.list(
                PEOPLE + " WHERE workspace_id = ? ORDER BY created_at, person_id",
                SqlDirectory::person,
                workspace.value()));
  }

  @Override
  public Optional<PersonRow> person(PersonId id) {
    return read(
        sql -> sql.first(PEOPLE + " WHERE person_id = ?", SqlDirectory::person, id.value()));
  }

  @Override
  public List<Account> accounts(WorkspaceId workspace) {
    return read(
        sql ->
            sql.list(
                ACCOUNTS + " WHERE workspace_id = ? ORDER BY created_at DESC, account_id",
                SqlDirectory::account,
                workspace.value()));
  }

  @Override
  public List<Account> accountsIn(UUID organization) {
    return read(
        sql ->
            sql.list(
                ACCOUNTS
                    + " WHERE workspace_id IN (SELECT workspace_id FROM workspaces WHERE org_id = ?)",
                SqlDirectory::account,
                organization));
  }

  @Override
  public Optional<Account> account(String id) {
    return read(sql -> sql.first(ACCOUNTS + " WHERE account_id = ?", SqlDirectory::account, id));
  }

  @Override
  public Optional<Account> accountByAddress(Address address) {
    return read(
        sql -> sql.first(ACCOUNTS + " WHERE address = ?", SqlDirectory::account, address.value()));
  }

  @Override
  public List<Key> keys(String account) {
    return read(
        sql ->
            sql.list(
                KEYS + " WHERE k.account_id = ? ORDER BY k.created_at, k.key_id",
                SqlDirectory::key,
                account));
  }

  @Override
  public Optional<Key> liveKey(String hash) {
    return read(
        sql ->
            sql.first(
                KEYS
                    + """
                      JOIN accounts a ON a.account_id = k.account_id
                     WHERE k.hash = ?
                       AND k.revoked_at IS NULL
                       AND (k.expires_at IS NULL OR k.expires_at > ?)
                       AND a.status = 'active'
                    """,
                SqlDirectory::key,
                hash,
                clock.get()));
  }

  @Override
  public Optional<Session> liveSession(String hash) {
    return read(
        sql ->
            sql.first(
                """
                SELECT hash, person_id, csrf, expires_at
                  FROM sessions
                 WHERE hash = ?
                   AND revoked_at IS NULL
                   AND expires_at > ?
                """,
                r -> new Session(r.text(1), new PersonId(r.uuid(2)), r.text(3), r.instant(4)),
                hash,
                clock.get()));
  }

  @Override
  public Optional<String> setting(String name) {
    return read(sql -> setting(sql, name));
  }

  private static Optional<String> setting(Sql sql, String name) throws SQLException {
    return sql.first("SELECT value FROM settings WHERE name = ?", r -> r.text(1), name);
  }

  @Override
  public String settingOr(String name, String value) {
    return database.write(
        connection -> {
          Sql sql = new Sql(connection, database.dialect());
          sql.update(
              """
              INSERT INTO settings (name, value)
              VALUES (?, ?)
              ON CONFLICT DO NOTHING
              """,
              name,
              value);
          return setting(sql, name).orElseThrow();
        });
  }

  @Override
  public void add(List<? extends Entry> entries) {
    String[] taken = {""};
    try {
      write(
          "",
          sql -> {
            for (Entry entry : entries) {
              taken[0] = NewEntries.taken(entry);
              NewEntries.insert(sql, entry, clock.get());
            }
            return entries.size();
          });
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.CONFLICT) {
        throw new Taken(taken[0], e);
      }
      throw e;
    }
  }

  @Override
  public void add(Organization organization, Workspace workspace) {
    add(List.of(workspace));
  }

  @Override
  public void add(PersonRow person) {
    add(List.of(person));
  }

  @Override
  public void add(Account account) {
    add(List.of(account));
  }

  @Override
  public void add(Key key) {
    add(List.of(key));
  }

  @Override
  public void add(Session session) {
    write(
        "The session exists already",
        sql ->
            sql.update(
                """
                INSERT INTO sessions (hash, person_id, csrf, created_at, expires_at)
                VALUES (?, ?, ?, ?, ?)
                """,
                session.hash(),
                session.person().value(),
                session.csrf(),
                clock.get(),
                session.expiresAt()));
  }

  @Override
  public void addSignInLink(String hash, PersonId person, Instant expiresAt) {
    write(
        "The link exists already",
        sql ->
            sql.update(
                """
                INSERT INTO sign_in_links (hash, person_id, expires_at)
                VALUES (?, ?, ?)
                """,
                hash,
                person.value(),
                expiresAt));
  }

  @Override
  public Optional<SignInLink> signInLink(String hash) {
    return read(
        sql ->
            sql.first(
                """
                SELECT person_id, expires_at
                  FROM sign_in_links
                 WHERE hash = ?
                   AND used_at IS NULL
                   AND expires_at > ?
                """,
                r -> new SignInLink(new PersonId(r.uuid(1)), r.instant(2)),
                hash,
                clock.get()));
  }

  @Override
  public Optional<PersonId> useSignInLink(String hash) {
    return database.write(
        connection ->
            new Sql(connection, database.dialect())
                .first(
                    """
                    UPDATE sign_in_links
                       SET used_at = ?
                     WHERE hash = ?
                       AND used_at IS NULL
                       AND expires_at > ?
                    RETURNING person_id
                    """,
                    r -> new PersonId(r.uuid(1)),
                    clock.get(),
                    hash,
                    clock.get()));
  }

  @Override
  public void update(Account account) {
    write(
        "The name " + account.name() + " is taken",
        sql ->
            sql.update(
                """
                UPDATE accounts
                   SET display_name = ?, description = ?, delivery_mode = ?, callback_url = ?,
                       status = ?, updated_at = ?
                 WHERE account_id = ?
                """,
                Sql.orNull(account.displayName(), Sql.Null.TEXT),
                Sql.orNull(account.description(), Sql.Null.TEXT),
                account.deliveryMode(),
                Sql.orNull(account.callbackUrl(), Sql.Null.TEXT),
                account.status(),
                account.updatedAt(),
                account.id()));
  }

  @Override
  public boolean revokeKey(String account, String key) {
    return write(
            "",
            sql ->
                sql.update(
                    """
                    UPDATE keys
                       SET revoked_at = ?
                     WHERE key_id = ?
                       AND account_id = ?
                       AND revoked_at IS NULL
                    """,
                    clock.get(),
                    key,
                    account))
        > 0;
  }

  @Override
  public void revokeSession(String hash) {
    write(
        "",
        sql ->
            sql.update(
                """
                UPDATE sessions
                   SET revoked_at = ?
                 WHERE hash = ?
                   AND revoked_at IS NULL
                """,
                clock.get(),
                hash));
  }

  private interface Query<T> {
    T run(Sql sql) throws SQLException;
  }

  private <T> T read(Query<T> query) {
    return database.read(c -> query.run(new Sql(c, database.dialect())));
  }

  private int write(String taken, Query<Integer> query) {
    try {
      return database.write(
          connection -> {
            Sql sql = new Sql(connection, database.dialect());
            int changed = query.run(sql);
            sql.update("UPDATE directory_version SET version = version + 1 WHERE id = 1");
            return changed;
          });
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.CONFLICT && !taken.isEmpty()) {
        throw new Taken(taken, e);
      }
      throw e;
    }
  }

  private static Workspace workspace(Sql.Row r) throws SQLException {
    return new Workspace(
        new WorkspaceId(r.uuid(1)),
        new Organization(r.uuid(5), r.text(6), r.text(7)),
        r.text(2),
        r.text(3),
        r.text(4));
  }

  private static PersonRow person(Sql.Row r) throws SQLException {
    String roles = r.text(5);
    return new PersonRow(
        new PersonId(r.uuid(1)),
        new WorkspaceId(r.uuid(2)),
        r.text(3),
        r.text(4),
        roles.isEmpty() ? List.of() : List.of(roles.split(" ")),
        r.instant(6));
  }

  private static Account account(Sql.Row r) throws SQLException {
    boolean agent = r.isNull(3);
    return new Account(
        r.text(1),
        new WorkspaceId(r.uuid(2)),
        agent ? Optional.empty() : Optional.of(new PersonId(r.uuid(3))),
        r.text(4),
        new Address(r.text(5)),
        r.optionalText(6),
        r.optionalText(7),
        r.text(8),
        r.optionalText(9),
        r.text(10),
        r.text(11),
        r.instant(12),
        r.instant(13));
  }

  private static Key key(Sql.Row r) throws SQLException {
    return new Key(
        r.text(1),
        r.text(2),
        r.text(3),
        r.text(4),
        r.flag(5),
        r.instant(6),
        r.optionalInstant(7),
        r.optionalInstant(8));
  }
}
