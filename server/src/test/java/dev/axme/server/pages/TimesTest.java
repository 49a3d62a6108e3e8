package dev.axme.server.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class TimesTest {

  private static final Instant NOW = Instant.parse("2026-11-24T14:00:00Z");
  private static final Times TIMES = new Times(NOW, ZoneId.of("Europe/Berlin"));

  private static String ago(Duration past) {
    return TIMES.ago(NOW.minus(past)).text();
  }

  @Test
  void thePastIsToldFromHere() {
    assertThat(ago(Duration.ofSeconds(10))).isEqualTo("just now");
    assertThat(ago(Duration.ofSeconds(50))).isEqualTo("1 minute ago");
    assertThat(ago(Duration.ofMinutes(12))).isEqualTo("12 minutes ago");
    assertThat(ago(Duration.ofHours(5))).isEqualTo("5 hours ago");
    assertThat(ago(Duration.ofHours(30))).isEqualTo("yesterday 09:00");
    assertThat(ago(Duration.ofDays(30))).isEqualTo("25 October, 15:00");
    assertThat(ago(Duration.ofDays(400))).isEqualTo("20 October 2025, 16:00");
    assertThat(ago(Duration.ofSeconds(-2))).isEqualTo("just now");
  }

  @Test
  void theFutureHasNearNames() {
    assertThat(TIMES.due(NOW.plusSeconds(3600)).text()).isEqualTo("today 16:00");
    assertThat(TIMES.clock(NOW.plusSeconds(3600)).text()).isEqualTo("16:00");
    assertThat(TIMES.due(NOW.plus(Duration.ofDays(1))).text()).isEqualTo("tomorrow 15:00");
    assertThat(TIMES.due(NOW.plus(Duration.ofDays(3))).text()).isEqualTo("Friday 15:00");
    assertThat(TIMES.due(NOW.plus(Duration.ofDays(7))).text()).isEqualTo("1 December, 15:00");
  }

  @Test
  void theTimeLeftIsRoundedDown() {
    assertThat(TIMES.left(NOW.plusSeconds(20)).text()).isEqualTo("under a minute");
    assertThat(TIMES.left(NOW.plusSeconds(119 * 60)).text()).isEqualTo("119 minutes");
    assertThat(TIMES.left(NOW.plusSeconds(47 * 3600)).text()).isEqualTo("47 hours");
    assertThat(TIMES.left(NOW.plusSeconds(49 * 3600)).text()).isEqualTo("2 days");
    assertThat(TIMES.left(NOW).text()).isEqualTo("time is up");
  }

  @Test
  void theExactTimeNamesItsZone() {
    assertThat(TIMES.ago(NOW).exact()).isEqualTo("24 November 2026, 15:00:00 CET");
    assertThat(TIMES.ago(NOW).iso()).isEqualTo("2026-11-24T14:00:00Z");
  }
}
