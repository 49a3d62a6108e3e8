package dev.axme.sdk;

import java.util.Locale;

/** Where an intent stands. The last four are ends: nothing follows them. */
public enum IntentStatus {
  CREATED,
  SUBMITTED,
  DELIVERED,
  ACKNOWLEDGED,
  IN_PROGRESS,
  WAITING,
  COMPLETED,
  FAILED,
  CANCELED,
  TIMED_OUT,
  /** A word that this client does not know. */
  UNKNOWN;

  /** Whether nothing can follow. */
  public boolean terminal() {
    return this == COMPLETED || this == FAILED || this == CANCELED || this == TIMED_OUT;
  }

  static IntentStatus of(String word) {
    try {
      return valueOf(word.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      return UNKNOWN;
    }
  }
}
