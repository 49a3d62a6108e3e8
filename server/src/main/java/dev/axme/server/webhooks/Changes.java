package dev.axme.server.webhooks;

import dev.axme.core.Address;
import dev.axme.server.http.Call;
import dev.axme.server.http.Problem;
import dev.axme.server.identity.Caller;
import dev.axme.server.identity.Secrets;
import dev.axme.server.intents.RequestKeys;
import dev.axme.store.RequestKey;
import dev.axme.store.Webhooks.Retired;
import dev.axme.store.Webhooks.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * What one call makes of a workspace's subscriptions. Pure, for it runs inside the transaction; a
 * repeat with the same idempotency key finds what the first one wrote and leaves it as it is.
 */
final class Changes {
  /** How many subscriptions a workspace may have: an event costs as many rows. */
  static final int MOST = 100;

  /** How long the secret before signs beside a new one. */
  static final Duration OVERLAP = Duration.ofHours(24);

  /** From all subscriptions of the workspace to one that is to be written. */
  interface Change {
    Subscription of(List<Subscription> all);
  }

  private final Caller caller;
  private final Instant now;
  private final Optional<RequestKey> key;
  private final String fresh = Signatures.generate();
  private final UUID id;

  Changes(Call call, Instant now) {
    this.caller = call.caller();
    this.now = now;
    this.key = RequestKeys.of(call, call.json());
    this.id = Secrets.uuid(now);
  }

  /** Whether the subscription's secret was made for this request. */
  boolean secretIsNew(Subscription subscription) {
    return subscription.secret().equals(Optional.of(fresh)) || repeats(subscription);
  }

  Subscription subscribed(List<Subscription> all, Address owner, Wish wish) {
    Optional<Subscription> repeated = repeated(all);
    if (repeated.isPresent()) {
      return repeated.get();
    }
    Optional<Subscription> known =
        all.stream()
            .filter(s -> s.owner().equals(owner) && s.callbackUrl().equals(wish.callbackUrl()))
            .findFirst();
    Optional<Subscription> before = known.filter(s -> s.revokedAt().isEmpty());
    if (before.filter(s -> !Right.reaches(caller, s)).isPresent()) {
      throw new Problem(
          403, "forbidden", "A person made this subscription; an agent's key cannot change it.");
    }
    long others = all.stream().filter(s -> s.revokedAt().isEmpty()).count();
    if (before.isEmpty() && others >= MOST) {
      throw new Problem(
          409,
          "conflict",
          "The workspace has " + MOST + " subscriptions, and no more than that: delete one first.");
    }
    Optional<String> secret = secret(before, wish);
    return new Subscription(
        caller.workspaceId(),
        known.map(Subscription::id).orElse(id),
        owner,
        wish.callbackUrl(),
        wish.eventTypes(),
        secret,
        before.flatMap(s -> retired(s, secret)),
        wish.active(),
        Optional.empty(),
        wish.description(),
        Right.account(caller),
        Right.everything(caller, owner),
        marker(),
        known.map(Subscription::createdAt).orElse(now),
        now,
        Optional.empty());
  }

  private Optional<String> secret(Optional<Subscription> before, Wish wish) {
    if (wish.secretGiven()) {
      return wish.secret().or(() -> wish.generate() ? Optional.of(fresh) : Optional.empty());
    }
    return before
        .flatMap(Subscription::secret)
        .or(() -> wish.generate() ? Optional.of(fresh) : Optional.empty());
  }

  /** What goes on signing beside {@code next}. */
  private Optional<Retired> retired(Subscription before, Optional<String> next) {
    if (next.isEmpty() || before.secret().isEmpty()) {
      return Optional.empty();
    }
    return next.equals(before.secret())
        ? before.retired()
        : Optional.of(new Retired(before.secret().get(), now.plus(OVERLAP)));
  }

  Subscription rotated(List<Subscription> all, Subscription which, Optional<String> given) {
    return changed(
        all,
        which,
        s -> {
          if (s.revokedAt().isPresent()) {
            throw new Problem(409, "conflict", "This subscription was deleted; make another one.");
          }
          Optional<String> secret = given.or(() -> Optional.of(fresh));
          return with(s, secret, retired(s, secret), s.revokedAt());
        });
  }

  /** Secrets go with it. */
  Subscription revoked(List<Subscription> all, Subscription which) {
    return changed(
        all,
        which,
        s ->
            s.revokedAt().isPresent()
                ? s
                : with(s, Optional.empty(), Optional.empty(), Optional.of(now)));
  }

  private Subscription changed(
      List<Subscription> all, Subscription which, UnaryOperator<Subscription> change) {
    return repeated(all)
        .orElseGet(
            () ->
                all.stream()
                    .filter(s -> s.id().equals(which.id()))
                    .findFirst()
                    .map(change)
                    .orElseThrow(() -> Problem.notFound("subscription " + which.id())));
  }

  private Subscription with(
      Subscription s,
      Optional<String> secret,
      Optional<Retired> retired,
      Optional<Instant> revokedAt) {
    return new Subscription(
        s.workspace(),
        s.id(),
        s.owner(),
        s.callbackUrl(),
        s.eventTypes(),
        secret,
        retired,
        s.active(),
        s.disabled(),
        s.description(),
        s.maker(),
        s.everything(),
        marker(),
        s.createdAt(),
        now,
        revokedAt);
  }

  private Optional<Subscription> repeated(List<Subscription> all) {
    return all.stream().filter(this::repeats).findFirst();
  }

  /** Whether this call is the one that wrote the subscription last; 409 when only the key is. */
  private boolean repeats(Subscription subscription) {
    if (key.isEmpty() || !subscription.request().startsWith(name(key.get()))) {
      return false;
    }
    if (!subscription.request().equals(marker())) {
      throw new Problem(
          409, "idempotency_conflict", "idempotency key reused with different payload");
    }
    return true;
  }

  private String marker() {
    return key.map(k -> name(k) + k.hash().hex()).orElse("");
  }

  private static String name(RequestKey key) {
    return Secrets.hash(String.join("\0", key.identity(), key.route(), key.key())) + ":";
  }
}
