package dev.axme.server.push;

import dev.axme.core.Address;
import dev.axme.core.WorkspaceId;
import dev.axme.store.Directory;
import dev.axme.store.Directory.Account;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The accounts that are pushed to, in memory because the committer asks. Safe for any thread. */
final class PushedAccounts {
  private final Directory directory;
  private volatile Map<Address, Account> accounts = Map.of();

  PushedAccounts(Directory directory) {
    this.directory = directory;
  }

  /** Reads them anew; answers those that were not pushed to before, or elsewhere. */
  synchronized List<Account> reload() {
    Map<Address, Account> before = accounts;
    Map<Address, Account> now =
        directory.pushed().stream()
            .collect(Collectors.toUnmodifiableMap(Account::address, Function.identity()));
    accounts = now;
    return now.values().stream()
        .filter(
            a ->
                !Optional.ofNullable(before.get(a.address()))
                    .map(Account::callbackUrl)
                    .equals(Optional.of(a.callbackUrl())))
        .toList();
  }

  /** The account of {@code workspace} with this address, if it is pushed to. */
  Optional<Account> find(WorkspaceId workspace, Address address) {
    return Optional.ofNullable(accounts.get(address)).filter(a -> a.workspace().equals(workspace));
  }
}
