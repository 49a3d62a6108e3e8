package dev.axme.core;

import java.util.Optional;

/**
 * Word of a question, or of a workflow's step, to one person.
 *
 * @param task the question; empty for a step that only tells
 * @param number which reminder it is, from 1; 0 for everything else
 * @param to the e-mail address; empty when it is not known whom it could reach
 */
public record Notice(Kind kind, Optional<TaskId> task, int number, Optional<String> to) {
  /** What people are told. */
  public enum Kind {
    /** They are asked. */
    ASKED,
    /** They still have not answered. */
    REMINDED,
    /** The question has come to them. */
    ESCALATED,
    /** It is over, nothing is left to do. */
    ENDED,
    /** A workflow has come to a step that tells somebody. */
    TOLD
  }

  /** What became of it. */
  public sealed interface Fate {
    /** It left; {@code answer} is what the other side said. */
    record Sent(String answer) implements Fate {}

    /** It could not be delivered; when not {@code last}, it is tried again. */
    record Failed(String why, boolean last) implements Fate {}

    /** Nobody was told. */
    record Skipped(String why) implements Fate {}

    /** The link in it was opened for the first time, by a person or by a mail scanner. */
    record Seen() implements Fate {}
  }
}
