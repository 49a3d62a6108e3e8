package dev.axme.server.intents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.core.Author;
import dev.axme.core.Decision;
import dev.axme.core.HumanTask;
import dev.axme.core.IntentEvent;
import dev.axme.core.Phase;
import dev.axme.core.ReminderPlan;
import dev.axme.core.Result;
import dev.axme.core.Status;
import dev.axme.core.Told;
import dev.axme.server.http.Json;
import dev.axme.server.traces.Traces;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Events on the wire (section 2.6): the same on every channel, on every node and after every
 * restart, because they follow from the log alone.
 */
final class WireEvents {
  private static final String GATEWAY = "gateway";

  private final Bodies bodies;
  private final Wire wire;

  WireEvents(Bodies bodies) {
    this.bodies = bodies;
    this.wire = new Wire(bodies);
  }

  ObjectNode event(Told told) {
    Status status = status(told);
    Optional<String> reason =
        status == Status.WAITING ? Wire.waitingReason(told.after().phase()) : Optional.empty();
    ObjectNode details = details(told);
    ObjectNode view = Json.object();
    view.put("intent_id", told.event().intent().toString());
    view.put("seq", told.event().seq());
    view.put("event_type", "intent." + type(told.event()));
    view.put("status", status.name());
    view.put("at", told.at().toString());
    view.put("actor", actor(told));
    view.put("handler", told.after().holder().value());
    view.put("waiting_reason", reason.orElse(null));
    view.put("lifecycle_waiting_reason", reason.orElse(null));
    view.set("pending_with", pendingWith(told, status));
    Traces.parent(told.after()).ifPresent(p -> view.put("traceparent", p.toString()));
    view.set("details", details);
    if (told.event() instanceof IntentEvent.TaskOpened) {
      view.set("human_task", wire.task(told.after().openTask().orElseThrow()));
    }
    result(told).ifPresent(r -> view.set("result", r));
    view.set("data", data(told, details, reason));
    return view;
  }

  static String type(IntentEvent.Wire event) {
    return switch (event) {
      case IntentEvent.Created _ -> "created";
      case IntentEvent.Submitted _ -> "submitted";
      case IntentEvent.Delivered _ -> "delivered";
      case IntentEvent.TaskOpened _ -> "human_task_assigned";
      case IntentEvent.Reminded _ -> "reminder";
      case IntentEvent.Escalated _ -> "escalated";
      case IntentEvent.TaskDecided _, IntentEvent.Progressed _, IntentEvent.StepEnded _ ->
          "in_progress";
      case IntentEvent.Transferred _ -> "transfer";
      case IntentEvent.Parked _, IntentEvent.StepAssigned _, IntentEvent.StepDelayed _ -> "waiting";
      case IntentEvent.DeliveryFailed _ -> "delivery_failed";
      case IntentEvent.Completed _ -> "completed";
      case IntentEvent.Failed _ -> "failed";
      case IntentEvent.Canceled _ -> "canceled";
      case IntentEvent.TimedOut _ -> "timed_out";
    };
  }

  /** The status after the event; a transfer changes the handler and leaves the status alone. */
  private static Status status(Told told) {
    return switch (told.event()) {
      case IntentEvent.Created _ -> Status.CREATED;
      case IntentEvent.Submitted _ -> Status.SUBMITTED;
      case IntentEvent.Transferred _ -> told.before().orElse(Status.DELIVERED);
      default -> told.after().phase().status();
    };
  }

  private static String actor(Told told) {
    return switch (told.event()) {
      case IntentEvent.Delivered _ when told.after().run().isPresent() -> Author.CORE.ref();
      case IntentEvent.Submitted _, IntentEvent.Delivered _ -> GATEWAY;
      case IntentEvent.TaskOpened _, IntentEvent.StepAssigned _, IntentEvent.StepDelayed _ ->
          Author.CORE.ref();
      default -> told.by().ref();
    };
  }

  private static @Nullable ObjectNode pendingWith(Told told, Status status) {
    return switch (status) {
      case CREATED, SUBMITTED -> Wire.internal();
      default ->
          told.event() instanceof IntentEvent.StepEnded e && !e.status().success()
              ? Steps.left(told.after(), e).orElse(null)
              : Wire.pendingWith(told.after()).orElse(null);
    };
  }

  private ObjectNode details(Told told) {
    ObjectNode details = Json.object();
    Steps.current(told).ifPresent(step -> details.put("step_id", step.value()));
    switch (told.event()) {
      case IntentEvent.Created e -> details.put("intent_type", e.request().type());
      case IntentEvent.Submitted _ -> details.put("source", "api");
      case IntentEvent.Delivered _ -> details.put("to_agent", told.after().request().toAsWritten());
      case IntentEvent.TaskOpened e ->
          details
              .put("task_id", e.task().toString())
              .put("title", e.draft().title())
              .put("request_digest", e.draft().shown().hex());
      case IntentEvent.Reminded e ->
          details
              .put("reminder", e.number())
              .put("remind_count", e.number())
              .put(
                  "max_reminders",
                  told.after()
                      .lastTask()
                      .flatMap(HumanTask::plan)
                      .map(ReminderPlan::max)
                      .orElse(0));
      case IntentEvent.Escalated e -> details.put("escalated_to", e.to().ref());
      case IntentEvent.TaskDecided e -> {
        if (told.after().run().isPresent()) {
          details.put("step_status", Steps.word(told.after().run().get().record().status()));
        }
        decided(e, details);
      }
      case IntentEvent.Progressed e -> {
        e.reason().ifPresent(r -> details.put("reason", r));
        e.report().ifPresent(r -> details.set("result", bodies.json(r)));
      }
      case IntentEvent.Transferred e ->
          details.put("from", e.from().address().value()).put("to", e.to().address().value());
      case IntentEvent.StepAssigned e -> {
        details.put("step_intent_id", e.work().toString());
        details.put("attempt", told.after().run().orElseThrow().record().attempt());
        details.put("next_handler", e.to().address().value());
        e.due().ifPresent(d -> details.put("deadline_at", d.toString()));
      }
      case IntentEvent.StepDelayed e -> {
        details.put("until", e.until().toString());
        e.reason().ifPresent(r -> details.put("reason", r));
      }
      case IntentEvent.StepEnded e -> {
        details.put("step_status", Steps.word(e.status()));
        e.result().ifPresent(r -> details.set("result", wire.result(r)));
        e.reason().ifPresent(r -> details.put("reason", r));
        e.error().ifPresent(x -> details.set("error", bodies.json(x)));
        e.note().ifPresent(n -> details.put("notification", n));
      }
      case IntentEvent.Parked e -> details.put("holder", e.holder().value());
      case IntentEvent.DeliveryFailed e -> {
        // A string: the published CLI reads no numbers here.
        details.put("delivery_attempt", Integer.toString(e.attempts()));
        details.set("error", Wire.notDelivered(told.after()));
      }
      case IntentEvent.Completed e -> details.set("result", wire.result(told.after(), e.result()));
      case IntentEvent.Failed e -> {
        e.reason().ifPresent(r -> details.put("reason", r));
        wire.error(told.after(), (Phase.Failed) told.after().phase())
            .ifPresent(x -> details.set("error", x));
        e.result().ifPresent(r -> details.set("result", wire.result(told.after(), Optional.of(r))));
      }
      case IntentEvent.Canceled e -> e.reason().ifPresent(r -> details.put("reason", r));
      case IntentEvent.TimedOut e -> details.put("deadline_at", e.deadline().toString());
    }
    return details;
  }

  private void decided(IntentEvent.TaskDecided event, ObjectNode details) {
    Decision decision = event.decision();
    details.put("task_id", event.task().toString());
    details.put("outcome", decision.outcome());
    decision.comment().ifPresent(c -> details.put("comment", c));
    details.set("task_result", wire.decision(decision));
  }

  private Optional<JsonNode> result(Told told) {
    Optional<Result> result =
        switch (told.event()) {
          case IntentEvent.Completed e -> e.result();
          case IntentEvent.Failed e -> e.result();
          default -> Optional.empty();
        };
    return result.map(r -> wire.result(told.after(), Optional.of(r)));
  }

  private JsonNode data(Told told, ObjectNode details, Optional<String> reason) {
    if (told.after().phase().status().terminal()) {
      return result(told).orElseGet(Json::object);
    }
    ObjectNode data = details.deepCopy();
    if (reason.equals(Optional.of("WAITING_FOR_HUMAN"))) {
      data.put("status", "pending_human_approval");
    }
    return data;
  }
}
