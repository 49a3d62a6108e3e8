package dev.axme.sdk;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An address that an agent has.
 *
 * @param name what it was registered as
 * @param status {@code active}, {@code suspended} or {@code deleted}
 * @param deliveryMode how intents reach it, such as {@code stream}
 */
public record Agent(
    String address,
    String accountId,
    String name,
    Optional<String> displayName,
    String status,
    String deliveryMode,
    Optional<Instant> createdAt,
    Optional<Instant> updatedAt,
    Map<String, @Nullable Object> raw) {

  static Agent of(Fields json) {
    return new Agent(
        json.text("address"),
        json.text("service_account_id"),
        json.text("service_account_name"),
        json.optional("display_name"),
        json.text("status"),
        json.text("delivery_mode"),
        json.instant("created_at"),
        json.instant("updated_at"),
        json.raw());
  }
}
