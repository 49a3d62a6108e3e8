package dev.axme.sdk;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that leaves the server.
 *
 * @param id stays the same however often it is sent
 * @param subject what it is about, such as an intent
 * @param state pending, sent or dead
 * @param nextAttemptAt empty when it is not tried any more
 * @param attempts what was tried, the first attempt first; empty in lists
 */
public record Outgoing(
    UUID id,
    String channel,
    String destination,
    UUID subject,
    String state,
    Optional<Instant> createdAt,
    Optional<Instant> nextAttemptAt,
    List<Attempt> attempts,
    Map<String, @Nullable Object> raw) {
  public Outgoing {
    attempts = List.copyOf(attempts);
  }

  static Outgoing of(Fields json) {
    return new Outgoing(
        json.id("delivery_id"),
        json.text("channel"),
        json.text("destination"),
        json.id("subject_id"),
        json.text("state"),
        json.instant("created_at"),
        json.instant("next_attempt_at"),
        json.each("attempts").stream().map(Attempt::of).toList(),
        json.raw());
  }

  /**
   * One attempt.
   *
   * @param result done, failed, unreachable or refused
   * @param status the other side's code; 0 when it said nothing
   * @param answer the beginning of what it said, or why it could not be reached
   */
  public record Attempt(
      int number,
      Optional<Instant> at,
      String result,
      int status,
      long milliseconds,
      String answer) {
    static Attempt of(Fields json) {
      return new Attempt(
          (int) json.number("number"),
          json.instant("at"),
          json.text("result"),
          (int) json.number("status"),
          json.number("milliseconds"),
          json.optional("answer").orElse(""));
    }
  }
}
