package dev.axme.store;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.axme.core.Assignee;
import dev.axme.core.Author;
import dev.axme.core.Decision;
import dev.axme.core.Digest;
import dev.axme.core.IntentEvent;
import dev.axme.core.IntentRequest;
import dev.axme.core.Payload;
import dev.axme.core.ReminderPlan;
import dev.axme.core.Result;
import dev.axme.core.TaskDraft;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Writes the events of every request field by field: on the committer's thread, reflection costs
 * more than the rules. The bytes are the ones that {@link LogCodec}'s mapper writes.
 */
final class EventWriter {
  private final JsonGenerator out;

  EventWriter(JsonGenerator out) {
    this.out = out;
  }

  /** Whether the event is one of those; nothing is written if not. */
  boolean write(IntentEvent event) throws IOException {
    switch (event) {
      case IntentEvent.Created e -> created(e);
      case IntentEvent.Submitted e -> begin("submitted.v1", e);
      case IntentEvent.Delivered e -> begin("delivered.v1", e);
      case IntentEvent.TaskOpened e -> {
        begin("task_opened.v1", e);
        out.writeStringField("task", e.task().toString());
        draft(e.draft());
      }
      case IntentEvent.TaskDecided e -> {
        begin("task_decided.v1", e);
        out.writeStringField("task", e.task().toString());
        decision(e.decision());
      }
      case IntentEvent.Progressed e -> {
        begin("progressed.v1", e);
        text("reason", e.reason());
        payload("report", e.report());
      }
      case IntentEvent.Completed e -> {
        begin("completed.v1", e);
        result(e.result());
      }
      case IntentEvent.GenerationChanged e -> {
        out.writeStartObject();
        out.writeStringField("type", "generation_changed.v1");
        out.writeStringField("intent", e.intent().toString());
        out.writeNumberField("generation", e.generation());
      }
      // Whatever is rare, or comes with a later version, is the mapper's.
      default -> {
        return false;
      }
    }
    out.writeEndObject();
    return true;
  }

  private void begin(String type, IntentEvent.Wire event) throws IOException {
    out.writeStartObject();
    out.writeStringField("type", type);
    out.writeStringField("intent", event.intent().toString());
    out.writeNumberField("seq", event.seq());
  }

  private void created(IntentEvent.Created event) throws IOException {
    begin("created.v1", event);
    IntentRequest request = event.request();
    out.writeObjectFieldStart("request");
    out.writeStringField("type", request.type());
    out.writeStringField("from", request.from().value());
    text("claimedFrom", request.claimedFrom());
    out.writeStringField("to", request.to().value());
    out.writeStringField("toAsWritten", request.toAsWritten());
    out.writeBooleanField("toRegistered", request.toRegistered());
    out.writeStringField("correlation", request.correlation().toString());
    payload("payload", request.payload());
    payload("metadata", request.metadata());
    if (request.replyTo().isPresent()) {
      out.writeStringField("replyTo", request.replyTo().get().value());
    }
    out.writeNumberField("maxDeliveryAttempts", request.maxDeliveryAttempts());
    reminders(request.reminders());
    out.writeEndObject();
    if (event.deadline().isPresent()) {
      instant("deadline", event.deadline().get());
    }
  }

  private void reminders(Optional<ReminderPlan> reminders) throws IOException {
    if (reminders.isPresent()) {
      ReminderPlan plan = reminders.get();
      out.writeObjectFieldStart("reminders");
      out.writeStringField("after", plan.after().toString());
      out.writeStringField("every", plan.every().toString());
      out.writeNumberField("max", plan.max());
      if (plan.escalateTo().isPresent()) {
        out.writeFieldName("escalateTo");
        assignee(plan.escalateTo().get());
      }
      out.writeEndObject();
    }
  }

  private void draft(TaskDraft draft) throws IOException {
    out.writeObjectFieldStart("draft");
    out.writeStringField("title", draft.title());
    out.writeStringField("type", draft.type());
    out.writeArrayFieldStart("outcomes");
    for (String outcome : draft.outcomes()) {
      out.writeString(outcome);
    }
    out.writeEndArray();
    out.writeBooleanField("outcomesGiven", draft.outcomesGiven());
    out.writeBooleanField("commentRequired", draft.commentRequired());
    out.writeBooleanField("evidenceRequired", draft.evidenceRequired());
    out.writeFieldName("assignees");
    assignees(draft.assignees());
    payload("form", draft.form());
    payload("document", draft.document());
    out.writeStringField("shown", draft.shown().hex());
    out.writeEndObject();
  }

  void assignees(List<Assignee> assignees) throws IOException {
    out.writeStartArray();
    for (Assignee assignee : assignees) {
      assignee(assignee);
    }
    out.writeEndArray();
  }

  private void assignee(Assignee assignee) throws IOException {
    out.writeStartObject();
    switch (assignee) {
      case Assignee.Email e -> {
        out.writeStringField("type", "email");
        out.writeStringField("email", e.email());
      }
      case Assignee.Role r -> {
        out.writeStringField("type", "role");
        out.writeStringField("role", r.role());
      }
    }
    out.writeEndObject();
  }

  private void result(Optional<Result> result) throws IOException {
    if (result.isEmpty()) {
      return;
    }
    out.writeObjectFieldStart("result");
    switch (result.get()) {
      case Result.Given given -> {
        out.writeStringField("type", "given");
        payload("payload", given.payload());
      }
      case Result.Decided decided -> {
        out.writeStringField("type", "decided");
        decision(decided.decision());
      }
    }
    out.writeEndObject();
  }

  private void decision(Decision decision) throws IOException {
    out.writeObjectFieldStart("decision");
    out.writeStringField("outcome", decision.outcome());
    text("comment", decision.comment());
    payload("fields", decision.fields());
    out.writeFieldName("by");
    author(decision.by());
    instant("at", decision.at());
    text("shown", decision.shown().map(Digest::hex));
    out.writeBooleanField("selfApproved", decision.selfApproved());
    out.writeEndObject();
  }

  void author(Author author) throws IOException {
    out.writeStartObject();
    out.writeStringField("kind", author.kind().name());
    out.writeStringField("ref", author.ref());
    out.writeStringField("name", author.name());
    out.writeEndObject();
  }

  private void payload(String name, Optional<Payload> payload) throws IOException {
    if (payload.isPresent()) {
      payload(name, payload.get());
    }
  }

  private void payload(String name, Payload payload) throws IOException {
    out.writeObjectFieldStart(name);
    out.writeStringField("digest", payload.digest().hex());
    out.writeNumberField("size", payload.size());
    out.writeEndObject();
  }

  private void text(String name, Optional<String> text) throws IOException {
    if (text.isPresent()) {
      out.writeStringField(name, text.get());
    }
  }

  private void instant(String name, Instant instant) throws IOException {
    out.writeNumberField(name, Micros.of(instant));
  }
}
