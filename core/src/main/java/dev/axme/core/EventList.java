package dev.axme.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The events of one ruling as they are found, numbered on from the intent's newest. */
final class EventList {
  private final Intent intent;
  private final List<IntentEvent> events = new ArrayList<>();
  private int seq;

  EventList(Intent intent) {
    this.intent = intent;
    this.seq = intent.seq();
  }

  private int next() {
    return ++seq;
  }

  EventList nextGeneration() {
    events.add(new IntentEvent.GenerationChanged(intent.id(), intent.generation() + 1));
    return this;
  }

  EventList fact(IntentEvent.Fact fact) {
    events.add(fact);
    return this;
  }

  EventList decide(TaskId task, Decision decision) {
    events.add(new IntentEvent.TaskDecided(intent.id(), next(), task, decision));
    return this;
  }

  EventList progress(Optional<String> reason, Optional<Payload> report) {
    events.add(new IntentEvent.Progressed(intent.id(), next(), reason, report));
    return this;
  }

  EventList transfer(Mailbox from, Mailbox to) {
    events.add(new IntentEvent.Transferred(intent.id(), next(), from, to));
    events.add(new IntentEvent.Parked(intent.id(), next(), to.address()));
    return this;
  }

  EventList undelivered(int attempts) {
    events.add(new IntentEvent.DeliveryFailed(intent.id(), next(), attempts));
    return this;
  }

  EventList remind(int number) {
    events.add(new IntentEvent.Reminded(intent.id(), next(), number));
    return this;
  }

  EventList escalate(Assignee to) {
    events.add(new IntentEvent.Escalated(intent.id(), next(), to));
    return this;
  }

  EventList complete(Optional<Result> result) {
    events.add(new IntentEvent.Completed(intent.id(), next(), result));
    return this;
  }

  EventList fail(Optional<String> reason, Optional<Payload> error, Optional<Result> result) {
    events.add(new IntentEvent.Failed(intent.id(), next(), reason, error, result));
    return this;
  }

  EventList cancel(Optional<String> reason) {
    events.add(new IntentEvent.Canceled(intent.id(), next(), reason));
    return this;
  }

  EventList timeOut(Instant deadline) {
    events.add(new IntentEvent.TimedOut(intent.id(), next(), deadline));
    return this;
  }

  EventList endStep(StepId step, StepStatus status, Optional<String> reason) {
    events.add(
        new IntentEvent.StepEnded(
            intent.id(),
            next(),
            step,
            status,
            Optional.empty(),
            reason,
            Optional.empty(),
            Optional.empty()));
    return this;
  }

  List<IntentEvent> events() {
    return events;
  }

  Ruling accepted() {
    return new Ruling.Accepted(events);
  }
}
