package dev.axme.core;

import java.util.List;

/** A person as the directory knows them: e-mail in lower case, roles in lower case. */
public record Person(PersonId id, String email, String name, List<String> roles) {
  private static final List<String> ADMINS = List.of("org_owner", "org_admin", "workspace_admin");

  public Person {
    roles = List.copyOf(roles);
  }

  /** Whether this person may decide every task of the workspace (protocol section 6.5). */
  public boolean admin() {
    return roles.stream().anyMatch(ADMINS::contains);
  }
}
