package dev.axme.sdk;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A piece of work as an agent is handed it. Handed over at least once: an agent that was killed in
 * the middle gets it again, until it is finished with {@link AxmeClient#complete} or {@link
 * AxmeClient#fail}.
 *
 * @param seq its place in the agent's mailbox; grows, with gaps
 * @param attempt counts from 1
 * @param deadline when the work expires; empty means never
 */
public record Delivery(
    UUID intentId,
    long seq,
    String intentType,
    String from,
    String to,
    Optional<UUID> correlationId,
    int attempt,
    Optional<Instant> deadline,
    Map<String, @Nullable Object> payload,
    Map<String, @Nullable Object> raw) {

  /**
   * An idempotency key for one thing that is done for this work, such as "approval". It is the same
   * in every run of the agent, so that the run after a crash finds what the one before it asked.
   */
  public String keyFor(String purpose) {
    return intentId + "/" + purpose;
  }

  static Delivery of(Fields json, Map<String, @Nullable Object> payload) {
    return new Delivery(
        json.id("intent_id"),
        json.number("seq"),
        json.text("intent_type"),
        json.text("from_agent"),
        json.text("to_agent"),
        json.has("correlation_id") ? Optional.of(json.id("correlation_id")) : Optional.empty(),
        Math.toIntExact(json.number("delivery_attempt")),
        json.instant("deadline_at"),
        payload,
        json.raw());
  }
}
