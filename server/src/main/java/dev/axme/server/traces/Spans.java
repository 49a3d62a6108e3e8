package dev.axme.server.traces;

import dev.axme.engine.EngineMetrics;
import dev.axme.server.http.Observer;
import dev.axme.store.Parcel;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a collector of requests, commits and deliveries, as spans. Off unless the standard {@code
 * OTEL_} variables name a collector; then no class of the exporter is loaded.
 */
public interface Spans extends Observer, EngineMetrics, AutoCloseable {
  @Override
  void close();

  /**
   * Spans as the variables say; empty when they want none, or cannot be had: a server whose traces
   * go nowhere serves all the same.
   *
   * @param traces the trace of what a parcel is about; asked on the thread that sent it, may block
   */
  static Optional<Spans> of(
      Map<String, String> variables,
      String version,
      Function<Parcel, Optional<TraceParent>> traces) {
    if (!wanted(variables)) {
      return Optional.empty();
    }
    Logger log = LoggerFactory.getLogger(Spans.class);
    try {
      Spans spans = OpenTelemetrySpans.of(variables, version, traces);
      log.info("Traces are exported as the OTEL_ variables say");
      return Optional.of(spans);
    } catch (RuntimeException e) {
      log.warn("Traces are not exported, the OTEL_ variables do not fit: {}", reason(e));
      return Optional.empty();
    }
  }

  /** What is behind an error says more than the error. */
  private static String reason(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }

  /** The standard's own default is a collector on this machine; here somebody has to name one. */
  private static boolean wanted(Map<String, String> variables) {
    if (variables.getOrDefault("OTEL_SDK_DISABLED", "").equalsIgnoreCase("true")) {
      return false;
    }
    String exporter = variables.getOrDefault("OTEL_TRACES_EXPORTER", "");
    return exporter.isEmpty()
        ? variables.containsKey("OTEL_EXPORTER_OTLP_ENDPOINT")
            || variables.containsKey("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
        : !exporter.equals("none");
  }
}
