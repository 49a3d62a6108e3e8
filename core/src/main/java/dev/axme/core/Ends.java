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
    Steps steps = new Steps(intent).nextGeneration();
    return switch (command.end()) {
      case COMPLETED -> steps.complete(result).accepted();
      case FAILED -> steps.fail(command.reason(), command.error(), result).accepted();
      case CANCELED -> steps.cancel(command.reason()).accepted();
    };
  }

  /** A person may end what waits for an answer, but only whoever may answer may answer this way. */
  static Ruling overrule(Intent intent, Actor actor, IntentCommand.Resolve command) {
    HumanTask task = intent.openTask().orElseThrow();
    boolean mayAnswer = actor instanceof Actor.Human human && task.decidableBy(human.person());
    if (command.end() != IntentCommand.End.CANCELED && !mayAnswer) {
      return IntentMachine.refused(new Refusal.NotAssigned(intent.id(), task.assignees()));
    }
    return resolve(intent, actor, command);
  }

  /** Otherwise the requester could approve itself with a result of its own. */
  static Ruling withdraw(Intent intent, Actor actor, IntentCommand.Resolve command) {
    if (command.end() != IntentCommand.End.CANCELED) {
      return IntentMachine.refused(new Refusal.HumanDecisionRequired(intent.id()));
    }
    return resolve(intent, actor, command);
  }
}
