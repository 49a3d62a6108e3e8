package dev.axme.server.push;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** How a receiver knows that a call is ours (protocol section 4.4). */
public final class Signature {
  /** The header that has it. */
  public static final String HEADER = "X-Axme-Signature";

  private static final String ALGORITHM = "HmacSHA256";

  private Signature() {}

  /** The header's value for this body. */
  public static String of(String secret, String body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      byte[] code = mac.doFinal(body.getBytes(StandardCharsets.UTF_8));
      return "sha256=" + HexFormat.of().formatHex(code);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Expected " + ALGORITHM + " in every JDK", e);
    }
  }
}
