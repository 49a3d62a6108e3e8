package dev.axme.server.metrics;

import dev.axme.store.Outbox;
import dev.axme.store.Parcel;
import dev.axme.store.Store;
import dev.axme.store.StoreException;
import dev.axme.store.Waiting;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What waits in the store, which is asked at most every ten seconds however often somebody looks.
 * While it does not answer there is nothing to say, and {@code axme_store_up} says that.
 */
final class StoreMeters {
  private static final Duration KEPT = Duration.ofSeconds(10);
  private static final List<String> AGES =
      List.of("below_1m", "1m_to_10m", "10m_to_1h", "1h_to_8h", "8h_to_1d", "1d_to_7d", "above_7d");

  private record Reading(Instant at, Waiting waiting, List<Outbox.Depth> outbox) {}

  private final Store store;
  private final MultiGauge tasks;
  private final MultiGauge parcels;
  private final MultiGauge oldest;
  private final MultiGauge timers;
  private final MultiGauge oldestTimer;
  private long readAt = System.nanoTime() - KEPT.toNanos();
  private volatile boolean up;

  StoreMeters(Store store, MeterRegistry registry) {
    this.store = store;
    this.tasks = gauges(registry, "axme.open.tasks", "Questions that wait for people, by age");
    this.timers = gauges(registry, "axme.timers.overdue", "Timers that are due and have not fired");
    this.oldestTimer =
        gauges(
            registry, "axme.timers.overdue.oldest.seconds", "Since when the first of them is due");
    this.parcels = gauges(registry, "axme.outbox.parcels", "What leaves the server, by state");
    this.oldest =
        gauges(
            registry, "axme.outbox.oldest.seconds", "Age of the oldest that is still to be sent");
    Gauge.builder("axme.store.up", this, meters -> meters.up ? 1 : 0)
        .description("Whether the store answers")
        .strongReference(true)
        .register(registry);
  }

  private static MultiGauge gauges(MeterRegistry registry, String name, String meaning) {
    return MultiGauge.builder(name).description(meaning).register(registry);
  }

  /** Asks the store, unless it has just been asked; blocks. */
  synchronized void read() {
    if (System.nanoTime() - readAt < KEPT.toNanos()) {
      return;
    }
    try {
      Instant now = store.now();
      show(new Reading(now, store.waiting(now), store.outbox().depths()));
      up = true;
    } catch (StoreException e) {
      List.of(tasks, timers, oldestTimer, parcels, oldest)
          .forEach(g -> g.register(List.of(), true));
      up = false;
    }
    readAt = System.nanoTime();
  }

  private void show(Reading reading) {
    List<MultiGauge.Row<?>> ages = new ArrayList<>();
    for (int i = 0; i < AGES.size(); i++) {
      ages.add(row(Tags.of("age", AGES.get(i)), reading.waiting().openTasks().get(i)));
    }
    tasks.register(ages, true);
    timers.register(List.of(row(Tags.empty(), reading.waiting().overdueTimers())), true);
    double late = reading.waiting().oldestTimer().map(at -> seconds(at, reading.at())).orElse(0.0);
    oldestTimer.register(List.of(row(Tags.empty(), late)), true);
    parcels.register(reading.outbox().stream().map(StoreMeters::parcels).toList(), true);
    oldest.register(
        reading.outbox().stream()
            .filter(d -> d.state() == Parcel.State.PENDING)
            .map(d -> row(Tags.of("channel", d.channel()), seconds(d.oldest(), reading.at())))
            .toList(),
        true);
  }

  private static MultiGauge.Row<?> parcels(Outbox.Depth depth) {
    String state = depth.state().name().toLowerCase(Locale.ROOT);
    return row(Tags.of("channel", depth.channel(), "state", state), depth.count());
  }

  private static MultiGauge.Row<?> row(Tags tags, Number value) {
    return MultiGauge.Row.of(tags, value);
  }

  private static double seconds(Instant from, Instant to) {
    return Math.max(0, Duration.between(from, to).toMillis() / 1_000.0);
  }
}
