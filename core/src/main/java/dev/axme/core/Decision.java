package dev.axme.core;

import java.time.Instant;
import java.util.Optional;

/**
 * What a person answered.
 *
 * @param fields the answer's other fields, a JSON object
 * @param by who decided
 * @param shown the digest of what was shown; empty when a person finished an intent that asked no
 *     question
 * @param selfApproved whether the person decided what they themselves had asked for
 */
public record Decision(
    String outcome,
    Optional<String> comment,
    Optional<Payload> fields,
    Author by,
    Instant at,
    Optional<Digest> shown,
    boolean selfApproved) {
  /** Whether the outcome lets the work go on. */
  public boolean approved() {
    return Outcomes.success(outcome);
  }
}
