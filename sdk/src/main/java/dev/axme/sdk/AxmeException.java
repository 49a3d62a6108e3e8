package dev.axme.sdk;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The server refused, or could not be reached. {@link #status()} is the HTTP status, 0 when no
 * answer came; {@link #code()} is the stable word to branch on ({@code intent_terminal}, {@code
 * human_decision_required}, ...).
 */
public final class AxmeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final String detail;
  private final @Nullable String requestId;
  private final @Nullable Duration retryAfter;

  AxmeException(
      int status,
      String code,
      String detail,
      @Nullable String requestId,
      @Nullable Duration retryAfter) {
    super(detail);
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.requestId = requestId;
    this.retryAfter = retryAfter;
  }

  private AxmeException(String code, String detail, Throwable cause) {
    super(detail, cause);
    this.status = 0;
    this.code = code;
    this.detail = detail;
    this.requestId = null;
    this.retryAfter = null;
  }

  static AxmeException unreachable(String detail, Throwable cause) {
    return new AxmeException("unreachable", detail, cause);
  }

  /** Something answers, but not as this protocol says. */
  static AxmeException foreign(String detail) {
    return new AxmeException(200, "not_axme", detail, null, null);
  }

  static AxmeException interrupted(Throwable cause) {
    return new AxmeException("interrupted", "Interrupted while talking to the server", cause);
  }

  /** The HTTP status; 0 when no answer came. */
  public int status() {
    return status;
  }

  /** The stable word for what went wrong. */
  public String code() {
    return code;
  }

  /** A sentence for people. */
  public String detail() {
    return detail;
  }

  /** What to quote when asking the operator about this answer. */
  public Optional<String> requestId() {
    return Optional.ofNullable(requestId);
  }

  /** How long the server asked to wait before another try. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /** Whether nothing answered: refused, dropped, timed out. */
  public boolean unreachable() {
    return code.equals("unreachable") && status == 0;
  }

  /** Whether the same request can succeed later without a change. */
  public boolean passing() {
    return unreachable() || status == 429 || status == 502 || status == 503 || status == 504;
  }
}
