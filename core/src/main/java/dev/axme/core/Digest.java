package dev.axme.core;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** A SHA-256 as 64 lower-case hexadecimal digits. */
public record Digest(String hex) {
  /** Over {@code parts} in UTF-8, each after its length in eight bytes. */
  static Digest of(List<String> parts) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      for (String part : parts) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        sha.update(ByteBuffer.allocate(Long.BYTES).putLong(bytes.length).array());
        sha.update(bytes);
      }
      return new Digest(HexFormat.of().formatHex(sha.digest()));
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
