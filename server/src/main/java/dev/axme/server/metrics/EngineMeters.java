package dev.axme.server.metrics;

import dev.axme.engine.Attempt;
import dev.axme.engine.EngineMetrics;
import dev.axme.store.Parcel;
import dev.axme.store.StoreException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** What the engine does, as meters: a few records for each batch, nothing for each command. */
final class EngineMeters implements EngineMetrics {
  private record Sent(String channel, Attempt.Result result) {}

  private final MeterRegistry registry;
  private final Timer commits;
  private final DistributionSummary commands;
  private final DistributionSummary bytes;
  private final Timer wakes;
  private final Map<StoreException.Kind, Counter> failures =
      new EnumMap<>(StoreException.Kind.class);
  private final Map<Sent, Timer> attempts = new ConcurrentHashMap<>();

  EngineMeters(MeterRegistry registry) {
    this.registry = registry;
    this.commits =
        Buckets.timer(
                "axme.commit.duration", "Time of a transaction, from its begin until it is on disk")
            .register(registry);
    this.commands =
        DistributionSummary.builder("axme.commit.commands")
            .description("Commands in a transaction")
            .serviceLevelObjectives(1, 2, 4, 8, 16, 32, 64, 128, 256, 512)
            .register(registry);
    this.bytes =
        DistributionSummary.builder("axme.commit.bytes")
            .description("Bytes in a transaction: payloads, and half a KiB for each command")
            .serviceLevelObjectives(
                1 << 10, 1 << 12, 1 << 14, 1 << 16, 1 << 18, 1 << 20, 1 << 22, 1 << 24)
            .register(registry);
    this.wakes =
        Buckets.timer(
                "axme.decide.to.wake",
                "Time from the commit of a decision until it is written to a stream that waits")
            .register(registry);
    for (StoreException.Kind kind : StoreException.Kind.values()) {
      failures.put(
          kind,
          Counter.builder("axme.commit.failures")
              .description("Transactions that failed, by reason")
              .tag("kind", word(kind))
              .register(registry));
    }
  }

  @Override
  public void committed(int inBatch, long ofBytes, long nanos) {
    commits.record(nanos, TimeUnit.NANOSECONDS);
    commands.record(inBatch);
    bytes.record((double) ofBytes);
  }

  @Override
  public void failed(StoreException.Kind kind) {
    Counter counter = failures.get(kind);
    if (counter != null) {
      counter.increment();
    }
  }

  @Override
  public void woken(long nanos) {
    wakes.record(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void sent(Parcel parcel, Attempt attempt) {
    attempts
        .computeIfAbsent(new Sent(parcel.channel(), attempt.result()), this::attempts)
        .record(attempt.took());
  }

  private Timer attempts(Sent sent) {
    return Buckets.timer("axme.outbox.attempt.duration", "Time of an attempt to send, by outcome")
        .tag("channel", sent.channel())
        .tag("result", word(sent.result()))
        .register(registry);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
