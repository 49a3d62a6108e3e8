package dev.axme.sdk;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to an intent. It never changes once shown, and {@code seq} has no gaps.
 *
 * @param seq counts from 1
 * @param type {@code intent.created}, {@code intent.completed}, ...
 * @param status where the intent stood afterwards
 * @param data at the end: what came of it
 */
public record IntentEvent(
    UUID intentId,
    long seq,
    String type,
    IntentStatus status,
    Instant at,
    Optional<String> actor,
    Optional<String> pendingWith,
    Map<String, @Nullable Object> details,
    Map<String, @Nullable Object> data,
    Map<String, @Nullable Object> raw) {

  /** Whether nothing can follow. */
  public boolean terminal() {
    return status.terminal();
  }

  /** Whom or what it waited for afterwards: WAITING_FOR_HUMAN, WAITING_FOR_AGENT, ... */
  public Optional<String> waitingReason() {
    Fields json = new Fields(raw);
    return json.optional("waiting_reason").or(() -> json.optional("lifecycle_waiting_reason"));
  }

  /**
   * Reads an event as the server writes it.
   *
   * @throws AxmeException when it is no event
   */
  public static IntentEvent of(Map<String, @Nullable Object> json) {
    return of(new Fields(json));
  }

  static IntentEvent of(Fields json) {
    Fields pending = json.in("pending_with");
    return new IntentEvent(
        json.id("intent_id"),
        json.number("seq"),
        json.text("event_type"),
        IntentStatus.of(json.text("status")),
        json.instant("at").orElse(Instant.EPOCH),
        json.optional("actor"),
        pending.optional("name").or(() -> pending.optional("ref")),
        json.in("details").raw(),
        json.in("data").raw(),
        json.raw());
  }
}
