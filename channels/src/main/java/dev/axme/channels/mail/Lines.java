package dev.axme.channels.mail;

/** Texts that have to stay on one line of a header. */
final class Lines {
  private Lines() {}

  /** The text without anything that ends a line or does not show, at most this long. */
  static String one(String text, int codePoints) {
    StringBuilder line = new StringBuilder();
    int left = codePoints;
    boolean gap = false;
    for (int i = 0; i < text.length() && left > 0; ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (c == ' ' || breaks(c)) {
        gap = !line.isEmpty();
        continue;
      }
      if (gap) {
        line.append(' ');
        left--;
        gap = false;
      }
      line.appendCodePoint(c);
      left--;
    }
    // A reader would decode what looks encoded, and see what nobody looked through.
    return line.toString().replace("=?", "= ?");
  }

  private static boolean breaks(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }
}
