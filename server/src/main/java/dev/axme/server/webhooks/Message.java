package dev.axme.server.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.core.Append;
import dev.axme.core.Intent;
import dev.axme.core.Root;
import dev.axme.core.Told;
import dev.axme.server.http.Json;
import dev.axme.server.intents.Retelling;
import dev.axme.server.traces.Traces;
import dev.axme.store.Parcel;
import dev.axme.store.Store;
import dev.axme.store.Webhooks.Event;
import dev.axme.store.Webhooks.Subscription;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What a subscriber is sent: the same bytes each time, because it follows from the log or from what
 * was published.
 *
 * @param trace the headers of the trace that it is part of
 */
record Message(String body, SequencedMap<String, String> trace) {
  /** Reads what a parcel is about; empty when it is no longer there. */
  static Optional<Message> of(Store store, Parcel parcel, Subscription subscription) {
    JsonNode what = ThreadNews.read(parcel);
    if (ThreadNews.ours(what)) {
      return ThreadNews.payload(store, what).map(p -> done(parcel, what, p, subscription));
    }
    return Occasion.of(parcel.body())
        .map(o -> Optional.of(logged(store, parcel, o, subscription)))
        .orElseGet(
            () ->
                store
                    .webhooks()
                    .event(parcel.workspace(), parcel.subject())
                    .map(e -> published(e, subscription)));
  }

  private static Message done(
      Parcel parcel, JsonNode what, ObjectNode payload, Subscription subscription) {
    String body =
        body(
            parcel.subject().toString(),
            what.path("type").textValue(),
            Publisher.SOURCE,
            subscription,
            payload,
            parcel.createdAt());
    return new Message(body, new LinkedHashMap<>());
  }

  private static Message published(Event event, Subscription subscription) {
    JsonNode payload = Json.read(event.payload().getBytes(StandardCharsets.UTF_8));
    String body =
        body(
            event.id().toString(), event.type(), event.source(), subscription, payload, event.at());
    return new Message(body, new LinkedHashMap<>());
  }

  private static Message logged(
      Store store, Parcel parcel, Occasion occasion, Subscription subscription) {
    List<Append> appends =
        store.log(occasion.place().home(), occasion.place().root()).subList(0, occasion.append());
    Root root = Root.fold(occasion.place().root(), appends);
    Intent intent = root.intent(occasion.intent()).orElseThrow();
    Retelling retelling = new Retelling(store, occasion.place());
    ObjectNode payload =
        switch (occasion.about()) {
          case Occasion.Seq seq -> retelling.event(told(appends, intent, seq.number()));
          case Occasion.Task task -> retelling.task(intent, intent.task(task.id()).orElseThrow());
          case Occasion.Inbox inbox ->
              Retelling.about(intent)
                  .put("thread_id", intent.id().toString())
                  .put("owner_agent", inbox.owner().value());
        };
    String body =
        body(
            parcel.subject().toString(),
            occasion.type(),
            Publisher.SOURCE,
            subscription,
            payload,
            appends.getLast().at());
    return new Message(body, new LinkedHashMap<>(Traces.headers(intent)));
  }

  private static Told told(List<Append> appends, Intent intent, int seq) {
    return Told.history(appends, intent.id()).stream()
        .filter(t -> t.event().seq() == seq)
        .findFirst()
        .orElseThrow();
  }

  private static String body(
      String id,
      String type,
      String source,
      Subscription subscription,
      JsonNode payload,
      Instant at) {
    ObjectNode body = Json.object();
    body.put("event_id", id);
    body.put("event_type", type);
    body.put("source", source);
    body.put("owner_agent", subscription.owner().value());
    body.set("payload", payload);
    body.put("occurred_at", at.toString());
    return Json.text(body);
  }
}
