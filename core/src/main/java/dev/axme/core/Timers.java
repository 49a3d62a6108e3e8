package dev.axme.core;

import java.time.Instant;
import java.util.Optional;

/** What timers do (section 6.6). A timer that no longer means what it was set for is stale. */
final class Timers {
  private static final String UNDELIVERED = "delivery_failed";

  private Timers() {}

  static Ruling fire(Root root, Intent intent, IntentCommand.FireTimer command, Moment moment) {
    Optional<Instant> due = due(intent, command.timer().kind());
    if (!due.equals(Optional.of(command.due())) || moment.at().isBefore(command.due())) {
      return new Ruling.Stale();
    }
    EventList events = new EventList(intent);
    return switch (command.timer().kind()) {
      case DEADLINE -> end(intent, events, command.due()).accepted();
      case REMINDER -> events.remind(task(intent).reminders() + 1).accepted();
      case ESCALATION -> events.escalate(target(intent)).accepted();
      case STEP -> Flow.expire(root, intent, moment);
      case WAKE -> Flow.wake(root, intent, moment);
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

  /** It was pushed as often as the sender wants it to be, and nobody took it (section 4.2). */
  static Ruling giveUp(Intent intent, IntentCommand.GiveUp command) {
    boolean another = !intent.delivery().at().equals(command.since());
    if (another || intent.delivery().pickedUp().isPresent()) {
      return new Ruling.Stale();
    }
    return new EventList(intent)
        .undelivered(intent.request().maxDeliveryAttempts())
        .fail(Optional.of(UNDELIVERED), Optional.empty(), Optional.empty())
        .accepted();
  }

  /** When the timer is due as the state has it; empty when it should not be there. */
  static Optional<Instant> due(Intent intent, Timer.Kind kind) {
    return switch (kind) {
      case DEADLINE -> intent.deadline();
      case REMINDER -> intent.openTask().filter(Timers::remindersLeft).flatMap(Timers::next);
      case ESCALATION ->
          intent
              .openTask()
              .filter(t -> !remindersLeft(t) && t.escalatedTo().isEmpty())
              .filter(t -> t.plan().flatMap(ReminderPlan::escalateTo).isPresent())
              .flatMap(Timers::next);
      case STEP -> intent.openTask().flatMap(HumanTask::due);
      case WAKE ->
          intent.phase() instanceof Phase.Sleeping sleeping
              ? Optional.of(sleeping.until())
              : Optional.empty();
    };
  }

  private static boolean remindersLeft(HumanTask task) {
    return task.plan().filter(p -> task.reminders() < p.max()).isPresent();
  }

  private static Optional<Instant> next(HumanTask task) {
    return task.plan().map(p -> p.next(task.noticedAt(), task.reminders()));
  }

  private static HumanTask task(Intent intent) {
    return intent.openTask().orElseThrow();
  }

  private static Assignee target(Intent intent) {
    return task(intent).plan().flatMap(ReminderPlan::escalateTo).orElseThrow();
  }
}
