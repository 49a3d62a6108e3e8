package dev.axme.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How much waits in the whole store, for who watches over it. Counting ends at {@link #MOST}.
 *
 * @param openTasks how many questions to people are open, by age: those that are not as old as the
 *     first of {@link #AGES}, then those of the second, and last those that are older than all
 * @param overdueTimers how many timers are due and have not fired
 * @param oldestTimer when the first of them was due
 */
public record Waiting(List<Long> openTasks, long overdueTimers, Optional<Instant> oldestTimer) {
  /** More of a kind are not counted. */
  public static final int MOST = 1_000_000;

  /** Where one age of questions ends and the next begins. */
  public static final List<Duration> AGES =
      List.of(
          Duration.ofMinutes(1),
          Duration.ofMinutes(10),
          Duration.ofHours(1),
          Duration.ofHours(8),
          Duration.ofDays(1),
          Duration.ofDays(7));

  public Waiting {
    openTasks = List.copyOf(openTasks);
  }
}
