package dev.axme.core;

import java.util.List;
import java.util.Optional;

/**
 * Which step of which workflow an intent is for, and what its payload is composed of when it is
 * read: its request's payload is the parent's (protocol section 5.3).
 *
 * @param scenario the scenario's id
 * @param attempt counts the tries of the step from 1
 * @param previous the results that steps before it left, in the order of the steps' first starts
 * @param composer the version of the composition: a later one leaves this one's payloads alone
 */
public record Assignment(
    IntentId parent,
    String scenario,
    StepId step,
    int attempt,
    Optional<String> tool,
    Optional<Payload> input,
    List<Previous> previous,
    int composer) {
  /** The only composition that there is. */
  static final int COMPOSER = 1;

  public Assignment {
    previous = List.copyOf(previous);
  }

  /** What an earlier step came to. */
  public record Previous(StepId step, Result result) {}
}
