package dev.axme.core;

import java.util.Optional;

/** A person answers the open question (section 6.4). */
final class Decisions {
  private Decisions() {}

  static Ruling rule(Intent intent, Actor actor, IntentCommand.Resume command, Moment moment) {
    HumanTask task = intent.openTask().orElseThrow();
    Person person = ((Actor.Human) actor).person();
    if (!task.decidableBy(person)) {
      return IntentMachine.refused(new Refusal.NotAssigned(intent.id(), task.assignees()));
    }
    Optional<IntentCommand.Answer> answer = answer(command);
    if (answer.isEmpty()) {
      return IntentMachine.refused(new Refusal.AnswerMissing(intent.id(), task.draft().outcomes()));
    }
    Optional<TaskId> meant = answer.get().task();
    if (meant.isPresent() && !meant.get().equals(task.id())) {
      return IntentMachine.refused(new Refusal.OtherQuestion(intent.id(), meant.get()));
    }
    return decide(intent, task, actor, answer.get(), moment);
  }

  /** {@code approve_current_step} is the short way to say approved or rejected. */
  private static Optional<IntentCommand.Answer> answer(IntentCommand.Resume command) {
    return command
        .answer()
        .or(
            () ->
                command
                    .proceed()
                    .map(
                        yes ->
                            new IntentCommand.Answer(
                                yes ? Outcomes.APPROVED : Outcomes.REJECTED,
                                command.reason(),
                                false,
                                Optional.empty(),
                                Optional.empty())));
  }

  private static Ruling decide(
      Intent intent, HumanTask task, Actor actor, IntentCommand.Answer answer, Moment moment) {
    TaskDraft draft = task.draft();
    Optional<String> outcome = task.outcome(answer.outcome());
    if (outcome.isEmpty()) {
      return IntentMachine.refused(
          new Refusal.InvalidOutcome(intent.id(), answer.outcome(), draft.outcomes()));
    }
    boolean success = Outcomes.success(outcome.get());
    if (draft.form().isPresent() && !answer.checked()) {
      return IntentMachine.refused(
          new Refusal.FormUnchecked(intent.id(), task.id(), draft.form().get()));
    }
    if (draft.commentRequired() && answer.comment().filter(c -> !c.isBlank()).isEmpty()) {
      return IntentMachine.refused(new Refusal.CommentRequired(intent.id()));
    }
    if (success && draft.evidenceRequired() && !answer.hasEvidence()) {
      return IntentMachine.refused(new Refusal.EvidenceRequired(intent.id()));
    }
    Decision decision =
        decision(intent, actor, outcome.get(), answer, Optional.of(draft.shown()), moment);
    EventList events = new EventList(intent).nextGeneration().decide(task.id(), decision);
    // A workflow goes on, whatever the answer was: see Flow.
    return intent.run().isPresent() ? events.accepted() : end(events, decision);
  }

  static Decision decision(
      Intent intent,
      Actor actor,
      String outcome,
      IntentCommand.Answer answer,
      Optional<Digest> shown,
      Moment moment) {
    boolean self =
        actor instanceof Actor.Human human && human.address().equals(intent.request().from());
    return new Decision(
        outcome, answer.comment(), answer.fields(), actor.author(), moment.at(), shown, self);
  }

  /** Success completes, failure fails with the outcome as its reason; both carry the decision. */
  static Ruling end(EventList events, Decision decision) {
    Optional<Result> result = Optional.of(new Result.Decided(decision));
    return decision.approved()
        ? events.complete(result).accepted()
        : events.fail(Optional.of(decision.outcome()), Optional.empty(), result).accepted();
  }
}
