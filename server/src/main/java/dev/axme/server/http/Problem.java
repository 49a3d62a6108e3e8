package dev.axme.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An error on its way to the client: a status, a stable code and a sentence that says what to do.
 * Its body has the protocol's members (section 1.11) and RFC 9457's.
 */
public final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final int LONGEST = 600;

  private final int status;
  private final String code;
  private final transient ObjectNode details;
  private final transient Map<String, String> headers = new LinkedHashMap<>();

  /** A problem without details. */
  public Problem(int status, String code, String message) {
    this(status, code, message, Json.object());
  }

  /** A problem with {@code error.details}. */
  public Problem(int status, String code, String message, ObjectNode details) {
    super(line(message), null, false, false);
    this.status = status;
    this.code = code;
    this.details = details;
  }

  /** One line of a sane length, whatever it quotes of what a client sent. */
  private static String line(String message) {
    StringBuilder line = new StringBuilder();
    message
        .codePoints()
        .limit(LONGEST)
        .map(c -> unsafe(c) ? ' ' : c)
        .forEachOrdered(line::appendCodePoint);
    return message.length() > LONGEST ? line.append("…").toString() : line.toString();
  }

  private static boolean unsafe(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }

  /** 422 about one field. */
  public static Problem invalid(String field, String message) {
    return new Problem(
        422, "validation_error", field + " " + message, Json.object().put("field", field));
  }

  /** 404; the same for what does not exist and for what belongs to somebody else. */
  public static Problem notFound(String what) {
    return new Problem(404, "not_found", "There is no " + what + " here.");
  }

  /** 405 with {@code Allow}. */
  static Problem notAllowed(String method, String path, List<String> allowed) {
    String methods = String.join(", ", allowed);
    Problem problem =
        new Problem(
            405, "method_not_allowed", path + " takes " + methods + ", not " + method + ".");
    problem.headers.put("Allow", methods);
    return problem;
  }

  /** 503 with {@code Retry-After}. */
  public static Problem unavailable(String why, long seconds) {
    Problem problem =
        new Problem(
            503,
            "store_unavailable",
            "Nothing is acknowledged: "
                + why
                + ". Repeat the request in a moment, with the same Idempotency-Key.");
    problem.headers.put("Retry-After", Long.toString(seconds));
    return problem;
  }

  /** 429 with {@code Retry-After}. */
  public static Problem tooMany(String why, Duration wait) {
    Problem problem = new Problem(429, "rate_limit_exceeded", why);
    problem.headers.put(
        "Retry-After", Long.toString(Math.max(1, wait.plusMillis(999).toSeconds())));
    return problem;
  }

  /** The same problem in other words. */
  public Problem saying(String sentence) {
    return saying(sentence, details);
  }

  /** The same problem in other words, with other details. */
  public Problem saying(String sentence, ObjectNode more) {
    return new Problem(this.status, code, sentence, more);
  }

  public int status() {
    return status;
  }

  public String code() {
    return code;
  }

  /** The message, which is never null. */
  public String sentence() {
    return Optional.ofNullable(getMessage()).orElse(code);
  }

  /** The answer; {@code requestId} says which line of the log is about it. */
  public Response response(String requestId) {
    ObjectNode body = Json.object();
    body.put("type", "about:blank");
    body.put("title", title(status));
    body.put("status", status);
    body.put("detail", sentence());
    body.put("request_id", requestId);
    ObjectNode error = body.putObject("error");
    error.put("code", code).put("message", sentence());
    error.set("details", details);
    details.properties().stream()
        .filter(p -> p.getKey().equals("service_account"))
        .forEach(p -> body.set(p.getKey(), p.getValue()));
    return new Response(status, "application/problem+json", Json.bytes(body), headers);
  }

  private static String title(int status) {
    return switch (status) {
      case 400 -> "Bad request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not found";
      case 405 -> "Method not allowed";
      case 409 -> "Conflict";
      case 410 -> "Gone";
      case 413 -> "Content too large";
      case 421 -> "Misdirected request";
      case 422 -> "Unprocessable content";
      case 429 -> "Too many requests";
      case 503 -> "Service unavailable";
      default -> "Internal error";
    };
  }
}
