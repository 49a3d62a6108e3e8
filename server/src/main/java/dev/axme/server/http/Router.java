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

  /** A route's pattern, taken apart once: what comes before its long name, and what after. */
  private record Pattern(
      Route route, List<String> before, Optional<String> name, List<String> after) {
    static Pattern of(Route route) {
      List<String> parts = Route.split(route.pattern());
      for (int i = 0; i < parts.size(); i++) {
        String part = parts.get(i);
        if (part.endsWith("...}")) {
          return new Pattern(
              route,
              parts.subList(0, i),
              Optional.of(part.substring(1, part.length() - 4)),
              parts.subList(i + 1, parts.size()));
        }
      }
      return new Pattern(route, parts, Optional.empty(), List.of());
    }

    boolean fits(List<String> path) {
      int between = path.size() - before.size() - after.size();
      if (name.isEmpty() ? between != 0 : between < 1) {
        return false;
      }
      return fits(before, path.subList(0, before.size()))
          && fits(after, path.subList(path.size() - after.size(), path.size()))
          && (name.isEmpty() || !between(path).isEmpty());
    }

    private static boolean fits(List<String> parts, List<String> path) {
      for (int i = 0; i < parts.size(); i++) {
        boolean any = parts.get(i).startsWith("{");
        if (any ? path.get(i).isEmpty() : !parts.get(i).equals(path.get(i))) {
          return false;
        }
      }
      return true;
    }

    private String between(List<String> path) {
      return String.join("/", path.subList(before.size(), path.size() - after.size()));
    }

    Map<String, String> values(List<String> path) {
      Map<String, String> values = new LinkedHashMap<>();
      values(before, path.subList(0, before.size()), values);
      name.ifPresent(n -> values.put(n, between(path)));
      values(after, path.subList(path.size() - after.size(), path.size()), values);
      return values;
    }

    private static void values(List<String> parts, List<String> path, Map<String, String> values) {
      for (int i = 0; i < parts.size(); i++) {
        String part = parts.get(i);
        if (part.startsWith("{")) {
          values.put(part.substring(1, part.length() - 1), path.get(i));
        }
      }
    }
  }
}
