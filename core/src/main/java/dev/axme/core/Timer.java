package dev.axme.core;

/** Something that happens to an intent by itself. An intent has at most one timer of each kind. */
public record Timer(IntentId intent, Kind kind) {
  /** What falls due. */
  public enum Kind {
    /** The intent expires. */
    DEADLINE,
    /** People are reminded of the open question. */
    REMINDER,
    /** The open question goes on to somebody else. */
    ESCALATION,
    /** The open question of a workflow expires. */
    STEP,
    /** A workflow has waited long enough. */
    WAKE
  }
}
