package dev.axme.server.metrics;

import dev.axme.server.http.Observer;
import dev.axme.server.http.Route;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Requests by route, method and class of status. What no route answers is counted as one. */
final class HttpMeters implements Observer {
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private record Kind(String method, String route, int statusClass) {}

  private final MeterRegistry registry;
  private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();

  HttpMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void answered(Answered answered) {
    String method = answered.call().method();
    Optional<Route> route = answered.route();
    Kind kind =
        new Kind(
            METHODS.contains(method) ? method : "other",
            route.map(Route::pattern).orElse("none"),
            answered.status() / 100);
    timers.computeIfAbsent(kind, this::timer).record(answered.nanos(), TimeUnit.NANOSECONDS);
  }

  private Timer timer(Kind kind) {
    return Buckets.timer(
            "axme.http.request.duration",
            "Time from a request's last byte until its answer, or its stream, begins")
        .tag("method", kind.method())
        .tag("route", kind.route())
        .tag("status", kind.statusClass() + "xx")
        .register(registry);
  }
}
