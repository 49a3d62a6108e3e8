package dev.axme.core;

import java.util.UUID;

/** The identity of a human task. */
public record TaskId(UUID value) {
  /** Reads the usual text form; throws {@link IllegalArgumentException} for anything else. */
  public static TaskId of(String text) {
    return new TaskId(UUID.fromString(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
