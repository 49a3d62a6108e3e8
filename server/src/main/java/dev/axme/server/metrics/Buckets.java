package dev.axme.server.metrics;

import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.stream.LongStream;

/** The bounds of histograms: few enough to store, close enough to see a tail grow. */
final class Buckets {
  private static final Duration[] TIMES =
      LongStream.of(
              500,
              1_000,
              2_500,
              5_000,
              10_000,
              25_000,
              50_000,
              100_000,
              250_000,
              500_000,
              1_000_000,
              2_500_000,
              5_000_000,
              10_000_000)
          .mapToObj(micros -> Duration.ofNanos(micros * 1_000))
          .toArray(Duration[]::new);

  private Buckets() {}

  /** A histogram of times, from half a millisecond to ten seconds. */
  static Timer.Builder timer(String name, String meaning) {
    return Timer.builder(name).description(meaning).serviceLevelObjectives(TIMES);
  }
}
