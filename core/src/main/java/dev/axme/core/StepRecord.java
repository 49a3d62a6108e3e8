package dev.axme.core;

import java.time.Instant;
import java.util.Optional;

/**
 * What became of a step, the last time that it was started.
 *
 * @param attempt counts its tries from 1
 * @param intent the step-intent of the last try
 * @param note what there is to know about a built-in step
 */
public record StepRecord(
    StepId step,
    StepStatus status,
    int attempt,
    Optional<IntentId> intent,
    Optional<Result> result,
    Optional<String> reason,
    Optional<String> note,
    Instant startedAt,
    Optional<Instant> finishedAt) {

  static StepRecord started(StepId step, int attempt, Instant at) {
    return new StepRecord(
        step,
        StepStatus.RUNNING,
        attempt,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        at,
        Optional.empty());
  }

  StepRecord assigned(IntentId to) {
    return new StepRecord(
        step, status, attempt, Optional.of(to), result, reason, note, startedAt, finishedAt);
  }

  StepRecord ended(
      StepStatus how,
      Optional<Result> with,
      Optional<String> why,
      Optional<String> said,
      Instant at) {
    return new StepRecord(step, how, attempt, intent, with, why, said, startedAt, Optional.of(at));
  }
}
