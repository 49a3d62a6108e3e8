package dev.axme.server.intents;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.core.Address;
import dev.axme.core.Intent;
import dev.axme.core.IntentRequest;
import dev.axme.core.Status;
import dev.axme.server.http.Json;
import dev.axme.server.traces.Traces;
import dev.axme.store.Place;
import dev.axme.store.Store;
import java.util.List;

/** An intent as it is handed to the agent that is to work on it: by a stream or by a push. */
public final class Handover {
  private final Store store;
  private final Place place;
  private final Intent intent;

  /** Of an intent that is kept at {@code place}. */
  public Handover(Store store, Place place, Intent intent) {
    this.store = store;
    this.place = place;
    this.intent = intent;
  }

  /** All but its payload. */
  public ObjectNode to(Address agent, int attempt) {
    IntentRequest request = intent.request();
    ObjectNode event = Json.object();
    event.put("intent_id", intent.id().toString());
    // Agents act on this word alone, also when they crashed in the middle and come back.
    event.put("status", Status.DELIVERED.name());
    event.put("at", intent.delivery().at().toString());
    event.put("intent_type", request.type());
    event.put("from_agent", request.from().value());
    event.put("to_agent", agent.value());
    event.put("correlation_id", request.correlation().toString());
    Traces.parent(intent).ifPresent(p -> event.put("traceparent", p.toString()));
    event.put("delivery_attempt", attempt);
    intent.deadline().ifPresent(d -> event.put("deadline_at", d.toString()));
    intent
        .assignment()
        .ifPresent(
            a ->
                event
                    .put("parent_intent_id", a.parent().toString())
                    .put("step_id", a.step().value()));
    return event;
  }

  /** Adds the payload, or says that it was left out because it may have {@code most} bytes. */
  public ObjectNode withPayload(ObjectNode event, long most) {
    if (Steps.payloadSize(intent) < most) {
      event.set("payload", new Wire(new Bodies(store, place, List.of())).payload(intent));
    } else {
      event.put("truncated", true);
    }
    return event;
  }
}
