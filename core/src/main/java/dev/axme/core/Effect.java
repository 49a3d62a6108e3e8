package dev.axme.core;

import java.time.Instant;
import java.util.Optional;

/** What follows from an event outside the fold: rows that are written in the same transaction. */
public sealed interface Effect {
  /** The intent's row of the list view is out of date. */
  record ShowIntent(IntentId intent) implements Effect {}

  /** The task's row of the list view is out of date. */
  record ShowTask(IntentId intent, TaskId task) implements Effect {}

  /** The intent goes into this mailbox. */
  record Deliver(IntentId intent, Mailbox to, Mail mail) implements Effect {}

  /** Why something lies in a mailbox. */
  enum Mail {
    /** For an agent to do: agents' streams have it until it is closed. */
    WORK,
    /** For the inbox alone: people were asked, and no agent may act before they did. */
    THREAD,
    /** For the inbox of whoever wanted the answer. */
    COMPLETION
  }

  /**
   * People should hear of it.
   *
   * @param task the question, or empty for a workflow's {@code step} that only tells
   * @param number which reminder it is
   */
  record Tell(
      IntentId intent, Notice.Kind kind, Optional<TaskId> task, Optional<StepId> step, int number)
      implements Effect {}

  /** The work leaves the mailbox that it is in. */
  record CloseDelivery(IntentId intent, Mailbox from) implements Effect {}

  /** The timer is due at this time, whatever it was before. */
  record SetTimer(Timer timer, Instant due) implements Effect {}

  /** The timer is no longer needed. */
  record ClearTimer(Timer timer) implements Effect {}
}
