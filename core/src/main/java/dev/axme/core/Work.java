package dev.axme.core;

import java.time.Duration;
import java.util.Optional;

/** What a step does (protocol section 5.2). */
public sealed interface Work {
  /**
   * An agent works on a step-intent of its own.
   *
   * @param to its mailbox
   * @param toAsWritten what reads show as {@code to_agent}
   * @param registered whether it was a registered agent when the workflow was compiled
   * @param name what people call it
   * @param input what the step adds to the payload, a JSON object
   */
  record Agent(
      Mailbox to,
      String toAsWritten,
      boolean registered,
      String name,
      Optional<String> tool,
      Optional<Payload> input)
      implements Work {}

  /**
   * People decide; the question hangs on the workflow's own intent.
   *
   * @param draft the question; {@code shown} covers payload and document, without earlier results
   * @param reminders what the step itself says; else the configured plan or the intent's holds
   * @param ref whom reads name as the one it waits for: a contact or a role
   * @param name the same in words
   */
  record Human(TaskDraft draft, Optional<ReminderPlan> reminders, String ref, String name)
      implements Work {}

  /** Nothing happens for a while. */
  record Delay(Duration length, Optional<String> reason) implements Work {}

  /** Somebody is told; nothing is waited for. */
  record Notification(Optional<Payload> config) implements Work {}

  /** The matter goes to somebody; nothing is waited for. */
  record Escalation(Assignee to) implements Work {}

  /** Says how the next step that waits reminds and expires, if that step does not. */
  record Configure(Optional<ReminderPlan> reminders, Optional<Duration> deadline) implements Work {}

  /** Done at once, with the input as its result. */
  record Nothing(Optional<Payload> input) implements Work {}
}
