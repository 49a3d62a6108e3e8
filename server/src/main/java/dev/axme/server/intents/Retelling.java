package dev.axme.server.intents;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.core.HumanTask;
import dev.axme.core.Intent;
import dev.axme.core.IntentEvent;
import dev.axme.core.Status;
import dev.axme.core.Told;
import dev.axme.server.http.Json;
import dev.axme.store.Place;
import dev.axme.store.Store;
import java.util.List;

/** Events and questions of one root, for those who are told of them without having asked. */
public final class Retelling {
  private final WireEvents events;
  private final Wire wire;

  public Retelling(Store store, Place place) {
    Bodies bodies = new Bodies(store, place, List.of());
    this.events = new WireEvents(bodies);
    this.wire = new Wire(bodies);
  }

  /** What the event is called on the wire. */
  public static String type(IntentEvent.Wire event) {
    return "intent." + WireEvents.type(event);
  }

  /** The event as streams have it, and what it is about. */
  public ObjectNode event(Told told) {
    ObjectNode view = events.event(told);
    ObjectNode about = about(told.after());
    about.remove("status");
    about.properties().forEach(p -> view.putIfAbsent(p.getKey(), p.getValue()));
    return view;
  }

  /** Which intent it is. */
  public static ObjectNode about(Intent intent) {
    ObjectNode view = Json.object();
    view.put("intent_id", intent.id().toString());
    view.put("intent_type", intent.request().type());
    view.put("from_agent", intent.request().from().value());
    view.put("to_agent", intent.request().toAsWritten());
    view.put("correlation_id", intent.request().correlation().toString());
    view.put("status", intent.phase().status().name());
    return view;
  }

  /** A question as it stands, and which intent it is of. */
  public ObjectNode task(Intent intent, HumanTask task) {
    ObjectNode view = about(intent);
    view.put("task_id", task.id().toString());
    view.put("title", task.draft().title());
    view.put("task_status", task.closed().map(Retelling::word).orElse("open"));
    view.put("opened_at", task.openedAt().toString());
    view.put("due_at", intent.due(task).map(Object::toString).orElse(null));
    view.put("reminders", task.reminders());
    view.put("escalated_to", task.escalatedTo().map(a -> a.ref()).orElse(null));
    view.put("closed_at", task.closed().map(c -> c.at().toString()).orElse(null));
    view.set("human_task", wire.task(task));
    task.decision().ifPresent(d -> view.set("decision", wire.decision(d)));
    return view;
  }

  private static String word(HumanTask.Closed closed) {
    if (closed.decision().isPresent()) {
      return "decided";
    }
    return closed.status() == Status.TIMED_OUT ? "expired" : "canceled";
  }
}
