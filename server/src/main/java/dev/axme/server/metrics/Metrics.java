package dev.axme.server.metrics;

import dev.axme.engine.Engine;
import dev.axme.engine.EngineMetrics;
import dev.axme.server.http.Observer;
import dev.axme.store.Store;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What one server measures. The parts that work tell it through {@link #engine} and {@link #http};
 * how much there is of something is looked up when somebody reads.
 */
public final class Metrics implements AutoCloseable {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final EngineMeters engine = new EngineMeters(registry);
  private final HttpMeters http = new HttpMeters(registry);
  private final JvmGcMetrics gc = new JvmGcMetrics();

  /** What tells of the Java machine takes a tenth of a second to load: nobody waits for it. */
  private final Thread machine =
      Thread.ofPlatform().daemon().name("axme-metrics").unstarted(this::measureMachine);

  private volatile @Nullable StoreMeters store;

  /** Measures a program of this version. */
  public Metrics(String version) {
    Gauge.builder("axme.build.info", () -> 1)
        .description("Which program runs; always 1")
        .tag("version", version)
        .tag("java", Runtime.version().toString())
        .register(registry);
  }

  private void measureMachine() {
    gc.bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
  }

  /** Who hears what the engine does. */
  public EngineMetrics engine() {
    return engine;
  }

  /** Who hears of requests. */
  public Observer http() {
    return http;
  }

  /** From now on says how much there is of what these hold, too. */
  public void over(Store kept, Engine running, IntSupplier openStreams) {
    Gauge.builder("axme.queue.commands", running, Engine::waiting)
        .description("Commands that wait for the committer")
        .strongReference(true)
        .register(registry);
    Gauge.builder("axme.open.streams", () -> openStreams.getAsInt())
        .description("Streams that clients follow")
        .strongReference(true)
        .register(registry);
    store = new StoreMeters(kept, registry);
    machine.start();
  }

  /** All of it in the form that is asked for; asks the store, and so may block. */
  public String text(Form form) {
    StoreMeters meters = store;
    if (meters != null) {
      ready();
      meters.read();
    }
    return registry.scrape(form.contentType());
  }

  private void ready() {
    try {
      machine.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** How it is written down. */
  public enum Form {
    PROMETHEUS("text/plain; version=0.0.4; charset=utf-8"),
    OPEN_METRICS("application/openmetrics-text; version=1.0.0; charset=utf-8");

    private final String contentType;

    Form(String contentType) {
      this.contentType = contentType;
    }

    String contentType() {
      return contentType;
    }

    /** The form for a client that accepts this. */
    static Form of(List<String> accept) {
      return accept.stream().anyMatch(a -> a.contains("application/openmetrics-text"))
          ? OPEN_METRICS
          : PROMETHEUS;
    }
  }

  @Override
  public void close() {
    ready();
    gc.close();
    registry.close();
  }
}
