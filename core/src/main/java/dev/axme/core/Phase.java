package dev.axme.core;

import java.time.Instant;
import java.util.Optional;

/** Where an intent stands. */
public sealed interface Phase {
  /** In the recipient's mailbox; nobody has reported on it. */
  record Mailed() implements Phase {}

  /** Somebody works on it. */
  record InProgress() implements Phase {}

  /** Handed over to another agent. */
  record Passed() implements Phase {}

  /** Waits for a person. */
  record Asked(HumanTask task) implements Phase {}

  /**
   * Its workflow waits for an agent.
   *
   * @param work the step-intent
   * @param holder in whose mailbox that is now
   * @param due when the step expires
   */
  record Awaiting(IntentId work, Mailbox holder, Optional<Instant> due) implements Phase {}

  /** Its workflow waits for a time: a delay, or the next try of a step. */
  record Sleeping(Instant until) implements Phase {}

  /** Over: nothing follows. */
  sealed interface Ended extends Phase {}

  /** Done. */
  record Completed(Optional<Result> result) implements Ended {}

  /** Not done: a person said no, or an agent could not. */
  record Failed(Optional<String> reason, Optional<Payload> error, Optional<Result> result)
      implements Ended {}

  /** Taken back. */
  record Canceled(Optional<String> reason) implements Ended {}

  /** Its deadline passed. */
  record TimedOut() implements Ended {}

  /** The protocol's word for this phase. */
  default Status status() {
    return switch (this) {
      case Mailed _ -> Status.DELIVERED;
      case InProgress _ -> Status.IN_PROGRESS;
      case Passed _, Asked _, Awaiting _, Sleeping _ -> Status.WAITING;
      case Completed _ -> Status.COMPLETED;
      case Failed _ -> Status.FAILED;
      case Canceled _ -> Status.CANCELED;
      case TimedOut _ -> Status.TIMED_OUT;
    };
  }
}
