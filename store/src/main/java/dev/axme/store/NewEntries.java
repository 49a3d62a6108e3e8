package dev.axme.store;

import dev.axme.core.PersonId;
import dev.axme.store.Directory.Account;
import dev.axme.store.Directory.Entry;
import dev.axme.store.Directory.Organization;
import dev.axme.store.Directory.PersonRow;
import dev.axme.store.Directory.Workspace;
import java.sql.SQLException;
import java.time.Instant;

/** Inserts into the directory's tables. */
final class NewEntries {
  private NewEntries() {}

  /** What to say when a unique key refuses the entry. */
  static String taken(Entry entry) {
    return switch (entry) {
      case Workspace w -> "The slug " + w.organization().slug() + "/" + w.slug() + " is taken";
      case PersonRow p -> p.email() + " is known already";
      case Account a -> "The name " + a.name() + " is taken";
      case Directory.Key k -> "The key " + k.id() + " exists already";
    };
  }

  static void insert(Sql sql, Entry entry, Instant now) throws SQLException {
    switch (entry) {
      case Workspace w -> insert(sql, w, now);
      case PersonRow p -> insert(sql, p);
      case Account a -> insert(sql, a);
      case Directory.Key k -> insert(sql, k);
    }
  }

  private static void insert(Sql sql, Workspace workspace, Instant now) throws SQLException {
    Organization organization = workspace.organization();
    sql.update(
        """
        INSERT INTO organizations (org_id, slug, name, created_at)
        VALUES (?, ?, ?, ?)
        """,
        organization.id(),
        organization.slug(),
        organization.name(),
        now);
    sql.update(
        """
        INSERT INTO workspaces (workspace_id, org_id, slug, name, environment, created_at)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
        workspace.id().value(),
        organization.id(),
        workspace.slug(),
        workspace.name(),
        workspace.environment(),
        now);
  }

  private static void insert(Sql sql, PersonRow person) throws SQLException {
    sql.update(
        """
        INSERT INTO people (person_id, workspace_id, email, name, roles, created_at)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
        person.id().value(),
        person.workspace().value(),
        person.email(),
        person.name(),
        String.join(" ", person.roles()),
        person.createdAt());
  }

  private static void insert(Sql sql, Account account) throws SQLException {
    sql.update(
        """
        INSERT INTO accounts (account_id, workspace_id, person_id, name, address,
          display_name, description, delivery_mode, callback_url, status, created_by,
          created_at, updated_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        account.id(),
        account.workspace().value(),
        Sql.orNull(account.person().map(PersonId::value), Sql.Null.ID),
        account.name(),
        account.address().value(),
        Sql.orNull(account.displayName(), Sql.Null.TEXT),
        Sql.orNull(account.description(), Sql.Null.TEXT),
        account.deliveryMode(),
        Sql.orNull(account.callbackUrl(), Sql.Null.TEXT),
        account.status(),
        account.createdBy(),
        account.createdAt(),
        account.updatedAt());
  }

  private static void insert(Sql sql, Directory.Key key) throws SQLException {
    sql.update(
        """
        INSERT INTO keys (key_id, account_id, hash, hint, is_login, created_at, expires_at)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
        key.id(),
        key.account(),
        key.hash(),
        key.hint(),
        key.login(),
        key.createdAt(),
        Sql.orNull(key.expiresAt(), Sql.Null.NUMBER));
  }
}
