package dev.axme.server.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The table of routes, in the order in which they are tried. */
public final class Router {
  private final List<Route> routes;
  private final List<Pattern> patterns;

  public Router(List<Route> routes) {
    this.routes = List.copyOf(routes);
    this.patterns = this.routes.stream().map(Pattern::of).toList();
  }

  /** Every route of the running server. */
  public List<Route> routes() {
    return routes;
  }

  /** A route and what its pattern's names stand for, still percent-encoded. */
  record Match(Route route, Map<String, String> values) {}

  /**
   * Finds the route.
   *
   * @throws Problem 404, or 405 with the methods that the path has
   */
  Match find(String method, String path) {
    String wanted = method.equals("HEAD") ? "GET" : method;
    List<String> parts = Route.split(path);
    List<String> others = new ArrayList<>();
    for (Pattern pattern : patterns) {
      if (pattern.fits(parts)) {
        Route route = pattern.route();
        if (route.method().equals(wanted)) {
          return new Match(route, pattern.values(parts));
        }
        others.add(route.method());
      }
    }
    if (others.isEmpty()) {
      throw new Problem(
          404, "not_found", "There is nothing at " + path + ". /openapi.json lists what there is.");
    }
    throw Problem.notAllowed(method, path, others);
  }

  /** A route's pattern, taken apart once. */
  private record Pattern(Route route, List<String> parts, Optional<String> rest) {
    static Pattern of(Route route) {
      List<String> parts = Route.split(route.pattern());
      String last = parts.getLast();
      return last.endsWith("...}")
          ? new Pattern(
              route,
              parts.subList(0, parts.size() - 1),
              Optional.of(last.substring(1, last.length() - 4)))
          : new Pattern(route, parts, Optional.empty());
    }

    boolean fits(List<String> path) {
      if (rest.isEmpty() ? path.size() != parts.size() : path.size() <= parts.size()) {
        return false;
      }
      for (int i = 0; i < parts.size(); i++) {
        boolean any = parts.get(i).startsWith("{");
        if (any ? path.get(i).isEmpty() : !parts.get(i).equals(path.get(i))) {
          return false;
        }
      }
      return rest.isEmpty() || !String.join("/", path.subList(parts.size(), path.size())).isEmpty();
    }

    Map<String, String> values(List<String> path) {
      Map<String, String> values = new LinkedHashMap<>();
      for (int i = 0; i < parts.size(); i++) {
        String part = parts.get(i);
        if (part.startsWith("{")) {
          values.put(part.substring(1, part.length() - 1), path.get(i));
        }
      }
      rest.ifPresent(
          name -> values.put(name, String.join("/", path.subList(parts.size(), path.size()))));
      return values;
    }
  }
}
