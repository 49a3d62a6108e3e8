package dev.axme.store;

import java.time.Instant;

/**
 * One attempt to send a parcel.
 *
 * @param number from 1
 * @param result one word: how it went
 * @param status the other side's code; 0 when it said nothing
 * @param millis how long it took
 * @param answer the beginning of what the other side said, or why it could not be reached
 */
public record Tried(int number, Instant at, String result, int status, long millis, String answer) {
  /** The longest answer that is kept, in characters. */
  public static final int ANSWER = 1_024;

  public Tried {
    String line = answer.replace('\0', ' ');
    answer = line.length() <= ANSWER ? line : line.substring(0, ANSWER);
  }
}
