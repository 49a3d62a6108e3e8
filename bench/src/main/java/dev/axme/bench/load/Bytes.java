package dev.axme.bench.load;

/** Searching in byte arrays. */
final class Bytes {
  private Bytes() {}

  static int indexOf(byte[] in, byte[] what, int from, int to) {
    for (int i = from; i <= to - what.length; i++) {
      int k = 0;
      while (k < what.length && in[i + k] == what[k]) {
        k++;
      }
      if (k == what.length) {
        return i;
      }
    }
    return -1;
  }

  /** As {@link #indexOf}, for a lower-case ASCII word in text of any case. */
  static int indexOfWord(byte[] in, byte[] lower, int from, int to) {
    for (int i = from; i <= to - lower.length; i++) {
      int k = 0;
      while (k < lower.length && lowerCase(in[i + k]) == lower[k]) {
        k++;
      }
      if (k == lower.length) {
        return i;
      }
    }
    return -1;
  }

  private static byte lowerCase(byte b) {
    return b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b;
  }
}
