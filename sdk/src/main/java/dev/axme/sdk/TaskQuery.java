package dev.axme.sdk;

import java.util.Optional;

/**
 * Which of my questions to list.
 *
 * @param ended those that were answered, expired or canceled, instead of those that wait
 */
public record TaskQuery(boolean ended, int limit, Optional<String> cursor) {

  /** What waits for me. */
  public static TaskQuery open() {
    return new TaskQuery(false, 100, Optional.empty());
  }

  /** What waited for me once. */
  public static TaskQuery past() {
    return new TaskQuery(true, 100, Optional.empty());
  }

  public TaskQuery withLimit(int wanted) {
    return new TaskQuery(ended, wanted, cursor);
  }

  /** Goes on where a page ended. */
  public TaskQuery from(String nextCursor) {
    return new TaskQuery(ended, limit, Optional.of(nextCursor));
  }

  String path() {
    return "/v1/me/tasks?status="
        + (ended ? "ended" : "open")
        + "&limit="
        + limit
        + cursor.map(from -> "&cursor=" + Transport.encode(from)).orElse("");
  }
}
