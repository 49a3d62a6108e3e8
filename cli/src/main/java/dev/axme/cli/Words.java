package dev.axme.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Locale;

/**
 * Values as people say them. Text from elsewhere passes {@link #safe}, so that it cannot steer a
 * terminal.
 */
final class Words {
  private Words() {}

  /** The text without characters that move the cursor, colour, or turn the direction of reading. */
  static String safe(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            point -> {
              if (point == '\n' || point == '\t') {
                clean.append(' ');
              } else if (Character.isISOControl(point) || steersDirection(point)) {
                clean.append('\uFFFD');
              } else {
                clean.appendCodePoint(point);
              }
            });
    return clean.toString();
  }

  private static boolean steersDirection(int point) {
    return (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
  }

  /** "3 minutes ago". */
  static String ago(Instant then) {
    Duration span = Duration.between(then, Instant.now());
    return span.toSeconds() < 5 ? "just now" : span(span) + " ago";
  }

  /** "in 2 hours". */
  static String ahead(Instant then) {
    Duration span = Duration.between(Instant.now(), then);
    return span.isNegative() ? span(span.negated()) + " ago" : "in " + span(span);
  }

  /** "3 minutes", in the largest unit that fits. */
  static String span(Duration span) {
    long seconds = Math.max(0, span.toSeconds());
    if (seconds < 90) {
      return counted(seconds, "second");
    } else if (seconds < 90 * 60) {
      return counted((seconds + 30) / 60, "minute");
    } else if (seconds < 36 * 3_600) {
      return counted((seconds + 1_800) / 3_600, "hour");
    }
    return counted((seconds + 43_200) / 86_400, "day");
  }

  /** "1 task", "2 tasks". */
  static String counted(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  /** "2026-11-24 10:15", where the reader is. */
  static String local(Instant moment) {
    LocalDateTime local = LocalDateTime.ofInstant(moment, ZoneId.systemDefault());
    return local.toLocalDate() + " " + two(local.getHour()) + ":" + two(local.getMinute());
  }

  /** "10:15:02", where the reader is. */
  static String clock(Instant moment) {
    LocalDateTime local = LocalDateTime.ofInstant(moment, ZoneId.systemDefault());
    return two(local.getHour()) + ":" + two(local.getMinute()) + ":" + two(local.getSecond());
  }

  /** The last part of an address: what people call an agent. */
  static String shortName(String address) {
    return address.substring(address.lastIndexOf('/') + 1);
  }

  /** "IN_PROGRESS" as "in progress". */
  static String lower(String constant) {
    return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  static String cut(String text, int width) {
    return text.length() <= width ? text : text.substring(0, Math.max(0, width - 1)) + "…";
  }

  private static String two(int number) {
    return number < 10 ? "0" + number : Integer.toString(number);
  }
}
