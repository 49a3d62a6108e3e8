package dev.axme.store;

import dev.axme.core.Address;
import dev.axme.core.WorkspaceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Who wants to be told of events, and the events that clients published. Subscriptions are part of
 * the directory: every write of one raises its version, by which other nodes notice.
 */
public interface Webhooks {
  /** How many revoked subscriptions of a workspace are kept to be looked at. */
  int REVOKED_KEPT = 100;

  /** A secret that signs until {@code until} beside the one that replaced it. */
  record Retired(String secret, Instant until) {}

  /**
   * An HTTP address that wants events.
   *
   * @param owner on whose behalf; with {@code callbackUrl} unique in its workspace
   * @param secret what deliveries are signed with
   * @param disabled why the server stopped delivering, as long as it is not {@code active}
   * @param maker the account that asked for it
   * @param everything whether it is told of all of the workspace, not of the owner's intents alone
   * @param request by what a repeat of the request that wrote it last is known; empty without a key
   */
  record Subscription(
      WorkspaceId workspace,
      UUID id,
      Address owner,
      String callbackUrl,
      List<String> eventTypes,
      Optional<String> secret,
      Optional<Retired> retired,
      boolean active,
      Optional<String> disabled,
      Optional<String> description,
      String maker,
      boolean everything,
      String request,
      Instant createdAt,
      Instant updatedAt,
      Optional<Instant> revokedAt) {
    public Subscription {
      eventTypes = List.copyOf(eventTypes);
    }

    /** Whether it is to be delivered to. */
    public boolean live() {
      return active && revokedAt.isEmpty();
    }

    /** The same, not delivered to any more until somebody subscribes again. */
    public Subscription disabled(String why, Instant at) {
      return new Subscription(
          workspace,
          id,
          owner,
          callbackUrl,
          eventTypes,
          secret,
          retired,
          false,
          Optional.of(why),
          description,
          maker,
          everything,
          request,
          createdAt,
          at,
          revokedAt);
    }
  }

  /**
   * An event that a client published.
   *
   * @param payload JSON
   * @param request by what a repeat of the request is known
   * @param queued to how many subscriptions it went at first
   */
  record Event(
      WorkspaceId workspace,
      UUID id,
      Address owner,
      String type,
      String source,
      String payload,
      String request,
      int queued,
      Instant at) {}

  /** Every subscription of a workspace, the newest first; also some that were revoked. */
  List<Subscription> subscriptions(WorkspaceId workspace);

  /** What is to be delivered to, in all workspaces; not what an ended account made. */
  List<Subscription> live();

  Optional<Subscription> subscription(WorkspaceId workspace, UUID id);

  /**
   * Writes one subscription, new or known by its id. One after the other: {@code change} sees all
   * of the workspace as they are and runs inside the transaction, so it must be pure; when it
   * throws or answers nothing, nothing is written. The oldest of more than {@link #REVOKED_KEPT}
   * revoked ones are forgotten.
   */
  Optional<Subscription> change(
      WorkspaceId workspace, Function<List<Subscription>, Optional<Subscription>> change);

  /**
   * Keeps an event and puts {@code parcels} into the outbox, in one transaction; answers what is
   * kept under its id then. That may be an older one, and then no parcel is added.
   */
  Event publish(Event event, List<Parcel> parcels);

  Optional<Event> event(WorkspaceId workspace, UUID id);

  /** Forgets events that were published before then; answers how many. */
  int forgetEvents(Instant before, int limit);
}
