package dev.axme.server.pages;

import java.util.Locale;
import java.util.regex.Pattern;

/** Readable words made of keys: {@code risk_level} and {@code riskLevel} are "Risk level". */
final class Labels {

  private static final int LONGEST = 100;
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");
  private static final Pattern SEAM =
      Pattern.compile("[_-]+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

  private Labels() {}

  /** The words of an identifier; anything else stays as it is, only shorter. */
  static String of(String key) {
    if (key.isEmpty()) {
      return "(no name)";
    }
    String clipped = clip(key, LONGEST);
    if (!clipped.equals(key) || !IDENTIFIER.matcher(key).matches()) {
      return clipped;
    }
    StringBuilder words = new StringBuilder();
    for (String word : SEAM.splitAsStream(key).filter(w -> !w.isEmpty()).toList()) {
      words.append(words.isEmpty() ? "" : " ").append(cased(word, words.isEmpty()));
    }
    return words.isEmpty() ? key : words.toString();
  }

  private static String cased(String word, boolean first) {
    if (isAcronym(word)) {
      return word.toUpperCase(Locale.ROOT);
    }
    String lower = word.toLowerCase(Locale.ROOT);
    return first ? Character.toUpperCase(lower.charAt(0)) + lower.substring(1) : lower;
  }

  private static boolean isAcronym(String word) {
    boolean shouted = word.length() > 1 && word.equals(word.toUpperCase(Locale.ROOT));
    return shouted
        || switch (word.toLowerCase(Locale.ROOT)) {
          case "id", "url", "uri", "api", "ip", "cpu", "sql", "vat", "iban", "json" -> true;
          default -> false;
        };
  }

  /** At most this many code points, with an ellipsis when there were more. */
  static String clip(String text, int codePoints) {
    if (text.length() <= codePoints) {
      return text;
    }
    if (text.codePointCount(0, Math.min(text.length(), 2 * codePoints)) <= codePoints
        && text.length() <= 2 * codePoints) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, codePoints)) + "…";
  }
}
