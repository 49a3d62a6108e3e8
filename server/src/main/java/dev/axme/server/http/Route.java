package dev.axme.server.http;

import java.util.ArrayList;
import java.util.List;

/**
 * One route of the server.
 *
 * @param pattern path with names in braces, {@code /v1/intents/{id}}; one {@code {name...}} takes
 *     as many parts as there are, slashes and all
 */
public record Route(String method, String pattern, Access access, Where where, Handler handler) {
  /** Who may call it at all. */
  public enum Access {
    /** Anybody. */
    PUBLIC,
    /** A valid key, an agent's or a person's. */
    MACHINE,
    /** A person's login key. */
    PERSON,
    /** A person who owns or administers the workspace. */
    ADMIN,
    /** A page: it looks for the browser's session itself and answers HTML. */
    PAGE
  }

  /** Where the handler begins. */
  public enum Where {
    /** On the event loop: it must not block. */
    LOOP,
    /** On a worker of its own, where it may. */
    WORKER
  }

  /** The parts of a path between its slashes; empty ones are kept. */
  static List<String> split(String path) {
    List<String> parts = new ArrayList<>();
    int from = 1;
    for (int slash = path.indexOf('/', 1); slash >= 0; slash = path.indexOf('/', from)) {
      parts.add(path.substring(from, slash));
      from = slash + 1;
    }
    parts.add(path.substring(Math.min(from, path.length())));
    return parts;
  }
}
