package dev.axme.server.pages;

import java.time.Instant;
import java.util.Locale;

/** One line of a request's history: what happened, or what will happen if nobody decides. */
public record HistoryLine(Icon icon, String text, Instant at, boolean future) {

  public HistoryLine {
    text = Labels.clip(text, 500);
  }

  /** The picture before a line; the text says the same in words. */
  public enum Icon {
    SEND,
    PERSON,
    MAIL,
    EYE,
    CLOCK,
    UP,
    CHECK,
    CROSS,
    NOTE;

    /** The id of the symbol in the sprite. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public static HistoryLine asked(String from, Instant at) {
    return new HistoryLine(Icon.SEND, Headline.nameOf(from) + " asked", at, false);
  }

  public static HistoryLine assigned(String to, Instant at) {
    return new HistoryLine(Icon.PERSON, "Given to " + Headline.nameOf(to), at, false);
  }

  public static HistoryLine reminded(int number, Instant at) {
    return new HistoryLine(Icon.CLOCK, "Reminder " + number, at, false);
  }

  public static HistoryLine escalated(String to, Instant at) {
    return new HistoryLine(Icon.UP, "Also given to " + Headline.nameOf(to), at, false);
  }

  /** What a person answered. */
  public static HistoryLine decided(String outcome, String by, Instant at) {
    OutcomeWord word = OutcomeWord.of(outcome);
    Icon icon = word.tone() == OutcomeWord.Tone.STOP ? Icon.CROSS : Icon.CHECK;
    return new HistoryLine(icon, word.past() + " by " + Headline.nameOf(by), at, false);
  }

  public static HistoryLine expired(Instant at) {
    return new HistoryLine(Icon.CLOCK, "Expired, nobody had decided", at, false);
  }

  public static HistoryLine canceled(String by, Instant at) {
    return new HistoryLine(Icon.CROSS, "Canceled by " + Headline.nameOf(by), at, false);
  }

  /** What became of a step of a workflow; {@code text} goes on after the step's name. */
  public static HistoryLine step(Icon icon, String step, String text, Instant at) {
    return new HistoryLine(icon, StepName.of(step) + ": " + text, at, false);
  }

  public static HistoryLine willRemind(Instant at) {
    return new HistoryLine(Icon.CLOCK, "Reminder", at, true);
  }

  public static HistoryLine willEscalate(String to, Instant at) {
    return new HistoryLine(Icon.UP, "Goes to " + Headline.nameOf(to) + " too", at, true);
  }

  public static HistoryLine willExpire(Instant at) {
    return new HistoryLine(Icon.CLOCK, "Expires", at, true);
  }
}
