package dev.axme.server.identity;

import dev.axme.core.Address;
import dev.axme.core.PersonId;
import dev.axme.store.Directory;
import dev.axme.store.Directory.Account;
import dev.axme.store.Directory.PersonRow;
import dev.axme.store.Directory.Workspace;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Drafts people: each gets a login account with an address of their own, and a login key. */
final class Newcomers {
  private static final int LONGEST_NAME = 50;

  private final Directory directory;

  Newcomers(Directory directory) {
    this.directory = directory;
  }

  /** Who is to be added; e-mail and role as they are stored. */
  record Draft(String email, String name, String role) {}

  /** Everything to add; nothing is written yet. */
  Newcomer draft(Workspace workspace, Draft draft, Instant now) {
    PersonRow person =
        new PersonRow(
            new PersonId(Secrets.uuid(now)),
            workspace.id(),
            draft.email(),
            draft.name(),
            List.of(draft.role()),
            now);
    Account login =
        new Account(
            Secrets.id("sa_"),
            workspace.id(),
            Optional.of(person.id()),
            draft.email(),
            freeAddress(workspace, draft.email()),
            Optional.of(draft.name()),
            Optional.empty(),
            "inbox",
            Optional.empty(),
            Optional.empty(),
            Accounts.ACTIVE,
            person.id().toString(),
            now,
            now);
    return new Newcomer(person, login, NewKey.login(login, now));
  }

  /** The e-mail's local part, with a number when somebody has that address already. */
  private Address freeAddress(Workspace workspace, String email) {
    String local = Addresses.slug(email.substring(0, email.indexOf('@')));
    String cut = Addresses.slug(local.substring(0, Math.min(local.length(), LONGEST_NAME)));
    String name = cut.length() < 2 ? "person-" + cut : cut;
    String free = Addresses.slug(name);
    for (int n = 2; taken(workspace, free); n++) {
      free = Addresses.slug(name) + "-" + n;
    }
    return Addresses.in(workspace, free);
  }

  private boolean taken(Workspace workspace, String name) {
    return name.equals(Addresses.CORE)
        || directory.accountByAddress(Addresses.in(workspace, name)).isPresent();
  }
}
