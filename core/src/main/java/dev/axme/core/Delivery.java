package dev.axme.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An intent's place in a mailbox. Attempts are computed from the time that it lies there, not
 * scheduled: nothing runs and nothing is written while an agent is away (protocol section 4.3).
 *
 * @param at when it was put there
 * @param pickedUp when an agent was first seen to take it
 * @param failed whether it was given up because nobody did
 */
public record Delivery(Mailbox to, Instant at, Optional<Instant> pickedUp, boolean failed) {
  private static final Duration ATTEMPT = Duration.ofSeconds(10);

  /** A client's clock and the way to the server cost a deadline of 30 s a little of it. */
  private static final Duration TOLERANCE = Duration.ofSeconds(1);

  static Delivery to(Mailbox to, Instant at) {
    return new Delivery(to, at, Optional.empty(), false);
  }

  Delivery pickedUp(Instant when) {
    return new Delivery(to, at, Optional.of(when), failed);
  }

  Delivery givenUp() {
    return new Delivery(to, at, pickedUp, true);
  }

  /** The number of the attempt that is under way at {@code now}, from 1 to {@code max}. */
  public int attempt(int max, Instant now) {
    long waited = Duration.between(at, pickedUp.orElse(now)).toMillis();
    return Math.clamp(1 + waited / ATTEMPT.toMillis(), 1, Math.max(1, max));
  }

  /** Whether {@code max} attempts were made by {@code end} and nobody took it. */
  boolean exhausted(int max, Instant end) {
    Duration waited = Duration.between(at, end).plus(TOLERANCE);
    return pickedUp.isEmpty() && waited.compareTo(ATTEMPT.multipliedBy(max)) >= 0;
  }
}
