package dev.axme.server.webhooks;

import dev.axme.core.Address;
import dev.axme.server.identity.Caller;
import dev.axme.store.Outbox;
import dev.axme.store.Parcel;
import dev.axme.store.Store;
import dev.axme.store.Webhooks.Event;
import dev.axme.store.Webhooks.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Sends events on their way that do not follow from the log, and any event once more. */
public final class Publisher {
  /** Where the server's own events come from. */
  static final String SOURCE = "axme";

  private static final Duration KEPT = Duration.ofDays(30);
  private static final int FORGOTTEN_AT_ONCE = 20;

  private final Store store;
  private final Subscribers subscribers;
  private final Runnable ring;

  /** {@code ring} says that something was put into the outbox. */
  public Publisher(Store store, Subscribers subscribers, Runnable ring) {
    this.store = store;
    this.subscribers = subscribers;
    this.ring = ring;
  }

  /** An event that was queued once more. */
  record Replayed(UUID id, Address owner, String type, int queued) {}

  /** Keeps the event and queues it for whoever wants it; answers what was kept under its id. */
  Event publish(Event draft) {
    return publish(draft, wanting(draft));
  }

  /** The same for these subscriptions, whatever they asked for. */
  Event publish(Event draft, List<Subscription> wanting) {
    Event counted =
        new Event(
            draft.workspace(),
            draft.id(),
            draft.owner(),
            draft.type(),
            draft.source(),
            draft.payload(),
            draft.request(),
            wanting.size(),
            draft.at());
    Event kept = store.webhooks().publish(counted, parcels(counted, wanting));
    store.webhooks().forgetEvents(draft.at().minus(KEPT), FORGOTTEN_AT_ONCE);
    ring.run();
    return kept;
  }

  private static List<Parcel> parcels(Event event, List<Subscription> wanting) {
    String body = Occasion.published(event.type());
    return wanting.stream()
        .map(s -> WebhookOutlet.parcel(s, event.id(), body, event.at()))
        .toList();
  }

  private List<Subscription> wanting(Event event) {
    return subscribers.of(event.workspace()).stream()
        .filter(s -> s.everything() || s.owner().equals(event.owner()))
        .filter(s -> EventTypes.match(s.eventTypes(), event.type()))
        .toList();
  }

  /** Queues an event again; empty when the caller knows no such event. */
  Optional<Replayed> replay(Caller caller, Address owner, UUID id) {
    Optional<Replayed> replayed =
        store
            .webhooks()
            .event(caller.workspaceId(), id)
            .map(event -> published(caller, owner, event))
            .orElseGet(() -> logged(caller, owner, id));
    ring.run();
    return replayed;
  }

  /** A published event goes to whoever wants it now; a test to the one that it was for. */
  private Optional<Replayed> published(Caller caller, Address owner, Event event) {
    if (!event.owner().equals(owner)
        && !event.owner().equals(caller.address())
        && !caller.admin()) {
      return Optional.empty();
    }
    if (event.type().equals(EventTypes.TEST)) {
      return logged(caller, owner, event.id());
    }
    List<Parcel> parcels = parcels(event, wanting(event));
    store.outbox().add(parcels);
    parcels.forEach(this::again);
    return Optional.of(new Replayed(event.id(), event.owner(), event.type(), parcels.size()));
  }

  /** Any other goes where it went, as far as the caller sees where that was. */
  private Optional<Replayed> logged(Caller caller, Address owner, UUID id) {
    Replayed replayed = null;
    for (Parcel parcel : store.outbox().list(caller.workspaceId(), about(id))) {
      Optional<Subscription> to =
          store
              .webhooks()
              .subscription(caller.workspaceId(), UUID.fromString(parcel.destination()))
              .filter(s -> Right.covers(caller, owner, s));
      if (to.isPresent()) {
        int before = replayed == null ? 0 : replayed.queued();
        again(parcel);
        replayed = new Replayed(id, to.get().owner(), Occasion.type(parcel), before + 1);
      }
    }
    return Optional.ofNullable(replayed);
  }

  private static Outbox.Query about(UUID id) {
    return new Outbox.Query(
        Optional.of(WebhookChannel.NAME),
        Optional.empty(),
        Optional.of(id),
        Optional.empty(),
        Optional.empty(),
        2 * Changes.MOST);
  }

  private void again(Parcel parcel) {
    Instant now = store.now();
    store.outbox().replay(parcel.workspace(), parcel.id(), now);
  }
}
