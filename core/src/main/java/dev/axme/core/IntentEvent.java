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

  /** An intent was accepted; {@code deadline} is what its rule came to. */
  record Created(IntentId intent, int seq, IntentRequest request, Optional<Instant> deadline)
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

  /** An agent took it out of its mailbox. */
  record PickedUp(IntentId intent) implements Fact {}

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
