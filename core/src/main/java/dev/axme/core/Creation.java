package dev.axme.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How an intent begins: created, submitted, delivered, and asked if people decide (section 2.5).
 */
final class Creation {
  private Creation() {}

  static Ruling rule(IntentCommand.Create command, Moment moment) {
    Optional<Instant> deadline = command.deadline().apply(Optional.empty(), moment.at());
    if (deadline.isPresent() && !deadline.get().isAfter(moment.at())) {
      return IntentMachine.refused(new Refusal.DeadlinePassed(command.intent()));
    }
    IntentId id = command.intent();
    List<IntentEvent> events = new ArrayList<>();
    events.add(
        new IntentEvent.Created(
            id, 1, command.request(), deadline, command.scenario(), Optional.empty()));
    events.add(new IntentEvent.Submitted(id, 2));
    events.add(new IntentEvent.Delivered(id, 3));
    command
        .task()
        .ifPresent(
            draft ->
                events.add(new IntentEvent.TaskOpened(id, 4, new TaskId(moment.id(0)), draft)));
    return new Ruling.Accepted(events);
  }
}
