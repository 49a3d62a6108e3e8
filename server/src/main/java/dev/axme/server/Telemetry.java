package dev.axme.server;

import dev.axme.engine.Attempt;
import dev.axme.engine.EngineMetrics;
import dev.axme.server.http.Observer;
import dev.axme.server.metrics.Metrics;
import dev.axme.server.traces.ParcelTraces;
import dev.axme.server.traces.Spans;
import dev.axme.store.Parcel;
import dev.axme.store.Store;
import dev.axme.store.StoreException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everybody who hears of what a server does: its measurements, and its traces if they are on. */
final class Telemetry implements AutoCloseable {
  private final Metrics metrics = new Metrics(Server.VERSION);
  private final Optional<Spans> spans;

  /** {@code variables} are those of OpenTelemetry. */
  Telemetry(Store store, Map<String, String> variables) {
    this.spans = Spans.of(variables, Server.VERSION, new ParcelTraces(store)::of);
  }

  Metrics metrics() {
    return metrics;
  }

  Observer http() {
    return spans
        .<Observer>map(
            s ->
                answered -> {
                  metrics.http().answered(answered);
                  s.answered(answered);
                })
        .orElse(metrics.http());
  }

  EngineMetrics engine() {
    return spans
        .<EngineMetrics>map(s -> new Several(List.of(metrics.engine(), s)))
        .orElse(metrics.engine());
  }

  private record Several(List<EngineMetrics> all) implements EngineMetrics {
    @Override
    public void committed(int commands, long bytes, long nanos) {
      all.forEach(m -> m.committed(commands, bytes, nanos));
    }

    @Override
    public void failed(StoreException.Kind kind) {
      all.forEach(m -> m.failed(kind));
    }

    @Override
    public void woken(long nanos) {
      all.forEach(m -> m.woken(nanos));
    }

    @Override
    public void sent(Parcel parcel, Attempt attempt) {
      all.forEach(m -> m.sent(parcel, attempt));
    }
  }

  @Override
  public void close() {
    spans.ifPresent(Spans::close);
    metrics.close();
  }
}
