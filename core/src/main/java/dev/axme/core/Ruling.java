package dev.axme.core;

import java.util.List;

/** What the rules answer to a command. */
public sealed interface Ruling {
  /** It happened: these events, in this order, never none. */
  record Accepted(List<IntentEvent> events) implements Ruling {
    public Accepted {
      events = List.copyOf(events);
      if (events.isEmpty()) {
        throw new IllegalArgumentException("Expected at least one event, but found none");
      }
    }
  }

  /** Nothing changed, and that is an answer. */
  sealed interface Unchanged extends Ruling {}

  /** The timer no longer means anything. */
  record Stale() implements Unchanged {}

  /** {@code expected_policy_generation} was another one (compare-and-set, protocol section 3.8). */
  record StaleGeneration(int current) implements Unchanged {}

  /** The caller may not. */
  record Refused(Refusal refusal) implements Ruling {}
}
