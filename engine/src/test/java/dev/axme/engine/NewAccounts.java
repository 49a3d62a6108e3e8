package dev.axme.engine;

import static dev.axme.engine.Fixtures.OTHER_WORKSPACE;
import static dev.axme.engine.Fixtures.WORKSPACE;
import static dev.axme.engine.Fixtures.send;

import dev.axme.core.Address;
import dev.axme.core.WorkspaceId;
import dev.axme.store.Directory;
import dev.axme.store.Directory.Account;
import dev.axme.store.Store;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Accounts that come with a submission, and a directory for them. */
final class NewAccounts {
  private NewAccounts() {}

  /** The two workspaces of the fixtures, without anybody in them. */
  static void found(Store store) {
    Directory.Organization acme = new Directory.Organization(new UUID(0, 7), "acme", "Acme");
    Directory.Organization other = new Directory.Organization(new UUID(0, 8), "other", "Other");
    store.directory().add(acme, workspace(WORKSPACE, acme));
    store.directory().add(other, workspace(OTHER_WORKSPACE, other));
  }

  private static Directory.Workspace workspace(WorkspaceId id, Directory.Organization in) {
    return new Directory.Workspace(id, in, "main", "Main", "production");
  }

  static Account account(String name) {
    return account(WORKSPACE, "sa_" + UUID.randomUUID(), name, "agent://acme/main/" + name);
  }

  static Account account(WorkspaceId workspace, String id, String name, String address) {
    return new Account(
        id,
        workspace,
        Optional.empty(),
        name,
        new Address(address),
        Optional.empty(),
        Optional.empty(),
        "stream",
        Optional.empty(),
        Optional.empty(),
        "active",
        "test",
        ManualClock.NOON,
        ManualClock.NOON);
  }

  /** What an apply submits that found none of these names. */
  static Submission apply(Ref ref, String... names) {
    return send(ref).bringing(List.of(names).stream().map(NewAccounts::account).toList());
  }

  static List<String> names(Store store) {
    return store.directory().accounts(WORKSPACE).stream().map(Account::name).sorted().toList();
  }
}
