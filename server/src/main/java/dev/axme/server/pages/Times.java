package dev.axme.server.pages;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Times in words, seen from one moment in one time zone. */
public final class Times {

  private static final DateTimeFormatter EXACT = format("d MMMM uuuu, HH:mm:ss zzz");
  private static final DateTimeFormatter WHOLE = format("EEEE, d MMMM uuuu, HH:mm zzz");
  private static final DateTimeFormatter CLOCK_AND_DAY = format("HH:mm zzz 'on' EEEE, d MMMM uuuu");
  private static final DateTimeFormatter CLOCK = format("HH:mm");
  private static final DateTimeFormatter WEEKDAY = format("EEEE HH:mm");
  private static final DateTimeFormatter DAY = format("d MMMM, HH:mm");
  private static final DateTimeFormatter YEAR = format("d MMMM uuuu, HH:mm");

  private final Instant now;
  private final ZoneId zone;

  Times(Instant now, ZoneId zone) {
    this.now = now;
    this.zone = zone;
  }

  private static DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
  }

  /** How long ago: "12 minutes ago", "yesterday 14:48", "3 November, 09:00". */
  public When ago(Instant at) {
    Duration past = Duration.between(at, now);
    boolean today = past.compareTo(Duration.ofHours(24)) < 0 && !past.isNegative();
    if (!today) {
      return past.isNegative() && past.compareTo(Duration.ofMinutes(-1)) > 0
          ? when("just now", at)
          : clock(at);
    }
    long seconds = past.toSeconds();
    if (seconds < 45) {
      return when("just now", at);
    }
    long minutes = Math.max(1, past.toMinutes());
    String text = minutes < 60 ? count(minutes, "minute") : count(minutes / 60, "hour");
    return when(text + " ago", at);
  }

  /** When, near dates by their names: "14:48", "tomorrow 09:00", "Thursday 09:00". */
  public When clock(Instant at) {
    return when(named(at, ""), at);
  }

  /** As {@link #clock}, for the middle of a sentence: "today 14:48". */
  public When due(Instant at) {
    return when(named(at, "today "), at);
  }

  /** For readers of another day: "Thursday, 26 November 2026, 09:00 CET". */
  String whole(Instant at) {
    return WHOLE.format(at.atZone(zone));
  }

  /** The same the other way round: "09:00 CET on Thursday, 26 November 2026". */
  String clockAndDay(Instant at) {
    return CLOCK_AND_DAY.format(at.atZone(zone));
  }

  /** How much time is left: "38 minutes", "6 days", "time is up". */
  public When left(Instant at) {
    Duration rest = Duration.between(now, at);
    if (rest.isNegative() || rest.isZero()) {
      return when("time is up", at);
    }
    long minutes = rest.toMinutes();
    if (minutes < 1) {
      return when("under a minute", at);
    }
    if (minutes < 120) {
      return when(count(minutes, "minute"), at);
    }
    long hours = rest.toHours();
    return when(hours < 48 ? count(hours, "hour") : count(hours / 24, "day"), at);
  }

  /** Whether little time is left, so that a list should say so in colour. */
  public boolean soon(Instant at) {
    return Duration.between(now, at).compareTo(Duration.ofHours(1)) < 0;
  }

  private String named(Instant at, String today) {
    ZonedDateTime local = at.atZone(zone);
    LocalDate here = now.atZone(zone).toLocalDate();
    long days = ChronoUnit.DAYS.between(here, local.toLocalDate());
    if (days == 0) {
      return today + CLOCK.format(local);
    }
    if (days == 1 || days == -1) {
      return (days == 1 ? "tomorrow " : "yesterday ") + CLOCK.format(local);
    }
    if (days > 1 && days < 7) {
      return WEEKDAY.format(local);
    }
    return (local.getYear() == here.getYear() ? DAY : YEAR).format(local);
  }

  private static String count(long n, String unit) {
    return n + " " + unit + (n == 1 ? "" : "s");
  }

  private When when(String text, Instant at) {
    return new When(text, EXACT.format(at.atZone(zone)), at.toString());
  }
}
