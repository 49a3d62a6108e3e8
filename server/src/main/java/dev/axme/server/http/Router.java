package dev.axme.server.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The table of routes, in the order in which they are tried. */
public final class Router {
  private final List<Route> routes;

  public Router(List<Route> routes) {
    this.routes = List.copyOf(routes);
  }

  /** Every route of the running server. */
  public List<Route> routes() {
    return routes;
  }

  /** A route and what its pattern's names stand for. */
  record Match(Route route, Map<String, String> values) {}

  /**
   * Finds the route.
   *
   * @throws Problem 404, or 405 with the methods that the path has
   */
  Match find(String method, String path) {
    String wanted = method.equals("HEAD") ? "GET" : method;
    List<String> others = new ArrayList<>();
    for (Route route : routes) {
      Optional<Map<String, String>> values = route.match(path);
      if (values.isPresent() && route.method().equals(wanted)) {
        return new Match(route, values.get());
      }
      values.ifPresent(_ -> others.add(route.method()));
    }
    if (others.isEmpty()) {
      throw new Problem(
          404, "not_found", "There is nothing at " + path + ". /openapi.json lists what there is.");
    }
    throw new Problem(
        405,
        "method_not_allowed",
        path + " takes " + String.join(", ", others) + ", not " + method + ".");
  }
}
