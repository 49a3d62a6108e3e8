package dev.axme.core;

/** A SHA-256 as 64 lower-case hexadecimal digits. */
public record Digest(String hex) {
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
