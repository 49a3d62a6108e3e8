package dev.axme.core;

/** The name of a workflow's step, unique in it. */
public record StepId(String value) {
  public StepId {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("Expected a step's name, but found nothing");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
