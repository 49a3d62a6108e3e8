package dev.axme.core;

import java.time.Instant;
import java.util.Optional;

/** What timers do (section 6.6). A timer that no longer means what it was set for is stale. */
final class Timers {
  private static final String UNDELIVERED = "delivery_failed";

  private Timers() {}

  static Ruling fire(Intent intent, IntentCommand.FireTimer command, Moment moment) {
    Optional<Instant> due = due(intent, command.timer().kind());
    if (!due.equals(Optional.of(command.due())) || moment.at().isBefore(command.due())) {
      return new Ruling.Stale();
    }
    EventList events = new EventList(intent);
    return switch (command.timer().kind()) {
      case DEADLINE -> end(intent, events, command.due()).accepted();
      case REMINDER -> events.remind(task(intent).reminders() + 1).accepted();
      case ESCALATION -> events.escalate(target(intent)).accepted();
    };
  }

  /** A deadline that nobody was there to meet is a failed delivery (section 4.3). */
  private static EventList end(Intent intent, EventList events, Instant deadline) {
    int attempts = intent.request().maxDeliveryAttempts();
    boolean waits =
        intent.phase() instanceof Phase.Mailed || intent.phase() instanceof Phase.Passed;
    return waits && intent.delivery().exhausted(attempts, deadline)
        ? events
            .undelivered(attempts)
            .fail(Optional.of(UNDELIVERED), Optional.empty(), Optional.empty())
        : events.timeOut(deadline);
  }

  /** When the timer is due as the state has it; empty when it should not be there. */
  static Optional<Instant> due(Intent intent, Timer.Kind kind) {
    if (kind == Timer.Kind.DEADLINE) {
      return intent.deadline();
    }
    Optional<ReminderPlan> plan = intent.request().reminders();
    if (plan.isEmpty() || intent.openTask().isEmpty()) {
      return Optional.empty();
    }
    HumanTask task = task(intent);
    boolean remindersLeft = task.reminders() < plan.get().max();
    boolean expected =
        switch (kind) {
          case REMINDER -> remindersLeft;
          case ESCALATION ->
              !remindersLeft && plan.get().escalateTo().isPresent() && task.escalatedTo().isEmpty();
          case DEADLINE -> false;
        };
    return expected
        ? Optional.of(plan.get().next(task.noticedAt(), task.reminders()))
        : Optional.empty();
  }

  private static HumanTask task(Intent intent) {
    return intent.openTask().orElseThrow();
  }

  private static Assignee target(Intent intent) {
    return intent.request().reminders().flatMap(ReminderPlan::escalateTo).orElseThrow();
  }
}
