package dev.axme.core;

/** The status words of the protocol (section 2.4). */
public enum Status {
  CREATED,
  SUBMITTED,
  DELIVERED,
  ACKNOWLEDGED,
  IN_PROGRESS,
  WAITING,
  COMPLETED,
  FAILED,
  CANCELED,
  TIMED_OUT;

  /** Whether nothing follows this status. */
  public boolean terminal() {
    return switch (this) {
      case CREATED, SUBMITTED, DELIVERED, ACKNOWLEDGED, IN_PROGRESS, WAITING -> false;
      case COMPLETED, FAILED, CANCELED, TIMED_OUT -> true;
    };
  }
}
