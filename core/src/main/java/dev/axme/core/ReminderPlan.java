package dev.axme.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When people are reminded and to whom the task goes afterwards (protocol section 6.6): the first
 * time {@code after} the assignment, then {@code every}, {@code max} times, one more interval later
 * to {@code escalateTo}.
 */
public record ReminderPlan(Duration after, Duration every, int max, Optional<Assignee> escalateTo) {
  public ReminderPlan {
    if (after.isNegative() || after.isZero() || every.isNegative() || every.isZero() || max < 0) {
      throw new IllegalArgumentException(
          "Expected positive times, but found " + after + ", " + every);
    }
  }

  /** When the step that follows {@code sent} reminders is due, counted from the previous one. */
  Instant next(Instant previous, int sent) {
    return Moment.toMicros(previous.plus(sent == 0 ? after : every));
  }
}
