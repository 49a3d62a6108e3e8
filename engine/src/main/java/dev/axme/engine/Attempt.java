package dev.axme.engine;

import java.time.Duration;

/**
 * What came of sending a parcel once.
 *
 * @param status the other side's code, 0 when it said nothing
 * @param answer the beginning of what it said, or in words why it could not be reached
 */
public record Attempt(Result result, int status, Duration took, String answer) {
  /** How it went. */
  public enum Result {
    /** It has arrived, or there was nothing left to say. */
    DONE,
    /** It is tried again. */
    FAILED,
    /** The other side is not there: it is tried again, and so is what else waits for it. */
    UNREACHABLE,
    /** It is never tried again. */
    REFUSED
  }
}
