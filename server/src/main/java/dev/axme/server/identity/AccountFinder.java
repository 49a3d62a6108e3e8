package dev.axme.server.identity;

import dev.axme.server.http.Call;
import dev.axme.server.http.Problem;
import dev.axme.store.Directory;
import dev.axme.store.Directory.Account;
import dev.axme.store.Directory.Workspace;
import java.util.List;
import java.util.Optional;

/** Finds the account that a path names, wherever the caller reaches. */
final class AccountFinder {
  private final Directory directory;

  AccountFinder(Directory directory) {
    this.directory = directory;
  }

  /** An account in its workspace, and the roles that the caller has there. */
  record Found(Account account, Workspace workspace, List<String> roles) {}

  /** By id, address or bare name; 404 for what belongs to somebody else, 403 without a role. */
  Found find(Call call, List<String> needed) {
    Roles.notAnAgent(call.caller(), needed);
    Found found =
        directory
            .account(call.pathValue("id"))
            .or(() -> byAddress(call, "id"))
            .flatMap(a -> reached(call, a))
            .orElseThrow(() -> Problem.notFound("service account " + call.pathValue("id")));
    Roles.require(found.roles(), needed);
    return found;
  }

  /** The same, for a change: nobody changes the account of somebody who ranks higher. */
  Found managed(Call call) {
    Found found = find(call, Roles.ADMINS);
    found
        .account()
        .person()
        .flatMap(directory::person)
        .ifPresent(p -> Roles.atLeast(found.roles(), p.roles()));
    return found;
  }

  /** The agent whose address the path has in place of {@code name}. */
  Optional<Account> agent(Call call, String name) {
    return byAddress(call, name)
        .filter(a -> a.person().isEmpty())
        .filter(a -> reached(call, a).isPresent());
  }

  private Optional<Account> byAddress(Call call, String name) {
    return Addresses.ofPath(call, name).flatMap(directory::accountByAddress);
  }

  private Optional<Found> reached(Call call, Account account) {
    Reach reach = Reach.of(call.caller(), directory);
    return directory
        .workspace(account.workspace())
        .filter(w -> reach.reaches(w, List.of()))
        .map(w -> new Found(account, w, reach.roles(w)));
  }
}
