package dev.axme.core;

import java.util.UUID;

/** The identity of an intent. */
public record IntentId(UUID value) {
  /** Reads the usual text form; throws {@link IllegalArgumentException} for anything else. */
  public static IntentId of(String text) {
    return new IntentId(UUID.fromString(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
