package dev.axme.core;

import java.time.Instant;
import java.util.List;

/**
 * The events of one accepted command: one row of the log. {@code number} counts from 1 in a root.
 */
public record Append(int number, Instant at, Author by, List<IntentEvent> events) {
  public Append {
    events = List.copyOf(events);
  }
}
