package dev.axme.server.webhooks;

import static dev.axme.server.http.Route.Access.MACHINE;
import static dev.axme.server.http.Route.Where.WORKER;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.core.Address;
import dev.axme.server.http.Call;
import dev.axme.server.http.Json;
import dev.axme.server.http.Problem;
import dev.axme.server.http.Reply;
import dev.axme.server.http.Route;
import dev.axme.server.identity.Caller;
import dev.axme.server.identity.Secrets;
import dev.axme.server.intents.Fields;
import dev.axme.server.intents.RequestKeys;
import dev.axme.store.Blob;
import dev.axme.store.RequestKey;
import dev.axme.store.Store;
import dev.axme.store.Webhooks.Event;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Events that clients publish, and telling of an event again (section 8.2). */
final class EventRoutes {
  private static final String EVENTS = "/v1/webhooks/events";
  private static final int LONGEST = 100;
  private static final int SHORTEST_SOURCE = 2;

  private final Store store;
  private final Publisher publisher;
  private final PublishLimit limit;
  private final int maxPayload;
  private final Right right;

  EventRoutes(Store store, Publisher publisher, PublishLimit limit, int maxPayload) {
    this.store = store;
    this.publisher = publisher;
    this.limit = limit;
    this.maxPayload = maxPayload;
    this.right = new Right(store);
  }

  List<Route> routes() {
    return List.of(
        new Route("POST", EVENTS, MACHINE, WORKER, this::publish),
        new Route("POST", EVENTS + "/{event_id}/replay", MACHINE, WORKER, this::replay));
  }

  private Reply publish(Call call) {
    ObjectNode body = call.json();
    Address owner = right.owner(call);
    Event draft = draft(call, owner, body);
    Optional<Event> before = store.webhooks().event(draft.workspace(), draft.id());
    if (before.isEmpty()) {
      limit.take(draft.workspace());
    }
    Event kept = before.orElseGet(() -> publisher.publish(draft));
    if (!kept.request().equals(draft.request())) {
      throw new Problem(
          409, "idempotency_conflict", "idempotency key reused with different payload");
    }
    ObjectNode answer = Json.ok();
    answer.put("accepted_at", kept.at().toString());
    answer.put("event_type", kept.type());
    answer.put("source", kept.source());
    answer.put("owner_agent", kept.owner().value());
    answer.put("event_id", kept.id().toString());
    return Reply.json(counted(answer, kept.queued()));
  }

  private Event draft(Call call, Address owner, ObjectNode body) {
    Fields fields = new Fields(body);
    String type = EventTypes.published(needed(fields, "event_type"));
    String source = source(needed(fields, "source"));
    String payload = payload(fields);
    Caller caller = call.caller();
    Instant now = store.now();
    Optional<RequestKey> key = RequestKeys.of(call, body);
    UUID id =
        key.map(
                k ->
                    Secrets.derivedUuid(
                        "webhook-event",
                        caller.workspaceId().toString(),
                        k.identity(),
                        k.route(),
                        k.key()))
            .orElseGet(() -> Secrets.uuid(now));
    // The owner is part of what a repeat must repeat: it may stand in the query.
    String request =
        owner + " " + key.map(k -> k.hash().hex()).orElseGet(() -> Blob.sha256(payload).hex());
    return new Event(caller.workspaceId(), id, owner, type, source, payload, request, 0, now);
  }

  private static String needed(Fields fields, String name) {
    return fields
        .text(LONGEST, name)
        .orElseThrow(() -> Problem.invalid(name, "is needed, as a string."));
  }

  private static String source(String source) {
    if (source.length() < SHORTEST_SOURCE) {
      throw Problem.invalid("source", "must have 2 to 100 characters.");
    }
    if (source.strip().equalsIgnoreCase(Publisher.SOURCE)) {
      throw Problem.invalid("source", "cannot be axme: events of the server itself have that.");
    }
    return source;
  }

  private String payload(Fields fields) {
    ObjectNode payload =
        fields
            .object("payload")
            .orElseThrow(() -> Problem.invalid("payload", "is needed, as an object."));
    int size = Json.bytes(payload).length;
    if (size > maxPayload) {
      throw new Problem(
          413,
          "payload_too_large",
          "payload may have " + maxPayload + " bytes, but it has " + size + ".");
    }
    return Json.text(payload);
  }

  private Reply replay(Call call) {
    String written = call.pathValue("event_id");
    Address owner = right.owner(call);
    limit.take(call.caller().workspaceId());
    Publisher.Replayed replayed =
        Right.uuid(written)
            .flatMap(id -> publisher.replay(call.caller(), owner, id))
            .orElseThrow(() -> Problem.notFound("event " + written));
    ObjectNode answer = Json.ok();
    answer.put("event_id", replayed.id().toString());
    answer.put("owner_agent", replayed.owner().value());
    answer.put("event_type", replayed.type());
    counted(answer, replayed.queued());
    return Reply.json(answer.put("replayed_at", store.now().toString()));
  }

  /** Nobody waits for receivers: whatever was queued has been neither delivered nor given up. */
  static ObjectNode counted(ObjectNode answer, int queued) {
    return answer
        .put("queued_deliveries", queued)
        .put("processed_deliveries", 0)
        .put("delivered", 0)
        .put("pending", queued)
        .put("dead_lettered", 0);
  }
}
