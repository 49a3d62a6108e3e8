package dev.axme.core;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** A SHA-256 as 64 lower-case hexadecimal digits. */
public record Digest(String hex) {
  /** Over {@code parts}, one after the other. */
  public static Digest of(byte[]... parts) {
    MessageDigest sha = sha256();
    for (byte[] part : parts) {
      sha.update(part);
    }
    return new Digest(HexFormat.of().formatHex(sha.digest()));
  }

  /** Over {@code parts}, each after its length in eight bytes: where one ends is part of it. */
  public static Digest ofParts(byte[]... parts) {
    MessageDigest sha = sha256();
    for (byte[] part : parts) {
      sha.update(ByteBuffer.allocate(Long.BYTES).putLong(part.length).array());
      sha.update(part);
    }
    return new Digest(HexFormat.of().formatHex(sha.digest()));
  }

  /** The same over texts in UTF-8. */
  static Digest ofParts(List<String> parts) {
    return ofParts(
        parts.stream().map(p -> p.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  public Digest {
    if (hex.length() != 64) {
      throw new IllegalArgumentException("Expected 64 hexadecimal digits, but found " + hex);
    }
  }

  @Override
  public String toString() {
    return hex;
  }
}
