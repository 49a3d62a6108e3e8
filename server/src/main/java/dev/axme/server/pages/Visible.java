package dev.axme.server.pages;

import java.util.Locale;

/**
 * Shows characters that want not to be seen, as {@code [U+202E]}.
 *
 * <p>Controls for the writing direction can make one text read as another, and characters without a
 * width hide what a person is deciding about. A whole page passes through here last, so that no
 * template can forget it. Joiners inside other scripts and emoji stay.
 */
public final class Visible {

  private Visible() {}

  /** The same text with each hidden character named. */
  public static String of(String text) {
    int first = firstHidden(text, 0);
    if (first < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length() + 64);
    int done = 0;
    for (int at = first; at >= 0; at = firstHidden(text, done)) {
      int c = text.codePointAt(at);
      out.append(text, done, at).append(String.format(Locale.ROOT, "[U+%04X]", c));
      done = at + Character.charCount(c);
    }
    return out.append(text, done, text.length()).toString();
  }

  private static int firstHidden(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c >= ' ' && c < 0x7f) || c == '\n' || c == '\t') {
        continue;
      }
      int point = text.codePointAt(i);
      if (hidden(point) || (joins(point) && (i == 0 || text.charAt(i - 1) < 0x7f))) {
        return i;
      }
      i += Character.charCount(point) - 1;
    }
    return -1;
  }

  private static boolean joins(int c) {
    return c == 0x200c || c == 0x200d;
  }

  private static boolean hidden(int c) {
    if (joins(c) || c == '\r') {
      return false;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE -> true;
      case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      default -> c == 0x115f || c == 0x1160 || c == 0x3164 || c == 0xffa0 || c == 0x2800;
    };
  }
}
