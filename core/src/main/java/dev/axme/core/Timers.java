package dev.axme.core;

import java.time.Instant;
import java.util.Optional;

/** What timers do (section 6.6). A timer that no longer means what it was set for is stale. */
final class Timers {
  private Timers() {}

  static Ruling fire(Intent intent, IntentCommand.FireTimer command, Moment moment) {
    Optional<Instant> due = due(intent, command.timer().kind());
    if (!due.equals(Optional.of(command.due())) || moment.at().isBefore(command.due())) {
      return new Ruling.Stale();
    }
    Steps steps = new Steps(intent);
    return switch (command.timer().kind()) {
      case DEADLINE -> steps.timeOut(command.due()).accepted();
      case REMINDER -> steps.remind(task(intent).reminders() + 1).accepted();
      case ESCALATION -> steps.escalate(target(intent)).accepted();
    };
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
