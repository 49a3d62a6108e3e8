package dev.axme.store;

import dev.axme.core.Digest;
import dev.axme.core.Payload;
import java.nio.charset.StandardCharsets;

/** Bytes and their digest. The array is not copied: nobody may change it afterwards. */
@SuppressWarnings("ArrayRecordComponent")
public record Blob(Digest digest, byte[] bytes) {
  /** Digests {@code bytes}. */
  public static Blob of(byte[] bytes) {
    return new Blob(sha256(bytes), bytes);
  }

  /** What the rules see of it. */
  public Payload payload() {
    return new Payload(digest, bytes.length);
  }

  /** SHA-256 of the concatenation of {@code parts}. */
  public static Digest sha256(byte[]... parts) {
    return Digest.of(parts);
  }

  /** SHA-256 of UTF-8 text. */
  public static Digest sha256(String text) {
    return sha256(text.getBytes(StandardCharsets.UTF_8));
  }
}
