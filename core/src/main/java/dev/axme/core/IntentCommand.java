package dev.axme.core;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;

/** An order to change an intent. */
public sealed interface IntentCommand {
  /** The intent that the order is about. */
  IntentId intent();

  /**
   * Sends an intent; with a {@code task} it is a direct human task (protocol section 6.7), with a
   * workflow in its {@code scenario} that is run (section 5).
   */
  record Create(
      IntentId intent,
      IntentRequest request,
      DeadlineRule deadline,
      Optional<TaskDraft> task,
      Optional<Scenario> scenario)
      implements IntentCommand {
    public Create {
      if (task.isPresent() && scenario.flatMap(Scenario::workflow).isPresent()) {
        throw new IllegalArgumentException("Expected a task or a workflow, but found both");
      }
    }

    /** The same as part of a trace. */
    public Create traced(String by) {
      return new Create(intent, request.traced(by), deadline, task, scenario);
    }
  }

  /**
   * Reports, decides, lets go on or hands over. What the body means depends on phase and actor, so
   * each possible reading is here and the rule picks (protocol section 3.7).
   *
   * @param report the reading as an agent's result
   * @param answer the reading as a person's decision
   * @param proceed {@code approve_current_step}, when the body says it
   * @param handOver {@code next_handler}, when the body names one
   */
  record Resume(
      IntentId intent,
      Optional<Report> report,
      Optional<Answer> answer,
      Optional<Boolean> proceed,
      Optional<Mailbox> handOver,
      Optional<String> reason,
      OptionalInt expectedGeneration)
      implements IntentCommand {
    /** The same about another intent. */
    Resume about(IntentId other) {
      return new Resume(other, report, answer, proceed, handOver, reason, OptionalInt.empty());
    }

    /**
     * The same from somebody in {@code workspace}, about an intent that was sent from {@code home}.
     */
    public Resume from(WorkspaceId workspace, WorkspaceId home) {
      return new Resume(
          intent,
          report,
          answer,
          proceed,
          handOver.map(to -> to.meantIn(workspace, home)),
          reason,
          expectedGeneration);
    }
  }

  /** An agent's result. */
  record Report(boolean success, Payload result) {}

  /**
   * A person's answer as it was said.
   *
   * @param task the question that it answers, if that is known: it never decides another one, see
   *     {@link Refusal.OtherQuestion}
   * @param checked whether the fields were checked against that task's form; when there is a form
   *     and they were not, the rule refuses with {@link Refusal.FormUnchecked}
   */
  record Answer(
      String outcome,
      Optional<String> comment,
      boolean hasEvidence,
      Optional<Payload> fields,
      Optional<TaskId> task,
      boolean checked) {
    public Answer {
      if (checked && task.isEmpty()) {
        throw new IllegalArgumentException("Expected the task whose form was checked");
      }
    }

    /** To whatever is asked, or checked against the form of the task that it answers. */
    public Answer(
        String outcome,
        Optional<String> comment,
        boolean hasEvidence,
        Optional<Payload> fields,
        Optional<TaskId> checkedFor) {
      this(outcome, comment, hasEvidence, fields, checkedFor, checkedFor.isPresent());
    }
  }

  /** Ends an intent by name (protocol section 3.6). */
  record Resolve(
      IntentId intent,
      End end,
      Optional<Payload> result,
      Optional<Payload> error,
      Optional<String> reason,
      OptionalInt expectedGeneration)
      implements IntentCommand {
    /** The same about another intent. */
    Resolve about(IntentId other) {
      return new Resolve(other, end, result, error, reason, OptionalInt.empty());
    }
  }

  /** The ends that a caller can choose. */
  enum End {
    COMPLETED,
    FAILED,
    CANCELED
  }

  /** Merges controls, and moves the deadline when they say so (protocol section 3.8). */
  record ChangeControls(
      IntentId intent,
      SequencedMap<String, Optional<Payload>> patch,
      DeadlineRule deadline,
      OptionalInt expectedGeneration)
      implements IntentCommand {
    public ChangeControls {
      patch = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(patch));
    }
  }

  /** Merges policy, and moves the deadline when it says so (protocol section 3.8). */
  record ChangePolicy(
      IntentId intent,
      SequencedMap<String, Optional<Payload>> patch,
      DeadlineRule deadline,
      OptionalInt expectedGeneration)
      implements IntentCommand {
    public ChangePolicy {
      patch = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(patch));
    }
  }

  /** The intent was handed to whoever reads the mailbox of {@code holder}. */
  record PickUp(IntentId intent, Address holder) implements IntentCommand {}

  /** What became of a notice; the server's own. */
  record Note(IntentId intent, Notice notice, Notice.Fate fate) implements IntentCommand {}

  /**
   * Nobody at the recipient's address took it, as often as it was pushed; the server's own.
   *
   * @param since when it came into the mailbox from which it was pushed: handed on meanwhile, it is
   *     somebody else's
   */
  record GiveUp(IntentId intent, Instant since) implements IntentCommand {}

  /** Makes links to the open question that were sent out so far open nothing any more. */
  record RevokeLinks(IntentId intent) implements IntentCommand {}

  /** A timer that was found due at {@code due}. */
  record FireTimer(Timer timer, Instant due) implements IntentCommand {
    @Override
    public IntentId intent() {
      return timer.intent();
    }
  }
}
