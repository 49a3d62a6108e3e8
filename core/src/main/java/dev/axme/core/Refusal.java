package dev.axme.core;

import java.util.List;

/** Why the caller may not do this now. Nothing has changed. */
public sealed interface Refusal {
  /** No such intent here. */
  record UnknownIntent(IntentId intent) implements Refusal {}

  /** The id is taken. */
  record AlreadyExists(IntentId intent) implements Refusal {}

  /** It is over; {@code phase} and the decision in it say how. */
  record IntentEnded(IntentId intent, Phase.Ended phase) implements Refusal {}

  /** Only a person's own credential may do this. */
  record HumanDecisionRequired(IntentId intent) implements Refusal {}

  /** This person is not among those whom the task names. */
  record NotAssigned(IntentId intent, List<Assignee> assignees) implements Refusal {}

  /** This agent neither sent nor received the intent. */
  record NotTheirs(IntentId intent) implements Refusal {}

  /** A workflow's step waits for an agent or a time, and no person is asked. */
  record NobodyAsked(IntentId intent, StepId step) implements Refusal {}

  /** The body holds no answer to the question that is open. */
  record AnswerMissing(IntentId intent, List<String> allowed) implements Refusal {}

  /** The outcome is none of those allowed. */
  record InvalidOutcome(IntentId intent, String said, List<String> allowed) implements Refusal {}

  /** The task wants a comment. */
  record CommentRequired(IntentId intent) implements Refusal {}

  /** The task wants evidence. */
  record EvidenceRequired(IntentId intent) implements Refusal {}

  /** The task has a form, and the answer was not checked against this one. */
  record FormUnchecked(IntentId intent, TaskId task, Payload form) implements Refusal {}

  /** The question that was answered is not open; another one may be. */
  record OtherQuestion(IntentId intent, TaskId answered) implements Refusal {}

  /** The body says nothing that this intent can do. */
  record NothingToDo(IntentId intent) implements Refusal {}

  /** The deadline has passed already. */
  record DeadlinePassed(IntentId intent) implements Refusal {}
}
