package dev.axme.core;

import java.util.List;
import java.util.Optional;

/**
 * A person as the directory knows them, or the address that was asked: e-mail and roles in lower
 * case.
 *
 * @param invited the question that this person was asked, as a signed link of theirs proves
 */
public record Person(
    PersonId id, String email, String name, List<String> roles, Optional<TaskId> invited) {
  private static final List<String> ADMINS = List.of("org_owner", "org_admin", "workspace_admin");

  public Person {
    roles = List.copyOf(roles);
  }

  /** Somebody who came with a credential of their own. */
  public Person(PersonId id, String email, String name, List<String> roles) {
    this(id, email, name, roles, Optional.empty());
  }

  /** The same, with proof that they were asked {@code task}. */
  public Person invited(TaskId task) {
    return new Person(id, email, name, roles, Optional.of(task));
  }

  /** Whether this person may decide every task of the workspace (protocol section 6.5). */
  public boolean admin() {
    return roles.stream().anyMatch(ADMINS::contains);
  }
}
