package dev.axme.sdk;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The server's receipt: from here on the request is on its disk.
 *
 * @param warnings what was accepted although it looks like a slip, in sentences
 * @param raw everything that the server said
 */
public record Sent(
    UUID intentId,
    IntentStatus status,
    Optional<Instant> createdAt,
    List<String> warnings,
    Map<String, @Nullable Object> raw) {

  static Sent of(Fields json) {
    return new Sent(
        json.id("intent_id"),
        IntentStatus.of(json.text("status")),
        json.instant("created_at"),
        json.texts("warnings"),
        json.raw());
  }
}
