package dev.axme.server.identity;

import dev.axme.core.PersonId;
import dev.axme.core.WorkspaceId;
import dev.axme.store.Directory;
import dev.axme.store.Directory.Account;
import dev.axme.store.Directory.Organization;
import dev.axme.store.Directory.PersonRow;
import dev.axme.store.Directory.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Makes the first organization, workspace, owner and agent, and new ways in for people who are
 * there already. Whoever holds one may do this: it asks for no credential. Every method may block,
 * and {@link Callers#refresh} is for its caller to call.
 */
public final class Provisioning {
  /** How long a sign-in link works. */
  public static final Duration LINK_LIFE = Duration.ofMinutes(15);

  /** Where the page behind a sign-in link is; the token follows. */
  public static final String SIGN_IN_PATH = "/sign-in/";

  private static final String OWNER_EMAIL = "owner@localhost";
  private static final String OWNER_ROLE = "org_owner";

  private final Directory directory;
  private final Supplier<Instant> now;

  /** Provisions {@code directory}; {@code now} is the store's time. */
  public Provisioning(Directory directory, Supplier<Instant> now) {
    this.directory = directory;
    this.now = now;
  }

  /** The owner and the first agent, with keys that are shown this once. */
  public record Owner(
      Workspace workspace,
      PersonRow person,
      Account login,
      String loginKey,
      Account agent,
      String agentKey) {}

  /**
   * Makes all that a new store needs, in one transaction. Empty when it is there already or another
   * node was quicker.
   *
   * @param keep keeps the secrets, before the commit: killed in between, the next start makes new
   *     ones
   */
  public Optional<Owner> first(Consumer<Owner> keep) {
    if (!directory.workspaces().isEmpty()) {
      return Optional.empty();
    }
    Instant at = now.get();
    Workspace workspace = workspace(Secrets.uuid(at), "local", "Local", at);
    Newcomer owner =
        new Newcomers(directory)
            .draft(workspace, new Newcomers.Draft(OWNER_EMAIL, "Owner", OWNER_ROLE), at);
    Account agent =
        Accounts.agent(Secrets.id("sa_"), workspace, "agent", owner.person().email(), at);
    NewKey agentKey = NewKey.agent(Secrets.id("sak_"), agent, at, NewKey.Terms.NONE);
    Owner made =
        new Owner(
            workspace, owner.person(), owner.login(), owner.key().token(), agent, agentKey.token());
    keep.accept(made);
    try {
      directory.add(
          List.of(
              workspace, owner.person(), owner.login(), owner.key().row(), agent, agentKey.row()));
    } catch (Directory.Taken e) {
      return Optional.empty();
    }
    return Optional.of(made);
  }

  static Workspace workspace(UUID organizationId, String slug, String name, Instant at) {
    Organization organization = new Organization(organizationId, slug, name);
    return new Workspace(
        new WorkspaceId(Secrets.uuid(at)), organization, "main", "Main", "production");
  }

  /** Another login key for the owner of the oldest workspace; the older ones go on working. */
  public String newOwnerKey() {
    Workspace workspace =
        directory.workspaces().stream()
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("Expected a store that was started once"));
    PersonRow owner = owner(workspace.id());
    Account login = activeLogin(owner, workspace);
    NewKey key = NewKey.login(login, now.get());
    directory.add(key.row());
    return key.token();
  }

  /** The person's account; one that was suspended or revoked works again. */
  private Account activeLogin(PersonRow owner, Workspace workspace) {
    Account login =
        directory.accounts(workspace.id()).stream()
            .filter(a -> a.person().equals(Optional.of(owner.id())))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("Expected a login for " + owner.email()));
    if (!login.status().equals(Accounts.ACTIVE)) {
      directory.update(Accounts.withStatus(login, Accounts.ACTIVE, now.get()));
    }
    return login;
  }

  /** The secret of a new link that signs this person in once, for {@link #LINK_LIFE}. */
  public String signInLink(PersonId person) {
    return signInLink(person, now.get().plus(LINK_LIFE));
  }

  String signInLink(PersonId person, Instant expiresAt) {
    String token = Secrets.secret();
    directory.addSignInLink(Secrets.hash(token), person, expiresAt);
    return token;
  }

  /** The first of the workspace's owners. */
  public PersonRow owner(WorkspaceId workspace) {
    return directory.people(workspace).stream()
        .filter(p -> p.roles().contains(OWNER_ROLE))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("Expected an owner in " + workspace));
  }
}
