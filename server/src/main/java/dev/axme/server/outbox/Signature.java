package dev.axme.server.outbox;

import dev.axme.server.identity.Secrets;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** How a receiver knows that a call is ours (protocol section 4.4). */
public final class Signature {
  /** The header that has it. */
  public static final String HEADER = "X-Axme-Signature";

  private Signature() {}

  /** The header's value for this body; the key is the secret's text. */
  public static String of(String secret, String body) {
    return "sha256=" + HexFormat.of().formatHex(Secrets.hmac(bytes(secret), bytes(body)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
