package dev.axme.server.identity;

import dev.axme.core.Actor;
import dev.axme.core.Address;
import dev.axme.core.Person;
import dev.axme.core.TaskId;
import dev.axme.core.WorkspaceId;
import dev.axme.store.Credential;
import dev.axme.store.Directory.Account;
import dev.axme.store.Directory.Workspace;
import java.util.Optional;

/**
 * Who a valid credential stands for.
 *
 * @param credential empty for a signed link, which holds until its question is over
 * @param identity the service account or person: what idempotency keys are counted by
 * @param person present for a login key, a session or a link; an agent's key never has one
 */
public record Caller(
    Optional<Credential> credential,
    String identity,
    Workspace workspace,
    Address address,
    Optional<Account> account,
    Optional<Person> person) {
  /** Who the rules see. */
  public Actor actor() {
    return person
        .<Actor>map(p -> new Actor.Human(p, address))
        .orElseGet(() -> new Actor.Agent(address));
  }

  /** The same, with proof that this person was asked {@code task}. */
  Caller invited(TaskId task) {
    return new Caller(
        credential, identity, workspace, address, account, person.map(p -> p.invited(task)));
  }

  /** The workspace in which everything that this caller does happens. */
  public WorkspaceId workspaceId() {
    return workspace.id();
  }

  /** Whether this is a person who administers the workspace. */
  public boolean admin() {
    return person.map(Person::admin).orElse(false);
  }
}
