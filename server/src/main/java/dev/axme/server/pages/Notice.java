package dev.axme.server.pages;

import org.jspecify.annotations.Nullable;

/**
 * One thing to say above a page: what just happened, or why nothing did.
 *
 * <p>{@code kept} is a text that the person typed and would otherwise lose.
 */
public record Notice(Kind kind, String text, @Nullable String kept) {

  /** Good news, or something to look at. */
  public enum Kind {
    DONE,
    CAREFUL
  }

  public static Notice done(String text) {
    return new Notice(Kind.DONE, text, null);
  }

  public static Notice careful(String text) {
    return new Notice(Kind.CAREFUL, text, null);
  }

  /** The answer to a click that came after somebody else's. */
  public static Notice tooLate(@Nullable String kept) {
    return new Notice(
        Kind.CAREFUL,
        "This had ended before your answer arrived, so your answer changed nothing.",
        kept == null || kept.isBlank() ? null : Labels.clip(kept, 4000));
  }

  /** The answer to a click on a question after which the request has asked another one. */
  public static Notice nextQuestion(@Nullable String kept) {
    return new Notice(
        Kind.CAREFUL,
        "The question that you answered had ended before your answer arrived, so your answer"
            + " changed nothing. What you see now is the next question.",
        kept == null || kept.isBlank() ? null : Labels.clip(kept, 4000));
  }

  /** The answer to a post from a page whose one-time number is used or too old. */
  public static Notice pageTooOld() {
    return careful(
        "This page had been open for too long, so nothing was decided. What you typed is still"
            + " here: look again, then decide.");
  }
}
