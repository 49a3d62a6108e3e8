package dev.axme.server.webhooks;

import dev.axme.server.http.Problem;
import dev.axme.server.identity.Secrets;
import dev.axme.store.Webhooks.Retired;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * The secrets of subscriptions, and how deliveries are signed with them as Standard Webhooks has
 * it, beside the protocol's own header ({@link dev.axme.server.outbox.Signature}). The key is what
 * follows {@code whsec_}, decoded; of any other secret it is the text.
 */
final class Signatures {
  private static final String PREFIX = "whsec_";
  private static final int GENERATED = 32;
  private static final int LEAST = 16;
  private static final int MOST = 128;
  private static final int HINT = 4;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Signatures() {}

  /** A new secret. */
  static String generate() {
    byte[] bytes = new byte[GENERATED];
    RANDOM.nextBytes(bytes);
    return PREFIX + Base64.getEncoder().encodeToString(bytes);
  }

  /** A secret that a client chose; 422 when it cannot be one. */
  static String checked(String secret) {
    if (secret.length() < LEAST || secret.length() > MOST) {
      throw Problem.invalid(
          "secret",
          "must have "
              + LEAST
              + " to "
              + MOST
              + " characters, but it has "
              + secret.length()
              + ".");
    }
    if (!secret.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
      throw Problem.invalid("secret", "must be visible ASCII characters, without spaces.");
    }
    if (secret.startsWith(PREFIX) && decoded(secret).isEmpty()) {
      throw Problem.invalid("secret", "must go on in base64 after whsec_.");
    }
    return secret;
  }

  /** The end of a secret, to tell it apart by. */
  static String hint(String secret) {
    return secret.substring(secret.length() - HINT);
  }

  /** {@code webhook-signature}: one signature for each secret that holds. */
  static String standard(
      String secret, Optional<Retired> retired, String id, Instant at, byte[] body) {
    String signature = standard(secret, id, at, body);
    return retired
        .filter(old -> old.until().isAfter(at))
        .map(old -> signature + " " + standard(old.secret(), id, at, body))
        .orElse(signature);
  }

  private static String standard(String secret, String id, Instant at, byte[] body) {
    byte[] key = decoded(secret).orElseGet(() -> bytes(secret));
    byte[] head = bytes(id + "." + at.getEpochSecond() + ".");
    return "v1," + Base64.getEncoder().encodeToString(Secrets.hmac(key, head, body));
  }

  private static Optional<byte[]> decoded(String secret) {
    if (!secret.startsWith(PREFIX)) {
      return Optional.empty();
    }
    try {
      byte[] key = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
      return key.length == 0 ? Optional.empty() : Optional.of(key);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
