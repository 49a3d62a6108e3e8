package dev.axme.store;

import dev.axme.core.PersonId;
import dev.axme.core.WorkspaceId;
import dev.axme.store.Directory.Account;
import dev.axme.store.Directory.Entry;
import dev.axme.store.Directory.PersonRow;
import dev.axme.store.Directory.Workspace;
import dev.axme.store.Organizations.Member;
import dev.axme.store.Organizations.OrganizationRow;
import dev.axme.store.Organizations.WorkspaceRow;
import java.sql.SQLException;
import java.time.Instant;

/** Inserts into the directory's tables. */
final class NewEntries {
  private NewEntries() {}

  /** What to say when a unique key refuses the entry. */
  static String taken(Entry entry) {
    return switch (entry) {
      case Workspace w -> "The slug " + w.organization().slug() + "/" + w.slug() + " is taken";
      case OrganizationRow o -> "The slug " + o.organization().slug() + " is taken";
      case WorkspaceRow w -> "The slug " + w.workspace().slug() + " is taken";
      case Member m -> m.actor() + " is a member already";
      case PersonRow p -> p.email() + " is known already";
      case Account a -> "The name " + a.name() + " is taken";
      case Directory.Key k -> "The key " + k.id() + " exists already";
    };
  }

  static void insert(Sql sql, Entry entry, Instant now) throws SQLException {
    switch (entry) {
      case Workspace w -> {
        insert(sql, OrganizationRow.plain(w.organization(), now));
        insert(sql, WorkspaceRow.plain(w, now));
      }
      case OrganizationRow o -> insert(sql, o);
      case WorkspaceRow w -> insert(sql, w);
      case Member m -> insert(sql, m);
      case PersonRow p -> insert(sql, p);
      case Account a -> insert(sql, a);
      case Directory.Key k -> insert(sql, k);
    }
  }

  private static void insert(Sql sql, OrganizationRow row) throws SQLException {
    sql.update(
        """
        INSERT INTO organizations (org_id, slug, name, legal_name, primary_domain, status,
          metadata, request_hash, created_at, updated_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        row.organization().id(),
        row.organization().slug(),
        row.organization().name(),
        Sql.orNull(row.legalName(), Sql.Null.TEXT),
        Sql.orNull(row.primaryDomain(), Sql.Null.TEXT),
        row.status(),
        row.metadata(),
        row.request(),
        row.createdAt(),
        row.updatedAt());
  }

  private static void insert(Sql sql, WorkspaceRow row) throws SQLException {
    Workspace workspace = row.workspace();
    sql.update(
        """
        INSERT INTO workspaces (workspace_id, org_id, slug, name, environment, status, region,
          request_hash, created_at, updated_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        workspace.id().value(),
        workspace.organization().id(),
        workspace.slug(),
        workspace.name(),
        workspace.environment(),
        row.status(),
        Sql.orNull(row.region(), Sql.Null.TEXT),
        row.request(),
        row.createdAt(),
        row.updatedAt());
  }

  private static void insert(Sql sql, Member member) throws SQLException {
    sql.update(
        """
        INSERT INTO members (member_id, org_id, workspace_id, actor_id, role, status, created_at,
          updated_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
        member.id(),
        member.organization(),
        Sql.orNull(member.workspace().map(WorkspaceId::value), Sql.Null.ID),
        member.actor(),
        member.role(),
        member.status(),
        member.createdAt(),
        member.updatedAt());
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
          display_name, description, delivery_mode, callback_url, webhook_secret, status,
          created_by, created_at, updated_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
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
        Sql.orNull(account.webhookSecret(), Sql.Null.TEXT),
        account.status(),
        account.createdBy(),
        account.createdAt(),
        account.updatedAt());
  }

  private static void insert(Sql sql, Directory.Key key) throws SQLException {
    sql.update(
        """
        INSERT INTO keys (key_id, account_id, hash, hint, is_login, name, description,
          created_at, expires_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        key.id(),
        key.account(),
        key.hash(),
        key.hint(),
        key.login(),
        Sql.orNull(key.name(), Sql.Null.TEXT),
        Sql.orNull(key.description(), Sql.Null.TEXT),
        key.createdAt(),
        Sql.orNull(key.expiresAt(), Sql.Null.NUMBER));
  }
}
