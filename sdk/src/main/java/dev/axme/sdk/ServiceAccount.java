package dev.axme.sdk;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An agent as the server knows it: a name, an address, keys. */
public record ServiceAccount(
    String id,
    String name,
    String address,
    String status,
    Optional<Instant> createdAt,
    Map<String, @Nullable Object> raw) {

  static ServiceAccount of(Fields json) {
    return new ServiceAccount(
        json.text("service_account_id"),
        json.text("name"),
        json.optional("address").orElseGet(() -> json.text("agent_address")),
        json.text("status"),
        json.instant("created_at"),
        json.raw());
  }
}
