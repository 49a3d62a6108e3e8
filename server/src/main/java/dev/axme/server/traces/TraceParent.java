package dev.axme.server.traces;

import java.util.Optional;

/**
 * A valid {@code traceparent} of W3C Trace Context: which trace, which span of it, and whether it
 * is recorded. One of a later version is read as what this version knows of it.
 */
public record TraceParent(String traceId, String parentId, String flags) {
  private static final int LENGTH = 55;

  /** Reads a header; empty for everything that is none: a trace is a courtesy, never an error. */
  public static Optional<TraceParent> of(String header) {
    String text = header.strip();
    if (text.length() < LENGTH
        || text.charAt(2) != '-'
        || text.charAt(35) != '-'
        || text.charAt(52) != '-'
        || !hex(text.substring(0, 2))
        || text.startsWith("ff")) {
      return Optional.empty();
    }
    boolean known = text.startsWith("00");
    if (text.length() > LENGTH && (known || text.charAt(LENGTH) != '-')) {
      return Optional.empty();
    }
    String trace = text.substring(3, 35);
    String parent = text.substring(36, 52);
    String flags = text.substring(53, LENGTH);
    return names(trace) && names(parent) && hex(flags)
        ? Optional.of(new TraceParent(trace, parent, known ? flags : sampledOnly(flags)))
        : Optional.empty();
  }

  private static String sampledOnly(String flags) {
    return Character.digit(flags.charAt(1), 16) % 2 == 1 ? "01" : "00";
  }

  /** A name that is all zeros names nothing. */
  private static boolean names(String id) {
    return hex(id) && id.chars().anyMatch(c -> c != '0');
  }

  private static boolean hex(String text) {
    return text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
  }

  /** The header. */
  @Override
  public String toString() {
    return "00-" + traceId + "-" + parentId + "-" + flags;
  }
}
