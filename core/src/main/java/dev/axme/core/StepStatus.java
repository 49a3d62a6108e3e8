package dev.axme.core;

/** How a step of a workflow stands. */
public enum StepStatus {
  RUNNING,
  COMPLETED,
  FAILED,
  /** A person said no. */
  REJECTED,
  TIMED_OUT,
  CANCELED;

  /** Whether the workflow goes on with {@code on_success}. */
  public boolean success() {
    return this == COMPLETED;
  }
}
