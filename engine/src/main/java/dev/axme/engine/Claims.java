package dev.axme.engine;

import dev.axme.core.Address;
import dev.axme.core.WorkspaceId;
import dev.axme.store.Directory;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What the accounts of one transaction lay claim to: nobody else may have the same. */
final class Claims {
  private sealed interface Claim {
    record Id(String id) implements Claim {}

    record At(Address address) implements Claim {}

    record Name(WorkspaceId workspace, String name) implements Claim {}
  }

  private final Set<Claim> claims = new HashSet<>();

  private static Stream<Claim> of(Directory.Account account) {
    return Stream.of(
        new Claim.Id(account.id()),
        new Claim.At(account.address()),
        new Claim.Name(account.workspace(), account.name()));
  }

  /** Whether somebody before claimed what one of these does. */
  boolean anyOf(List<Directory.Account> accounts) {
    return accounts.stream().flatMap(Claims::of).anyMatch(claims::contains);
  }

  void add(List<Directory.Account> accounts) {
    accounts.stream().flatMap(Claims::of).forEach(claims::add);
  }

  /** Whether these can all be there together. */
  static boolean agree(List<Directory.Account> accounts) {
    Set<Claim> seen = new HashSet<>();
    return accounts.stream().flatMap(Claims::of).allMatch(seen::add);
  }
}
