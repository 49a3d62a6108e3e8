package dev.axme.server.identity;

import dev.axme.store.Blob;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Makes ids and secrets, and the hashes under which secrets are kept. Safe for any thread. */
public final class Secrets {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final HexFormat HEX = HexFormat.of();

  private Secrets() {}

  /** 256 random bits as 64 hexadecimal digits; without an underscore, as keys need it. */
  public static String secret() {
    return random(32);
  }

  /** An id such as {@code sa_} and 24 hexadecimal digits. */
  public static String id(String prefix) {
    return prefix + random(12);
  }

  /** What is stored instead of a secret. */
  public static String hash(String secret) {
    return Blob.sha256(secret).hex();
  }

  private static String random(int bytes) {
    byte[] buffer = new byte[bytes];
    RANDOM.nextBytes(buffer);
    return HEX.formatHex(buffer);
  }
}
