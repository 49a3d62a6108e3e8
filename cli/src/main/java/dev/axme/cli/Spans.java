package dev.axme.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/** Reads spans of time as people type them: 90s, 30m, 2h, 7d. */
final class Spans {
  private Spans() {}

  static Duration parse(String flag, String text) {
    try {
      long number = Long.parseLong(text.substring(0, Math.max(0, text.length() - 1)));
      return switch (text.isEmpty() ? ' ' : text.charAt(text.length() - 1)) {
        case 's' -> Duration.ofSeconds(number);
        case 'm' -> Duration.ofMinutes(number);
        case 'h' -> Duration.ofHours(number);
        case 'd' -> Duration.ofDays(number);
        default -> throw new NumberFormatException(text);
      };
    } catch (NumberFormatException | ArithmeticException e) {
      throw CliException.usage(
          flag + ": expected a span such as 90s, 30m, 2h or 7d; found " + text + ".");
    }
  }

  /** A moment: RFC 3339, or a span from now. */
  static Instant moment(String flag, String text) {
    if (!text.contains("T")) {
      return Instant.now().plus(parse(flag, text));
    }
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw CliException.usage(
          flag
              + ": expected a moment such as 2027-01-31T12:00:00Z, or a span; found "
              + text
              + ".");
    }
  }
}
