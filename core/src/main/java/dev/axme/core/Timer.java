package dev.axme.core;

/** Something that happens to an intent by itself. An intent has at most one timer of each kind. */
public record Timer(IntentId intent, Kind kind) {
  /** What falls due. */
  public enum Kind {
    DEADLINE,
    REMINDER,
    ESCALATION
  }
}
