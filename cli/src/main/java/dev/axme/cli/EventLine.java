package dev.axme.cli;

import dev.axme.sdk.IntentEvent;
import dev.axme.sdk.Result;
import java.util.Optional;

/** An event as one line: when, what, by whom. */
final class EventLine {
  private EventLine() {}

  /** The line of an event that came while {@code holder} was waited for. */
  static String of(IntentEvent event, Optional<String> holder, Ink ink) {
    return line(event, number(event.seq()), EventWords.of(event, holder), ink);
  }

  /** The line with another mark than the event's number. */
  static String of(IntentEvent event, String mark, Ink ink) {
    return line(event, mark, EventWords.of(event, Optional.empty()), ink);
  }

  /** A line of other words at the same moment. */
  static String beside(IntentEvent event, String words, Ink ink) {
    return line(event, "  ", words, ink);
  }

  private static String line(IntentEvent event, String mark, String words, Ink ink) {
    return ink.faint(Words.clock(event.at()))
        + "  "
        + mark
        + "  "
        + paint(event, Words.safe(words), ink);
  }

  private static String paint(IntentEvent event, String words, Ink ink) {
    if (!event.terminal()) {
      return words;
    }
    return switch (Result.of(event)) {
      case Result.Approved approved -> ink.green(words);
      case Result.Completed completed -> ink.green(words);
      case Result.Rejected rejected -> ink.red(words);
      case Result.Failed failed -> ink.red(words);
      case Result.Expired expired -> ink.amber(words);
      case Result.Canceled canceled -> ink.amber(words);
    };
  }

  private static String number(long seq) {
    return seq < 10 ? " " + seq : Long.toString(seq);
  }
}
