package dev.axme.store;

import dev.axme.core.Assignee;
import dev.axme.core.Author;
import dev.axme.core.Decision;
import dev.axme.core.Digest;
import dev.axme.core.IntentEvent;
import dev.axme.core.IntentRequest;
import dev.axme.core.Notice;
import dev.axme.core.Payload;
import dev.axme.core.ReminderPlan;
import dev.axme.core.Result;
import dev.axme.core.TaskDraft;
import dev.axme.core.TaskId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Writes the events of every request field by field: on the committer's thread, reflection costs
 * more than the rules. The bytes are the ones that {@link LogCodec}'s mapper writes.
 */
final class EventWriter {
  private final JsonText out;

  EventWriter(JsonText out) {
    this.out = out;
  }

  /** Whether the event is one of those; nothing is written if not. */
  boolean event(IntentEvent event) {
    switch (event) {
      case IntentEvent.Created e when e.scenario().isEmpty() && e.assignment().isEmpty() ->
          created(e);
      case IntentEvent.Submitted e -> begin("submitted.v1", e);
      case IntentEvent.Delivered e -> begin("delivered.v1", e);
      case IntentEvent.TaskOpened e -> {
        begin("task_opened.v1", e);
        out.field("task", e.task().toString());
        draft(e.draft());
      }
      case IntentEvent.TaskDecided e -> {
        begin("task_decided.v1", e);
        out.field("task", e.task().toString());
        decision(e.decision());
      }
      case IntentEvent.Progressed e -> {
        begin("progressed.v1", e);
        out.field("reason", e.reason());
        payload("report", e.report());
      }
      case IntentEvent.Completed e -> {
        begin("completed.v1", e);
        result(e.result());
      }
      case IntentEvent.PickedUp e -> {
        out.open('{');
        out.field("type", "picked_up.v1");
        out.field("intent", e.intent().toString());
      }
      case IntentEvent.Notified e -> {
        out.open('{');
        out.field("type", "notified.v1");
        out.field("intent", e.intent().toString());
        notice(e.notice());
        fate(e.fate());
      }
      case IntentEvent.GenerationChanged e -> {
        out.open('{');
        out.field("type", "generation_changed.v1");
        out.field("intent", e.intent().toString());
        out.field("generation", e.generation());
      }
      // Whatever is rare, or comes with a later version, is the mapper's.
      default -> {
        return false;
      }
    }
    out.close('}');
    return true;
  }

  private void begin(String type, IntentEvent.Wire event) {
    out.open('{');
    out.field("type", type);
    out.field("intent", event.intent().toString());
    out.field("seq", event.seq());
  }

  private void notice(Notice notice) {
    out.open("notice", '{');
    out.field("kind", notice.kind().name());
    out.field("task", notice.task().map(TaskId::toString));
    out.field("number", notice.number());
    out.field("to", notice.to());
    out.close('}');
  }

  private void fate(Notice.Fate fate) {
    out.open("fate", '{');
    switch (fate) {
      case Notice.Fate.Sent sent -> {
        out.field("type", "sent");
        out.field("answer", sent.answer());
      }
      case Notice.Fate.Failed failed -> {
        out.field("type", "failed");
        out.field("why", failed.why());
        out.field("last", failed.last());
      }
      case Notice.Fate.Skipped skipped -> {
        out.field("type", "skipped");
        out.field("why", skipped.why());
      }
      case Notice.Fate.Seen _ -> out.field("type", "seen");
    }
    out.close('}');
  }

  private void created(IntentEvent.Created event) {
    begin("created.v1", event);
    IntentRequest request = event.request();
    out.open("request", '{');
    out.field("type", request.type());
    out.field("from", request.from().value());
    out.field("claimedFrom", request.claimedFrom());
    out.field("to", request.to().toString());
    out.field("toAsWritten", request.toAsWritten());
    out.field("toRegistered", request.toRegistered());
    out.field("correlation", request.correlation().toString());
    payload("payload", request.payload());
    payload("metadata", request.metadata());
    if (request.replyTo().isPresent()) {
      out.field("replyTo", request.replyTo().get().toString());
    }
    out.field("maxDeliveryAttempts", request.maxDeliveryAttempts());
    reminders(request.reminders());
    out.field("trace", request.trace());
    out.close('}');
    if (event.deadline().isPresent()) {
      instant("deadline", event.deadline().get());
    }
  }

  private void reminders(Optional<ReminderPlan> reminders) {
    if (reminders.isPresent()) {
      ReminderPlan plan = reminders.get();
      out.open("reminders", '{');
      out.field("after", plan.after().toString());
      out.field("every", plan.every().toString());
      out.field("max", plan.max());
      if (plan.escalateTo().isPresent()) {
        out.name("escalateTo");
        assignee(plan.escalateTo().get());
      }
      out.close('}');
    }
  }

  private void draft(TaskDraft draft) {
    out.open("draft", '{');
    out.field("title", draft.title());
    out.field("type", draft.type());
    out.open("outcomes", '[');
    for (String outcome : draft.outcomes()) {
      out.element(outcome);
    }
    out.close(']');
    out.field("outcomesGiven", draft.outcomesGiven());
    out.field("commentRequired", draft.commentRequired());
    out.field("evidenceRequired", draft.evidenceRequired());
    out.name("assignees");
    assignees(draft.assignees());
    payload("form", draft.form());
    payload("document", draft.document());
    out.field("shown", draft.shown().hex());
    out.close('}');
  }

  void assignees(List<Assignee> assignees) {
    out.open('[');
    for (Assignee assignee : assignees) {
      assignee(assignee);
    }
    out.close(']');
  }

  private void assignee(Assignee assignee) {
    out.open('{');
    switch (assignee) {
      case Assignee.Email e -> {
        out.field("type", "email");
        out.field("email", e.email());
      }
      case Assignee.Role r -> {
        out.field("type", "role");
        out.field("role", r.role());
      }
    }
    out.close('}');
  }

  private void result(Optional<Result> result) {
    if (result.isEmpty()) {
      return;
    }
    out.open("result", '{');
    switch (result.get()) {
      case Result.Given given -> {
        out.field("type", "given");
        payload("payload", given.payload());
      }
      case Result.Decided decided -> {
        out.field("type", "decided");
        decision(decided.decision());
      }
      case Result.Composed composed -> {
        out.field("type", "composed");
        out.field("composer", composed.composer());
      }
    }
    out.close('}');
  }

  private void decision(Decision decision) {
    out.open("decision", '{');
    out.field("outcome", decision.outcome());
    out.field("comment", decision.comment());
    payload("fields", decision.fields());
    out.name("by");
    author(decision.by());
    instant("at", decision.at());
    out.field("shown", decision.shown().map(Digest::hex));
    out.field("selfApproved", decision.selfApproved());
    out.close('}');
  }

  void author(Author author) {
    out.open('{');
    out.field("kind", author.kind().name());
    out.field("ref", author.ref());
    out.field("name", author.name());
    out.close('}');
  }

  private void payload(String name, Optional<Payload> payload) {
    if (payload.isPresent()) {
      payload(name, payload.get());
    }
  }

  private void payload(String name, Payload payload) {
    out.open(name, '{');
    out.field("digest", payload.digest().hex());
    out.field("size", payload.size());
    out.close('}');
  }

  private void instant(String name, Instant instant) {
    out.field(name, Micros.of(instant));
  }
}
