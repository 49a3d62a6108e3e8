package dev.axme.core;

import java.util.Optional;

/** Ends an intent by name (section 3.6). */
final class Ends {
  private Ends() {}

  static Ruling resolve(Intent intent, Actor actor, IntentCommand.Resolve command) {
    if (!Reports.mayFinish(intent, actor)) {
      return IntentMachine.refused(new Refusal.NotTheirs(intent.id()));
    }
    Optional<Result> result = command.result().map(Result.Given::new);
    EventList events = new EventList(intent).nextGeneration();
    return switch (command.end()) {
      case COMPLETED -> events.complete(result).accepted();
      case FAILED -> events.fail(command.reason(), command.error(), result).accepted();
      case CANCELED -> events.cancel(command.reason()).accepted();
    };
  }

  /**
   * A person may take back what waits for an answer. Any other end is a decision, and decisions are
   * made where comment, evidence, form and the digest of what was shown are seen to: by resume.
   */
  static Ruling overrule(Intent intent, Actor actor, IntentCommand.Resolve command) {
    if (command.end() == IntentCommand.End.CANCELED) {
      return resolve(intent, actor, command);
    }
    HumanTask task = intent.openTask().orElseThrow();
    return IntentMachine.refused(new Refusal.AnswerMissing(intent.id(), task.draft().outcomes()));
  }

  /** Only who asked may take the question back, and nobody but a person may answer it. */
  static Ruling withdraw(Intent intent, Actor actor, IntentCommand.Resolve command) {
    if (command.end() != IntentCommand.End.CANCELED) {
      return IntentMachine.refused(new Refusal.HumanDecisionRequired(intent.id()));
    }
    if (actor instanceof Actor.Agent agent && !agent.address().equals(intent.request().from())) {
      return IntentMachine.refused(new Refusal.NotTheirs(intent.id()));
    }
    return resolve(intent, actor, command);
  }
}
