package dev.axme.core;

import java.time.Duration;
import java.util.Optional;

/**
 * A compiled step of a workflow.
 *
 * @param onSuccess the step that follows; empty: the workflow is done
 * @param onFailure the step that follows a failure; empty: the workflow fails with it
 * @param deadline how long it may take from its start
 */
public record Step(
    StepId id,
    Work work,
    Optional<StepId> onSuccess,
    Optional<StepId> onFailure,
    Retry retry,
    Optional<Duration> deadline) {

  /** How often an agent's failed step is tried again, and after which time. */
  public record Retry(int max, Duration delay) {
    public static final Retry NONE = new Retry(0, Duration.ofSeconds(30));

    public Retry {
      if (max < 0 || delay.isNegative()) {
        throw new IllegalArgumentException("Expected a retry, but found " + max + ", " + delay);
      }
    }
  }
}
