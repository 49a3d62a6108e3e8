package dev.axme.core;

import java.time.Instant;
import java.util.Optional;

/** Changes controls and policy (section 3.8). */
final class Adjustments {
  private Adjustments() {}

  static Ruling rule(Intent intent, Actor actor, IntentCommand command, Moment moment) {
    // Whoever can move the deadline of an open question can make it expire.
    if (intent.openTask().isPresent()
        && actor instanceof Actor.Agent agent
        && !agent.address().equals(intent.request().from())) {
      return IntentMachine.refused(new Refusal.NotTheirs(intent.id()));
    }
    return switch (command) {
      case IntentCommand.ChangeControls c ->
          adjust(
              intent,
              new IntentEvent.ControlsChanged(intent.id(), c.patch()),
              c.deadline(),
              moment);
      case IntentCommand.ChangePolicy c ->
          adjust(
              intent, new IntentEvent.PolicyChanged(intent.id(), c.patch()), c.deadline(), moment);
      case IntentCommand.Create _,
          IntentCommand.Resume _,
          IntentCommand.Resolve _,
          IntentCommand.PickUp _,
          IntentCommand.Note _,
          IntentCommand.GiveUp _,
          IntentCommand.RevokeLinks _,
          IntentCommand.FireTimer _ ->
          throw new IllegalStateException("Expected a change, but found " + command);
    };
  }

  private static Ruling adjust(
      Intent intent, IntentEvent.Fact change, DeadlineRule rule, Moment moment) {
    Optional<Instant> deadline = rule.apply(intent.deadline(), moment.at());
    if (!deadline.equals(intent.deadline())
        && deadline.isPresent()
        && !deadline.get().isAfter(moment.at())) {
      return IntentMachine.refused(new Refusal.DeadlinePassed(intent.id()));
    }
    EventList events = new EventList(intent).nextGeneration().fact(change);
    if (!deadline.equals(intent.deadline())) {
      events.fact(new IntentEvent.DeadlineMoved(intent.id(), deadline));
    }
    return events.accepted();
  }
}
