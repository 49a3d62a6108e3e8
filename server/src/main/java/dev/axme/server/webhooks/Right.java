package dev.axme.server.webhooks;

import dev.axme.core.Address;
import dev.axme.server.http.Call;
import dev.axme.server.http.Problem;
import dev.axme.server.identity.Caller;
import dev.axme.server.intents.OwnerScope;
import dev.axme.store.Directory;
import dev.axme.store.Store;
import dev.axme.store.Webhooks.Subscription;
import java.util.Optional;
import java.util.UUID;

/**
 * Whose a subscription is. A person is told of all of the workspace; an agent's key of what its
 * owner sent or received, and what a person subscribed to does not exist for it.
 */
final class Right {
  private final Store store;
  private final OwnerScope scope;

  Right(Store store) {
    this.store = store;
    this.scope = new OwnerScope(store.directory());
  }

  Address owner(Call call) {
    return scope.ownerNow(call);
  }

  /** Whether what this caller subscribes to for {@code owner} is all of the workspace. */
  static boolean everything(Caller caller, Address owner) {
    return caller.person().isPresent() && caller.address().equals(owner);
  }

  static boolean reaches(Caller caller, Subscription subscription) {
    return !subscription.everything() || caller.person().isPresent();
  }

  /** The account that a caller acts with. */
  static String account(Caller caller) {
    return caller.account().map(Directory.Account::id).orElse(caller.identity());
  }

  /** Whether it is the caller's, or of the owner for whom the call acts. */
  static boolean covers(Caller caller, Address owner, Subscription subscription) {
    return reaches(caller, subscription)
        && (subscription.owner().equals(owner)
            || subscription.owner().equals(caller.address())
            || subscription.maker().equals(account(caller))
            || caller.admin());
  }

  /** The subscription of the path; 404 unless it is the caller's or the owner's. */
  Subscription find(Call call) {
    Caller caller = call.caller();
    Address owner = owner(call);
    String id = call.pathValue("subscription_id");
    return uuid(id)
        .flatMap(u -> store.webhooks().subscription(caller.workspaceId(), u))
        .filter(s -> covers(caller, owner, s))
        .orElseThrow(() -> Problem.notFound("subscription " + id));
  }

  static Optional<UUID> uuid(String written) {
    try {
      return Optional.of(UUID.fromString(written.strip()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
