package dev.axme.sdk;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is said about a key that is to be made.
 *
 * @param name by which people tell keys apart
 * @param expiresAt when it stops working; empty for never
 */
public record KeyTerms(
    Optional<String> name, Optional<String> description, Optional<Instant> expiresAt) {

  /** A key without a name, for ever. */
  public static KeyTerms none() {
    return new KeyTerms(Optional.empty(), Optional.empty(), Optional.empty());
  }

  Map<String, String> body() {
    Map<String, String> body = new LinkedHashMap<>();
    name.ifPresent(text -> body.put("name", text));
    description.ifPresent(text -> body.put("description", text));
    expiresAt.ifPresent(at -> body.put("expires_at", at.toString()));
    return body;
  }
}
