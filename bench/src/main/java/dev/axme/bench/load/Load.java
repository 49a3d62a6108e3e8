package dev.axme.bench.load;

import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * What one load run measured, warm-up excluded.
 *
 * @param seconds how long was measured
 * @param latency microseconds from sending a request to the last byte of its 2xx answer
 * @param refused answers other than 2xx, by status
 * @param generatorMicros CPU time that the generator itself spent on a request
 */
public record Load(
    double seconds, Histogram latency, Map<Integer, Long> refused, double generatorMicros) {

  public Load {
    refused = new TreeMap<>(refused);
  }

  /** Answers of 2xx a second. */
  public double rate() {
    return latency.getTotalCount() / seconds;
  }

  /** The latency in milliseconds below which this share of the answers stayed. */
  public double millisAt(double percentile) {
    return latency.getValueAtPercentile(percentile) / 1000.0;
  }
}
