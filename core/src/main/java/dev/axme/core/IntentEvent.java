package dev.axme.core;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A past fact about one intent. A {@link Wire} event is shown to clients; a {@link Fact} is not.
 */
public sealed interface IntentEvent {
  /** The intent that this happened to. */
  IntentId intent();

  /** Has the intent's own {@code seq}: from 1, without gaps. */
  sealed interface Wire extends IntentEvent {
    int seq();
  }

  /** Has no wire form and no {@code seq}. */
  sealed interface Fact extends IntentEvent {}

  /**
   * An intent was accepted.
   *
   * @param deadline what its rule came to
   * @param scenario the scenario that sent it
   * @param assignment the step of another intent's workflow that it is for
   */
  record Created(
      IntentId intent,
      int seq,
      IntentRequest request,
      Optional<Instant> deadline,
      Optional<Scenario> scenario,
      Optional<Assignment> assignment)
      implements Wire {}

  /** It is stored durably. */
  record Submitted(IntentId intent, int seq) implements Wire {}

  /** It is in the recipient's mailbox. */
  record Delivered(IntentId intent, int seq) implements Wire {}

  /** People were asked. */
  record TaskOpened(IntentId intent, int seq, TaskId task, TaskDraft draft) implements Wire {}

  /** People were reminded for the {@code number}-th time. */
  record Reminded(IntentId intent, int seq, int number) implements Wire {}

  /** The question went on to somebody else as well. */
  record Escalated(IntentId intent, int seq, Assignee to) implements Wire {}

  /** A person decided an open task. */
  record TaskDecided(IntentId intent, int seq, TaskId task, Decision decision) implements Wire {}

  /** Work goes on: an owner let it continue, or a result came in. */
  record Progressed(IntentId intent, int seq, Optional<String> reason, Optional<Payload> report)
      implements Wire {}

  /** Another agent holds the intent now. */
  record Transferred(IntentId intent, int seq, Mailbox from, Mailbox to) implements Wire {}

  /** It waits for the agent that holds it. */
  record Parked(IntentId intent, int seq, Address holder) implements Wire {}

  /** A workflow's agent is at work. */
  record StepAssigned(IntentId intent, int seq, IntentId work, Mailbox to, Optional<Instant> due)
      implements Wire {}

  /** A workflow waits for a time. */
  record StepDelayed(IntentId intent, int seq, Instant until, Optional<String> reason)
      implements Wire {}

  /**
   * A step of a workflow is over, except one that a person decided ({@link TaskDecided}).
   *
   * @param note what there is to know about a built-in step
   */
  record StepEnded(
      IntentId intent,
      int seq,
      StepId step,
      StepStatus status,
      Optional<Result> result,
      Optional<String> reason,
      Optional<Payload> error,
      Optional<String> note)
      implements Wire {}

  /** Nobody took it, as often as it was offered; a failure follows. */
  record DeliveryFailed(IntentId intent, int seq, int attempts) implements Wire {}

  /** Done. */
  record Completed(IntentId intent, int seq, Optional<Result> result) implements Wire {}

  /** Not done. */
  record Failed(
      IntentId intent,
      int seq,
      Optional<String> reason,
      Optional<Payload> error,
      Optional<Result> result)
      implements Wire {}

  /** Taken back. */
  record Canceled(IntentId intent, int seq, Optional<String> reason) implements Wire {}

  /** The deadline passed. */
  record TimedOut(IntentId intent, int seq, Instant deadline) implements Wire {}

  /** A workflow turned to a step, for the {@code attempt}-th time in a row. */
  record StepStarted(IntentId intent, StepId step, int attempt) implements Fact {}

  /** An agent took it out of its mailbox. */
  record PickedUp(IntentId intent) implements Fact {}

  /** Somebody was told, or could not be. */
  record Notified(IntentId intent, Notice notice, Notice.Fate fate) implements Fact {}

  /** Links to the open question of an earlier generation open nothing any more. */
  record LinksRevoked(IntentId intent, int generation) implements Fact {}

  /** A resume, controls or policy call was applied. */
  record GenerationChanged(IntentId intent, int generation) implements Fact {}

  /** Controls were merged; an empty value removes its key. */
  record ControlsChanged(IntentId intent, SequencedMap<String, Optional<Payload>> patch)
      implements Fact {
    public ControlsChanged {
      patch = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(patch));
    }
  }

  /** Grants and envelope were merged; an empty value removes its key. */
  record PolicyChanged(IntentId intent, SequencedMap<String, Optional<Payload>> patch)
      implements Fact {
    public PolicyChanged {
      patch = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(patch));
    }
  }

  /** The deadline moved. */
  record DeadlineMoved(IntentId intent, Optional<Instant> deadline) implements Fact {}
}
