package dev.axme.sdk;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A link that signs one browser in, once. */
public record SignInLink(
    String url, Optional<Instant> expiresAt, Map<String, @Nullable Object> raw) {
  static SignInLink of(Fields json) {
    return new SignInLink(json.text("sign_in_url"), json.instant("expires_at"), json.raw());
  }
}
