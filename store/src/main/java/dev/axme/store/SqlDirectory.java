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
  private static final String PEOPLE =
      """
      SELECT person_id, workspace_id, email, name, roles, created_at
        FROM people
      """;
  private static final String ACCOUNTS =
      """
      SELECT account_id, workspace_id, person_id, name, address, display_name, description,
             delivery_mode, callback_url, webhook_secret, status, created_by, created_at,
             updated_at
        FROM accounts
      """;
  private static final String KEYS =
      """
      SELECT k.key_id, k.account_id, k.hash, k.hint, k.is_login, k.name, k.description,
             k.created_at, k.expires_at, k.revoked_at
        FROM keys k
      """;

  private final DirectoryTables tables;
  private final SqlOrganizations organizations;
  private final SqlSessions sessions;

  SqlDirectory(Database database, Supplier<Instant> clock) {
    this.tables = new DirectoryTables(database, clock);
    this.organizations = new SqlOrganizations(tables);
    this.sessions = new SqlSessions(tables);
  }

  @Override
  public Organizations organizations() {
    return organizations;
  }

  @Override
  public long version() {
    return tables.read(
        sql ->
            sql.first("SELECT version FROM directory_version WHERE id = 1", r -> r.big(1))
                .orElseThrow());
  }

  @Override
  public List<Workspace> workspaces() {
    return organizations.workspaces().stream().map(Organizations.WorkspaceRow::workspace).toList();
  }

  @Override
  public Optional<Workspace> workspace(WorkspaceId id) {
    return organizations.workspace(id).map(Organizations.WorkspaceRow::workspace);
  }

  @Override
  public List<PersonRow> people(WorkspaceId workspace) {
    return tables.read(
        sql ->
            sql.list(
                PEOPLE + " WHERE workspace_id = ? ORDER BY created_at, person_id",
                SqlDirectory::person,
                workspace.value()));
  }

  @Override
  public Optional<PersonRow> person(PersonId id) {
    return tables.read(
        sql -> sql.first(PEOPLE + " WHERE person_id = ?", SqlDirectory::person, id.value()));
  }

  @Override
  public List<Account> accounts(WorkspaceId workspace) {
    return tables.read(
        sql ->
            sql.list(
                ACCOUNTS + " WHERE workspace_id = ? ORDER BY created_at DESC, account_id",
                SqlDirectory::account,
                workspace.value()));
  }

  @Override
  public List<Account> accountsIn(UUID organization) {
    return tables.read(
        sql ->
            sql.list(
                ACCOUNTS
                    + " WHERE workspace_id IN (SELECT workspace_id FROM workspaces WHERE org_id = ?)",
                SqlDirectory::account,
                organization));
  }

  @Override
  public List<Account> pushed() {
    return tables.read(
        sql ->
            sql.list(
                ACCOUNTS
                    + """
                       WHERE delivery_mode = 'http'
                         AND callback_url IS NOT NULL
                         AND status = 'active'
                      """,
                SqlDirectory::account));
  }

  @Override
  public Optional<Account> account(String id) {
    return tables.read(
        sql -> sql.first(ACCOUNTS + " WHERE account_id = ?", SqlDirectory::account, id));
  }

  @Override
  public Optional<Account> accountByAddress(Address address) {
    return tables.read(
        sql -> sql.first(ACCOUNTS + " WHERE address = ?", SqlDirectory::account, address.value()));
  }

  @Override
  public List<Key> keys(String account) {
    return tables.read(
        sql ->
            sql.list(
                KEYS + " WHERE k.account_id = ? ORDER BY k.created_at, k.key_id",
                SqlDirectory::key,
                account));
  }

  @Override
  public Optional<Key> liveKey(String hash) {
    return tables.read(
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
                tables.now()));
  }

  @Override
  public Optional<String> setting(String name) {
    return tables.read(sql -> setting(sql, name));
  }

  private static Optional<String> setting(Sql sql, String name) throws SQLException {
    return sql.first("SELECT value FROM settings WHERE name = ?", r -> r.text(1), name);
  }

  @Override
  public String settingOr(String name, String value) {
    return tables.writeQuietly(
        sql -> {
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
    tables.write(
        () -> taken[0],
        sql -> {
          for (Entry entry : entries) {
            taken[0] = NewEntries.taken(entry);
            NewEntries.insert(sql, entry, tables.now());
          }
          return entries.size();
        });
  }

  @Override
  public void update(Account account) {
    tables.write(
        sql ->
            sql.update(
                """
                UPDATE accounts
                   SET display_name = ?, description = ?, delivery_mode = ?, callback_url = ?,
                       webhook_secret = ?, status = ?, updated_at = ?
                 WHERE account_id = ?
                """,
                Sql.orNull(account.displayName(), Sql.Null.TEXT),
                Sql.orNull(account.description(), Sql.Null.TEXT),
                account.deliveryMode(),
                Sql.orNull(account.callbackUrl(), Sql.Null.TEXT),
                Sql.orNull(account.webhookSecret(), Sql.Null.TEXT),
                account.status(),
                account.updatedAt(),
                account.id()));
  }

  @Override
  public void rename(PersonId person, String name) {
    tables.write(
        sql ->
            sql.update(
                """
                UPDATE people
                   SET name = ?
                 WHERE person_id = ?
                """,
                name,
                person.value()));
  }

  @Override
  public boolean revokeKey(String account, String key) {
    return tables.write(
            sql ->
                sql.update(
                    """
                    UPDATE keys
                       SET revoked_at = ?
                     WHERE key_id = ?
                       AND account_id = ?
                       AND revoked_at IS NULL
                    """,
                    tables.now(),
                    key,
                    account))
        > 0;
  }

  @Override
  public Optional<Session> liveSession(String hash) {
    return sessions.liveSession(hash);
  }

  @Override
  public void add(Session session) {
    sessions.add(session);
  }

  @Override
  public void addSignInLink(String hash, PersonId person, Instant expiresAt) {
    sessions.addSignInLink(hash, person, expiresAt);
  }

  @Override
  public Optional<SignInLink> signInLink(String hash) {
    return sessions.signInLink(hash);
  }

  @Override
  public Optional<PersonId> useSignInLink(String hash) {
    return sessions.useSignInLink(hash);
  }

  @Override
  public void revokeSession(String hash) {
    sessions.revokeSession(hash);
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
        r.optionalText(10),
        r.text(11),
        r.text(12),
        r.instant(13),
        r.instant(14));
  }

  private static Key key(Sql.Row r) throws SQLException {
    return new Key(
        r.text(1),
        r.text(2),
        r.text(3),
        r.text(4),
        r.flag(5),
        r.optionalText(6),
        r.optionalText(7),
        r.instant(8),
        r.optionalInstant(9),
        r.optionalInstant(10));
  }
}
