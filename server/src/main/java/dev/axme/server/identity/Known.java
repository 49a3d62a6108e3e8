package dev.axme.server.identity;

import dev.axme.core.Address;
import dev.axme.core.Assignee;
import dev.axme.store.Directory;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Who is who in one workspace, by the names that senders use. */
public final class Known {
  private static final Set<String> BUILT_IN_ROLES =
      Set.of("org_owner", "org_admin", "workspace_admin", "member");

  private final Map<String, Directory.PersonRow> people;
  private final Set<String> roles;
  private final Map<Address, Directory.Account> agents;

  private Known(
      Map<String, Directory.PersonRow> people,
      Set<String> roles,
      Map<Address, Directory.Account> agents) {
    this.people = people;
    this.roles = roles;
    this.agents = agents;
  }

  static Known of(List<Directory.PersonRow> people, List<Directory.Account> accounts) {
    Map<String, Directory.PersonRow> byName = new HashMap<>();
    Set<String> roles = new TreeSet<>(BUILT_IN_ROLES);
    // The earliest of two people with one name keeps it; e-mail addresses are unique.
    for (Directory.PersonRow person : people) {
      roles.addAll(person.roles());
      byName.putIfAbsent(Addresses.slug(person.name()), person);
      byName.putIfAbsent(person.email().substring(0, person.email().indexOf('@')), person);
    }
    people.forEach(p -> byName.put(p.email(), p));
    Map<Address, Directory.Account> agents = new HashMap<>();
    for (Directory.Account account : accounts) {
      account
          .person()
          .ifPresentOrElse(
              id ->
                  people.stream()
                      .filter(p -> p.id().equals(id))
                      .forEach(p -> byName.putIfAbsent(account.address().name(), p)),
              () -> agents.put(account.address(), account));
    }
    return new Known(byName, roles, agents);
  }

  /** Whether an agent of this workspace has the address. */
  public boolean agent(Address address) {
    return agents.containsKey(address);
  }

  /**
   * Whom a name means: a person by e-mail, name or address, everybody with a role; an e-mail
   * address that nobody has yet stands for whoever gets it.
   */
  public Optional<Assignee> assignee(String written) {
    String name = Addresses.name(written);
    if (name.isEmpty()) {
      return Optional.empty();
    }
    Directory.PersonRow person = people.get(name);
    if (person != null) {
      return Optional.of(new Assignee.Email(person.email()));
    }
    if (roles.contains(name)) {
      return Optional.of(new Assignee.Role(name));
    }
    return email(written) ? Optional.of(new Assignee.Email(name)) : Optional.empty();
  }

  private static boolean email(String written) {
    String text = written.strip().toLowerCase(Locale.ROOT);
    int at = text.indexOf('@');
    return at > 0 && at < text.length() - 1 && !text.contains("/");
  }
}
