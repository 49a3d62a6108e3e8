package dev.axme.core;

import java.util.Optional;

/** A resume of a plain intent: a result, a go-ahead or a hand-over (section 3.7). */
final class Reports {
  private Reports() {}

  static Ruling agent(Intent intent, Actor actor, IntentCommand.Resume command) {
    if (command.answer().isPresent()) {
      return IntentMachine.refused(new Refusal.HumanDecisionRequired(intent.id()));
    }
    return report(intent, actor, command);
  }

  /** A person may finish any waiting plain intent as if it had asked (section 3.7). */
  static Ruling person(Intent intent, Actor actor, IntentCommand.Resume command, Moment moment) {
    if (command.answer().isEmpty()) {
      return report(intent, actor, command);
    }
    IntentCommand.Answer answer = command.answer().get();
    if (answer.task().isPresent()) {
      return IntentMachine.refused(new Refusal.OtherQuestion(intent.id(), answer.task().get()));
    }
    String outcome = Outcomes.word(answer.outcome());
    Decision decision =
        Decisions.decision(intent, actor, outcome, answer, Optional.empty(), moment);
    EventList events =
        new EventList(intent).nextGeneration().progress(Optional.of(outcome), answer.fields());
    return Decisions.end(events, decision);
  }

  static Ruling report(Intent intent, Actor actor, IntentCommand.Resume command) {
    if (!mayFinish(intent, actor)) {
      return IntentMachine.refused(new Refusal.NotTheirs(intent.id()));
    }
    EventList events = new EventList(intent).nextGeneration();
    if (command.handOver().isPresent()) {
      return events.transfer(intent.delivery().to(), command.handOver().get()).accepted();
    }
    if (command.proceed().isPresent()) {
      return command.proceed().get()
          ? events.progress(command.reason(), Optional.empty()).accepted()
          : events
              .fail(
                  command.reason().or(() -> Optional.of("not_approved")),
                  Optional.empty(),
                  Optional.empty())
              .accepted();
    }
    if (command.report().isEmpty()) {
      return IntentMachine.refused(new Refusal.NothingToDo(intent.id()));
    }
    return finish(events, command.report().get(), command.reason());
  }

  private static Ruling finish(
      EventList events, IntentCommand.Report report, Optional<String> reason) {
    Optional<Result> result = Optional.of(new Result.Given(report.result()));
    if (!report.success()) {
      return events.fail(reason, Optional.empty(), result).accepted();
    }
    return events.progress(reason, Optional.of(report.result())).complete(result).accepted();
  }

  /** Notes that the one who holds it has it; once is enough. */
  static Ruling pickUp(Intent intent, IntentCommand.PickUp command) {
    boolean theirs = intent.holder().equals(command.holder());
    return theirs && intent.delivery().pickedUp().isEmpty()
        ? new EventList(intent).fact(new IntentEvent.PickedUp(intent.id())).accepted()
        : new Ruling.Stale();
  }

  /**
   * The recipient, the sender and any person may finish a plain intent; every key of the workspace
   * if the recipient is no registered agent (section 3.7). A step is its agent's alone, and a
   * workflow its sender's.
   */
  static boolean mayFinish(Intent intent, Actor actor) {
    return switch (actor) {
      case Actor.Human _, Actor.Clock _ -> true;
      case Actor.Agent a when intent.run().isPresent() -> sent(intent, a);
      case Actor.Agent a ->
          !intent.request().toRegistered()
              || a.address().equals(intent.request().to().address())
              || a.address().equals(intent.holder())
              || (intent.assignment().isEmpty() && sent(intent, a));
    };
  }

  private static boolean sent(Intent intent, Actor.Agent agent) {
    return agent.address().equals(intent.request().from());
  }
}
