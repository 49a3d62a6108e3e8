package dev.axme.core;

import java.util.UUID;

/** The identity of a root; equal to the id of the intent that somebody sent. */
public record RootId(UUID value) {
  /** Reads the usual text form; throws {@link IllegalArgumentException} for anything else. */
  public static RootId of(String text) {
    return new RootId(UUID.fromString(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
