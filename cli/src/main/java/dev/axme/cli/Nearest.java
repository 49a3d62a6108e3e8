package dev.axme.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the word that was probably meant. */
final class Nearest {
  private Nearest() {}

  /**
   * The closest word, if one is close: at most a third of the letters differ, or one begins with
   * the other.
   */
  static Optional<String> to(String typed, Collection<String> words) {
    return words.stream()
        .filter(
            word ->
                distance(typed, word) <= Math.max(1, word.length() / 3) || word.startsWith(typed))
        .min(Comparator.comparingInt(word -> distance(typed, word)));
  }

  /** How many letters to change, add or drop. */
  private static int distance(String one, String other) {
    int[] previous = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int[] row = new int[other.length() + 1];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int change = previous[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, Math.min(previous[j], row[j - 1]) + 1);
      }
      previous = row;
    }
    return previous[other.length()];
  }
}
