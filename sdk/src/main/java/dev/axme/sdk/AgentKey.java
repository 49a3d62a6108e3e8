package dev.axme.sdk;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A key of an agent, without its secret.
 *
 * @param hint the few characters by which people tell keys apart
 */
public record AgentKey(
    String id,
    String hint,
    Optional<String> name,
    String status,
    Optional<Instant> createdAt,
    Optional<Instant> expiresAt,
    Optional<Instant> revokedAt,
    Map<String, @Nullable Object> raw) {

  static AgentKey of(Fields json) {
    return new AgentKey(
        json.text("key_id"),
        json.text("key_hint"),
        json.optional("name"),
        json.text("status"),
        json.instant("created_at"),
        json.instant("expires_at"),
        json.instant("revoked_at"),
        json.raw());
  }
}
