package dev.axme.server.links;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LinkLimitTest {
  private static final String ANN = "192.0.2.7";

  private final Clock clock = new Clock();
  private final LinkLimit limit = new LinkLimit(clock);

  private static final class Clock implements TimeMeter {
    private long nanos;

    @Override
    public long currentTimeNanos() {
      return nanos;
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }

  private void exhaust(String client) {
    for (int i = 0; i < LinkLimit.A_MINUTE; i++) {
      assertThat(limit.count(client)).as("request " + i).isEmpty();
    }
  }

  @Test
  void whoHasUsedAllUpIsToldHowLongToWaitAndMayGoOnThen() {
    exhaust(ANN);

    Optional<Duration> wait = limit.count(ANN);
    clock.nanos += wait.orElseThrow().toNanos();

    assertThat(wait.orElseThrow()).isBetween(Duration.ofMillis(1), Duration.ofSeconds(1));
    assertThat(limit.count(ANN)).isEmpty();
    assertThat(limit.count(ANN)).isPresent();
  }

  @Test
  void afterAMinuteAllOfItIsThereAgainAndNoMore() {
    exhaust(ANN);
    clock.nanos += Duration.ofHours(1).toNanos();

    exhaust(ANN);

    assertThat(limit.count(ANN)).isPresent();
  }

  @Test
  void oneClientDoesNotUseUpAnothers() {
    exhaust(ANN);

    assertThat(limit.count("192.0.2.8")).isEmpty();
    assertThat(limit.count("unknown")).isEmpty();
  }

  @Test
  void anotherAddressOfTheSameNetworkIsTheSameClient() {
    exhaust("2001:db8:0:1::1");

    assertThat(limit.count("2001:db8:0:1:ffff::2")).isPresent();
    assertThat(limit.count("2001:db8:0:2::1")).isEmpty();
    assertThat(limit.count("fe80:0:0:0:0:0:0:1%0")).isEmpty();
  }
}
