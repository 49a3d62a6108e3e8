package dev.axme.server.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One route of the server.
 *
 * @param pattern path with names in braces, {@code /v1/intents/{id}}; a last {@code {name...}}
 *     takes the rest of the path, slashes and all
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

  /** The values of the pattern's names if {@code path} fits, still percent-encoded. */
  Optional<Map<String, String>> match(String path) {
    List<String> want = split(pattern);
    List<String> have = split(path);
    Map<String, String> values = new TreeMap<>();
    for (int i = 0; i < want.size(); i++) {
      String part = want.get(i);
      if (part.endsWith("...}")) {
        String rest = String.join("/", have.subList(Math.min(i, have.size()), have.size()));
        values.put(part.substring(1, part.length() - 4), rest);
        return rest.isEmpty() ? Optional.empty() : Optional.of(values);
      }
      if (i >= have.size()) {
        return Optional.empty();
      }
      if (part.startsWith("{")) {
        if (have.get(i).isEmpty()) {
          return Optional.empty();
        }
        values.put(part.substring(1, part.length() - 1), have.get(i));
      } else if (!part.equals(have.get(i))) {
        return Optional.empty();
      }
    }
    return want.size() == have.size() ? Optional.of(values) : Optional.empty();
  }

  private static List<String> split(String path) {
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
