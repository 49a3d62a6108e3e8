package dev.axme.channels.http;

import java.nio.charset.StandardCharsets;

/** What others said, so that it can be stored and shown anywhere. */
final class Printable {
  private Printable() {}

  /** The text of the first {@code longest} bytes; what is no text becomes a question mark. */
  static String text(byte[] bytes, int longest) {
    int length = Math.min(bytes.length, longest);
    String text = new String(bytes, 0, length, StandardCharsets.UTF_8);
    boolean cut = bytes.length > longest && text.endsWith("\ufffd");
    return clean(cut ? text.substring(0, text.length() - 1) : text, true);
  }

  /** One line of at most {@code longest} characters. */
  static String line(String words, int longest) {
    String clean = clean(words, false);
    return clean.length() <= longest ? clean : clean.substring(0, longest) + "…";
  }

  private static String clean(String text, boolean lines) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> harmless(c) || (lines && c == '\n') ? c : lines ? '?' : ' ')
        .forEachOrdered(clean::appendCodePoint);
    return clean.toString();
  }

  private static boolean harmless(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          c == '\t';
      default -> true;
    };
  }
}
