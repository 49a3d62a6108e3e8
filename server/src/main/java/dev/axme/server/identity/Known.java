package dev.axme.server.identity;

import dev.axme.core.Address;
import dev.axme.core.Assignee;
import dev.axme.core.WorkspaceId;
import dev.axme.store.Directory;
import dev.axme.store.Organizations.WorkspaceRow;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Who is who in one workspace, by the names that senders use, and which addresses its organization
 * has. Never blocks, unless it is {@link #asking}.
 */
public final class Known {
  private static final Set<String> BUILT_IN_ROLES =
      Set.of("org_owner", "org_admin", "workspace_admin", "member");

  private final Directory.Workspace workspace;
  private final Map<String, Directory.PersonRow> people;
  private final Set<String> roles;
  private final Map<Address, Directory.Account> registered;
  private final Function<Address, Optional<Recipient>> stranger;

  private Known(
      Directory.Workspace workspace,
      Map<String, Directory.PersonRow> people,
      Set<String> roles,
      Map<Address, Directory.Account> registered,
      Function<Address, Optional<Recipient>> stranger) {
    this.workspace = workspace;
    this.people = people;
    this.roles = roles;
    this.registered = registered;
    this.stranger = stranger;
  }

  /** Who is who in {@code workspace}: its people, and the accounts of its whole organization. */
  static Known of(
      Directory.Workspace workspace,
      List<Directory.PersonRow> people,
      List<Directory.Account> accounts) {
    Map<String, Directory.PersonRow> byName = new HashMap<>();
    Set<String> roles = new TreeSet<>(BUILT_IN_ROLES);
    // The earliest of two people with one name keeps it; e-mail addresses are unique.
    for (Directory.PersonRow person : people) {
      roles.addAll(person.roles());
      byName.putIfAbsent(Addresses.slug(person.name()), person);
      byName.putIfAbsent(person.email().substring(0, person.email().indexOf('@')), person);
    }
    people.forEach(p -> byName.put(p.email(), p));
    Map<Address, Directory.Account> registered = new HashMap<>();
    for (Directory.Account account : accounts) {
      registered.put(account.address(), account);
      account
          .person()
          .flatMap(id -> people.stream().filter(p -> p.id().equals(id)).findFirst())
          .ifPresent(p -> byName.putIfAbsent(account.address().name(), p));
    }
    return new Known(workspace, byName, roles, registered, _ -> Optional.empty());
  }

  /** The same, which looks into the directory for what it does not know; that may block. */
  Known asking(Directory directory) {
    return new Known(
        workspace,
        people,
        roles,
        registered,
        address -> Optional.of(elsewhere(address, directory)));
  }

  /** The same with accounts that are about to be added. */
  public Known with(List<Directory.Account> newcomers) {
    Map<Address, Directory.Account> all = new HashMap<>(registered);
    newcomers.forEach(a -> all.put(a.address(), a));
    return new Known(workspace, people, roles, all, stranger);
  }

  /** Whether an agent of this workspace has the address. */
  public boolean agent(Address address) {
    Directory.Account account = registered.get(address);
    return account != null
        && account.person().isEmpty()
        && account.workspace().equals(workspace.id());
  }

  /** The account that has the address, in this workspace or another one of the organization. */
  public Optional<Directory.Account> account(Address address) {
    return Optional.ofNullable(registered.get(address));
  }

  /** The agent of this workspace that was registered under exactly this name. */
  public Optional<Directory.Account> agentNamed(String name) {
    return registered.values().stream()
        .filter(a -> a.name().equals(name) && agent(a.address()))
        .findFirst();
  }

  /**
   * What the address means to a sender in this workspace. Empty when only the directory can tell:
   * ask again on a worker, with {@link Callers#load}.
   */
  public Optional<Recipient> recipient(Address address) {
    Directory.Account account = registered.get(address);
    if (account != null) {
      return Optional.of(within(account));
    }
    // An agent that another server registered just now may be in another workspace of ours, too.
    return Addresses.full(address) && !Addresses.within(workspace, address)
        ? stranger.apply(address)
        : Optional.of(new Recipient.Nobody(Optional.empty()));
  }

  private Recipient within(Directory.Account account) {
    return account.workspace().equals(workspace.id())
        ? new Recipient.Here()
        : new Recipient.Elsewhere(account.workspace());
  }

  private Recipient elsewhere(Address address, Directory directory) {
    return directory
        .accountByAddress(address)
        .flatMap(a -> directory.workspace(a.workspace()))
        .<Recipient>map(
            w ->
                w.organization().id().equals(workspace.organization().id())
                    ? new Recipient.Elsewhere(w.id())
                    : new Recipient.Foreign())
        .orElseGet(() -> new Recipient.Nobody(named(address, directory)));
  }

  private Optional<WorkspaceId> named(Address address, Directory directory) {
    return directory.organizations().workspaces(workspace.organization().id()).stream()
        .map(WorkspaceRow::workspace)
        .filter(w -> Addresses.within(w, address))
        .map(Directory.Workspace::id)
        .findFirst();
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
