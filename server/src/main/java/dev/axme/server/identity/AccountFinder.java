package dev.axme.server.identity;

import dev.axme.core.Address;
import dev.axme.server.http.Call;
import dev.axme.server.http.Problem;
import dev.axme.store.Directory;
import dev.axme.store.Directory.Account;
import java.util.Optional;

/** Finds the service account that a path names, in the caller's workspace only. */
final class AccountFinder {
  private final Directory directory;

  AccountFinder(Directory directory) {
    this.directory = directory;
  }

  /** By id, address or bare name; 404 for what belongs to somebody else. */
  Account find(Call call) {
    String written = call.pathValue("id");
    return directory
        .account(written)
        .or(() -> byAddress(call.caller(), written))
        .filter(a -> a.workspace().equals(call.caller().workspaceId()))
        .orElseThrow(() -> Problem.notFound("service account " + written));
  }

  /** The same, for a change: nobody changes the account of somebody who ranks higher. */
  Account managed(Call call) {
    Account account = find(call);
    account
        .person()
        .flatMap(directory::person)
        .ifPresent(p -> Roles.atLeast(call.caller(), p.roles()));
    return account;
  }

  /** By an address in any of its spellings (section 1.4). */
  Optional<Account> byAddress(Caller caller, String written) {
    Optional<Address> address = Addresses.normalise(written, caller.workspace());
    return address.flatMap(directory::accountByAddress);
  }
}
