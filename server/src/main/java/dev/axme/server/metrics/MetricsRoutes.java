package dev.axme.server.metrics;

import dev.axme.server.http.Call;
import dev.axme.server.http.Reply;
import dev.axme.server.http.Response;
import dev.axme.server.http.Route;
import java.util.List;

/** {@code GET /metrics}. */
public final class MetricsRoutes {
  private final Metrics metrics;

  public MetricsRoutes(Metrics metrics) {
    this.metrics = metrics;
  }

  /** The route, for whoever may read it. */
  public List<Route> routes(Route.Access access) {
    return List.of(new Route("GET", "/metrics", access, Route.Where.WORKER, this::read));
  }

  private Reply read(Call call) {
    Metrics.Form form = Metrics.Form.of(call.header("accept").stream().toList());
    return new Reply.Now(Response.text(200, form.contentType(), metrics.text(form)));
  }
}
