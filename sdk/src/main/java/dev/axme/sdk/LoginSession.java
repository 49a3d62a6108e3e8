package dev.axme.sdk;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A place where somebody is logged in.
 *
 * @param current whether it is the caller's own
 */
public record LoginSession(
    String id,
    boolean current,
    String clientType,
    Optional<String> deviceLabel,
    Optional<Instant> createdAt,
    Optional<Instant> expiresAt,
    boolean revoked,
    Map<String, @Nullable Object> raw) {

  static LoginSession of(Fields json) {
    return new LoginSession(
        json.text("session_id"),
        json.flag("is_current"),
        json.text("client_type"),
        json.optional("device_label"),
        json.instant("created_at"),
        json.instant("expires_at"),
        json.flag("revoked"),
        json.raw());
  }
}
