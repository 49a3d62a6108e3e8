package dev.axme.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The events of one ruling as they are found, numbered on from the intent's newest. */
final class Steps {
  private final Intent intent;
  private final List<IntentEvent> events = new ArrayList<>();
  private int seq;

  Steps(Intent intent) {
    this.intent = intent;
    this.seq = intent.seq();
  }

  private int next() {
    return ++seq;
  }

  Steps nextGeneration() {
    events.add(new IntentEvent.GenerationChanged(intent.id(), intent.generation() + 1));
    return this;
  }

  Steps fact(IntentEvent.Fact fact) {
    events.add(fact);
    return this;
  }

  Steps decide(TaskId task, Decision decision) {
    events.add(new IntentEvent.TaskDecided(intent.id(), next(), task, decision));
    return this;
  }

  Steps progress(Optional<String> reason, Optional<Payload> report) {
    events.add(new IntentEvent.Progressed(intent.id(), next(), reason, report));
    return this;
  }

  Steps transfer(Mailbox from, Mailbox to) {
    events.add(new IntentEvent.Transferred(intent.id(), next(), from, to));
    events.add(new IntentEvent.Parked(intent.id(), next(), to.address()));
    return this;
  }

  Steps undelivered(int attempts) {
    events.add(new IntentEvent.DeliveryFailed(intent.id(), next(), attempts));
    return this;
  }

  Steps remind(int number) {
    events.add(new IntentEvent.Reminded(intent.id(), next(), number));
    return this;
  }

  Steps escalate(Assignee to) {
    events.add(new IntentEvent.Escalated(intent.id(), next(), to));
    return this;
  }

  Steps complete(Optional<Result> result) {
    events.add(new IntentEvent.Completed(intent.id(), next(), result));
    return this;
  }

  Steps fail(Optional<String> reason, Optional<Payload> error, Optional<Result> result) {
    events.add(new IntentEvent.Failed(intent.id(), next(), reason, error, result));
    return this;
  }

  Steps cancel(Optional<String> reason) {
    events.add(new IntentEvent.Canceled(intent.id(), next(), reason));
    return this;
  }

  Steps timeOut(Instant deadline) {
    events.add(new IntentEvent.TimedOut(intent.id(), next(), deadline));
    return this;
  }

  Ruling accepted() {
    return new Ruling.Accepted(events);
  }
}
