package dev.axme.server.identity;

import dev.axme.core.Moment;
import dev.axme.store.Blob;
import dev.axme.store.Directory;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes ids and secrets, and the hashes under which secrets are kept. Safe for any thread. */
public final class Secrets {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String HMAC = "HmacSHA256";
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

  /** The id that always comes of the same parts: how a repeated request finds what it made. */
  static String derivedId(String prefix, String... parts) {
    // No part holds a NUL: it comes from a header, a path or a directory's id.
    return prefix + Blob.sha256(String.join("\0", parts)).hex().substring(0, 24);
  }

  /** The same as a UUID. */
  public static UUID derivedUuid(String... parts) {
    String hex = Blob.sha256(String.join("\0", parts)).hex();
    long high = Long.parseUnsignedLong(hex.substring(0, 16), 16);
    long low = Long.parseUnsignedLong(hex.substring(16, 32), 16);
    // Version 8: made by a rule of our own.
    return new UUID((high & ~0xF000L) | 0x8000L, (low & ~(3L << 62)) | (2L << 62));
  }

  /** A new time-ordered UUID. */
  public static UUID uuid(Instant now) {
    return new Moment(now, RANDOM.nextLong()).id(0);
  }

  /** What is stored instead of a secret. */
  public static String hash(String secret) {
    return Blob.sha256(secret).hex();
  }

  /** Whether two secrets are the same; takes the same time wherever they differ. */
  static boolean equal(String expected, String found) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), found.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * A secret that every node has under this name, made by the first that asks; 32 bytes. May block.
   */
  public static byte[] kept(Directory directory, String name) {
    String hex = directory.setting(name).orElseGet(() -> directory.settingOr(name, secret()));
    return HEX.parseHex(hex);
  }

  /** HMAC-SHA256 (RFC 2104) over the concatenation of {@code parts}. */
  public static byte[] hmac(byte[] key, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has " + HMAC, e);
    }
  }

  private static String random(int bytes) {
    byte[] buffer = new byte[bytes];
    RANDOM.nextBytes(buffer);
    return HEX.formatHex(buffer);
  }
}
