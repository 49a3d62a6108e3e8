package dev.axme.server.webhooks;

import dev.axme.core.Address;
import dev.axme.core.Append;
import dev.axme.core.Effect;
import dev.axme.core.Intent;
import dev.axme.core.Mailbox;
import dev.axme.core.Phase;
import dev.axme.core.Root;
import dev.axme.core.WorkspaceId;
import dev.axme.server.outbox.Outlet;
import dev.axme.store.Parcel;
import dev.axme.store.Webhooks.Subscription;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;

/** Who is told of what an append came to. */
public final class WebhookOutlet implements Outlet {
  private final Subscribers subscribers;

  public WebhookOutlet(Subscribers subscribers) {
    this.subscribers = subscribers;
  }

  @Override
  public List<Parcel> of(WorkspaceId home, Root after, Append append, List<Effect> effects) {
    if (subscribers.none()) {
      return List.of();
    }
    List<Parcel> parcels = new ArrayList<>();
    SequencedMap<Occasion, Optional<Mailbox>> occasions =
        Occasions.of(home, after, append, effects);
    occasions.forEach(
        (occasion, inbox) -> {
          Map<WorkspaceId, Set<Address>> concerned =
              inbox.isPresent()
                  ? concerned(home, List.of(inbox.get()))
                  : concerned(home, mailboxes(after.intent(occasion.intent()).orElseThrow()));
          concerned.forEach(
              (workspace, addresses) ->
                  subscribers.of(workspace).stream()
                      .filter(s -> EventTypes.match(s.eventTypes(), occasion.type()))
                      .filter(s -> s.everything() || addresses.contains(s.owner()))
                      .forEach(s -> parcels.add(parcel(s, occasion, append.at()))));
        });
    return parcels;
  }

  /**
   * Whom an intent concerns: who sent it, whom it is for, who holds it. Another workspace knows
   * only what lies in its mailboxes: neither what people were asked nor the workflow around its
   * work.
   */
  private static List<Mailbox> mailboxes(Intent intent) {
    List<Mailbox> all = new ArrayList<>();
    all.add(Mailbox.here(intent.request().from()));
    all.add(intent.request().to());
    all.add(intent.delivery().to());
    if (intent.phase() instanceof Phase.Awaiting step) {
      all.add(step.holder());
    }
    boolean atHome = intent.run().isPresent() || intent.lastTask().isPresent();
    return atHome ? all.stream().filter(m -> m.abroad().isEmpty()).toList() : all;
  }

  private static Map<WorkspaceId, Set<Address>> concerned(
      WorkspaceId home, List<Mailbox> mailboxes) {
    Map<WorkspaceId, Set<Address>> concerned = new LinkedHashMap<>();
    mailboxes.forEach(
        m ->
            concerned
                .computeIfAbsent(m.abroad().orElse(home), _ -> new HashSet<>())
                .add(m.address()));
    return concerned;
  }

  private static Parcel parcel(Subscription subscription, Occasion occasion, Instant at) {
    return parcel(subscription, occasion.id(at), occasion.json(), at);
  }

  static Parcel parcel(Subscription subscription, UUID event, String body, Instant at) {
    String queue = subscription.id().toString();
    return Parcel.fresh(
        subscription.workspace(),
        Parcel.id(at, WebhookChannel.NAME, event.toString(), queue),
        WebhookChannel.NAME,
        queue,
        event,
        body,
        at);
  }
}
