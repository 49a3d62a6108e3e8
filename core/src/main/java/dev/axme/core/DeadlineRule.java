package dev.axme.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a sender or a control says when an intent expires. To the microsecond, as logs and timers
 * keep it: a timer whose time is not exactly the deadline's is stale.
 */
public sealed interface DeadlineRule {
  /** Nothing is said: what holds goes on to hold. */
  record Keep() implements DeadlineRule {}

  /** At this instant. */
  record At(Instant instant) implements DeadlineRule {}

  /** This long after the moment of the command. */
  record In(Duration duration) implements DeadlineRule {}

  /** Never. */
  record Never() implements DeadlineRule {}

  /** The deadline that results at {@code now} when {@code current} held before. */
  default Optional<Instant> apply(Optional<Instant> current, Instant now) {
    return switch (this) {
      case Keep _ -> current;
      case At a -> Optional.of(Moment.toMicros(a.instant()));
      case In in -> Optional.of(Moment.toMicros(now.plus(in.duration())));
      case Never _ -> Optional.empty();
    };
  }
}
