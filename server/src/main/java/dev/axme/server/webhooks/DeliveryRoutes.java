package dev.axme.server.webhooks;

import static dev.axme.server.http.Route.Access.MACHINE;
import static dev.axme.server.http.Route.Where.WORKER;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.server.http.Call;
import dev.axme.server.http.Json;
import dev.axme.server.http.Problem;
import dev.axme.server.http.Reply;
import dev.axme.server.http.Route;
import dev.axme.server.identity.Secrets;
import dev.axme.store.Outbox;
import dev.axme.store.Parcel;
import dev.axme.store.Store;
import dev.axme.store.Tried;
import dev.axme.store.Webhooks.Event;
import dev.axme.store.Webhooks.Subscription;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** What was sent to a subscription and what came of it; a trial delivery. Routes of our own. */
final class DeliveryRoutes {
  private static final String ONE = "/v1/webhooks/subscriptions/{subscription_id}";
  private static final int USUAL = 20;
  private static final int MOST = 100;

  private final Store store;
  private final Publisher publisher;
  private final PublishLimit limit;
  private final Right right;

  DeliveryRoutes(Store store, Publisher publisher, PublishLimit limit) {
    this.store = store;
    this.publisher = publisher;
    this.limit = limit;
    this.right = new Right(store);
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", ONE + "/attempts", MACHINE, WORKER, this::attempts),
        new Route("POST", ONE + "/test", MACHINE, WORKER, this::test));
  }

  private Reply attempts(Call call) {
    Subscription subscription = right.find(call);
    int size = call.limit(USUAL, MOST);
    List<Parcel> found =
        store
            .outbox()
            .list(
                subscription.workspace(),
                new Outbox.Query(
                    Optional.of(WebhookChannel.NAME),
                    state(call),
                    id(call, "event_id"),
                    Optional.of(subscription.id().toString()),
                    id(call, "cursor"),
                    size + 1));
    List<Parcel> page = found.subList(0, Math.min(size, found.size()));
    ObjectNode answer = Json.ok();
    var list = answer.putArray("deliveries");
    page.forEach(p -> list.add(json(p)));
    answer.put("next_cursor", found.size() > size ? page.getLast().id().toString() : null);
    return Reply.json(answer);
  }

  private static Optional<UUID> id(Call call, String name) {
    Optional<String> written = call.query(name);
    if (written.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Right.uuid(written.get())
            .orElseThrow(() -> Problem.invalid(name, "is not one that this server named.")));
  }

  private static Optional<Parcel.State> state(Call call) {
    return call.query("state")
        .map(
            word ->
                switch (word) {
                  case "pending" -> Parcel.State.PENDING;
                  case "delivered" -> Parcel.State.SENT;
                  case "dead_lettered" -> Parcel.State.DEAD;
                  default ->
                      throw Problem.invalid(
                          "state", "must be pending, delivered or dead_lettered.");
                });
  }

  private static String word(Parcel.State state) {
    return switch (state) {
      case PENDING -> "pending";
      case SENT -> "delivered";
      case DEAD -> "dead_lettered";
    };
  }

  /** The row is read after its attempts, or it would not yet say what came of the last one. */
  private ObjectNode json(Parcel listed) {
    List<Tried> tries = store.outbox().attempts(listed.workspace(), listed.id());
    Parcel parcel =
        listed.state() == Parcel.State.PENDING
            ? store.outbox().parcel(listed.workspace(), listed.id()).orElse(listed)
            : listed;
    ObjectNode json = Json.object();
    json.put("delivery_id", parcel.id().toString());
    json.put("event_id", parcel.subject().toString());
    json.put("event_type", Occasion.type(parcel));
    json.put("state", word(parcel.state()));
    json.put("created_at", parcel.createdAt().toString());
    boolean pending = parcel.state() == Parcel.State.PENDING;
    json.put("next_attempt_at", pending ? parcel.due().toString() : null);
    var attempts = json.putArray("attempts");
    for (Tried tried : tries) {
      attempts
          .addObject()
          .put("number", tried.number())
          .put("at", tried.at().toString())
          .put("result", tried.result().toLowerCase(Locale.ROOT))
          .put("status", tried.status())
          .put("duration_ms", tried.millis())
          .put("answer", tried.answer());
    }
    return json;
  }

  /** Whatever the subscription asked for: to see whether its receiver is there. */
  private Reply test(Call call) {
    Subscription subscription = right.find(call);
    if (!subscription.live()) {
      throw new Problem(
          409, "conflict", "Nothing is delivered to this subscription; subscribe again first.");
    }
    limit.take(subscription.workspace());
    Instant now = store.now();
    String payload =
        Json.text(
            Json.object()
                .put("message", "A test of axme webhooks.")
                .put("subscription_id", subscription.id().toString()));
    Event event =
        publisher.publish(
            new Event(
                subscription.workspace(),
                Secrets.uuid(now),
                subscription.owner(),
                EventTypes.TEST,
                Publisher.SOURCE,
                payload,
                "",
                0,
                now),
            List.of(subscription));
    ObjectNode answer = Json.ok();
    answer.put("event_id", event.id().toString());
    answer.put("event_type", event.type());
    answer.put("owner_agent", event.owner().value());
    return Reply.json(EventRoutes.counted(answer, 1));
  }
}
