package dev.axme.store;

import dev.axme.core.Address;
import dev.axme.core.PersonId;
import dev.axme.core.WorkspaceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Who is who: organizations, workspaces, people, service accounts, keys and sessions. Every write
 * raises {@link #version()}, by which other nodes notice a revocation.
 */
public interface Directory {
  /** What can be added together with others. */
  sealed interface Entry
      permits Workspace,
          PersonRow,
          Account,
          Key,
          Organizations.OrganizationRow,
          Organizations.WorkspaceRow,
          Organizations.Member {}

  /** An organization. */
  record Organization(UUID id, String slug, String name) {}

  /** A workspace in its organization. */
  record Workspace(
      WorkspaceId id, Organization organization, String slug, String name, String environment)
      implements Entry {}

  /** A person in a workspace; {@code roles} in lower case. */
  record PersonRow(
      PersonId id,
      WorkspaceId workspace,
      String email,
      String name,
      List<String> roles,
      Instant createdAt)
      implements Entry {}

  /**
   * A service account: an agent, or, with {@code person}, what a person's login key acts as.
   *
   * @param webhookSecret what pushes to {@code callbackUrl} are signed with
   */
  record Account(
      String id,
      WorkspaceId workspace,
      Optional<PersonId> person,
      String name,
      Address address,
      Optional<String> displayName,
      Optional<String> description,
      String deliveryMode,
      Optional<String> callbackUrl,
      Optional<String> webhookSecret,
      String status,
      String createdBy,
      Instant createdAt,
      Instant updatedAt)
      implements Entry {}

  /** An API key; only its hash is kept. */
  record Key(
      String id,
      String account,
      String hash,
      String hint,
      boolean login,
      Optional<String> name,
      Optional<String> description,
      Instant createdAt,
      Optional<Instant> expiresAt,
      Optional<Instant> revokedAt)
      implements Entry {}

  /** A browser's session. */
  record Session(String hash, PersonId person, String csrf, Instant expiresAt) {}

  /** A one-time link that signs a person in. */
  record SignInLink(PersonId person, Instant expiresAt) {}

  /** The number of the newest change. */
  long version();

  /** More about organizations and workspaces, and their members. */
  Organizations organizations();

  /** Every workspace, the oldest first. */
  List<Workspace> workspaces();

  Optional<Workspace> workspace(WorkspaceId id);

  List<PersonRow> people(WorkspaceId workspace);

  Optional<PersonRow> person(PersonId id);

  List<Account> accounts(WorkspaceId workspace);

  /** The accounts of all workspaces of an organization, in no particular order. */
  List<Account> accountsIn(UUID organization);

  /** The active accounts of all workspaces that are pushed to, in no particular order. */
  List<Account> pushed();

  Optional<Account> account(String id);

  Optional<Account> accountByAddress(Address address);

  List<Key> keys(String account);

  /** A key that is neither revoked nor expired nor of an account that is not active. */
  Optional<Key> liveKey(String hash);

  /** A session that is neither revoked nor expired. */
  Optional<Session> liveSession(String hash);

  /** A value that the server keeps for itself, such as a signing secret. */
  Optional<String> setting(String name);

  /** Stores {@code value} unless there is one; answers what is stored then. */
  String settingOr(String name, String value);

  /**
   * Adds all of this or nothing, in this order; a workspace brings its organization. Throws {@link
   * Taken} when a slug, name, address or id is.
   */
  void add(List<? extends Entry> entries);

  /** Adds; throws {@link Taken} when slug, name or address is. */
  default void add(Organization organization, Workspace workspace) {
    add(List.of(workspace));
  }

  default void add(PersonRow person) {
    add(List.of(person));
  }

  default void add(Account account) {
    add(List.of(account));
  }

  default void add(Key key) {
    add(List.of(key));
  }

  void add(Session session);

  /** A one-time link that signs {@code person} in until {@code expiresAt}. */
  void addSignInLink(String hash, PersonId person, Instant expiresAt);

  /** The link, if it is neither used nor expired. */
  Optional<SignInLink> signInLink(String hash);

  /** Uses the link up; empty when it is used, expired or unknown. */
  Optional<PersonId> useSignInLink(String hash);

  void update(Account account);

  /** Gives a person another name; decisions that were taken keep the one from then. */
  void rename(PersonId person, String name);

  /** Answers whether there was a live key to revoke. */
  boolean revokeKey(String account, String key);

  void revokeSession(String hash);

  /** A name that must be unique is taken. */
  final class Taken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Taken(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
