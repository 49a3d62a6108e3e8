package dev.axme.core;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The words of a decision: which are failures, and how a generic word is read (section 6.2). */
public final class Outcomes {
  public static final String APPROVED = "approved";
  public static final String REJECTED = "rejected";

  private static final List<String> FAILURES =
      List.of(REJECTED, "denied", "declined", "failed", "changes_requested");

  private Outcomes() {}

  /** Whether an outcome lets the work go on. Custom words count as success. */
  public static boolean success(String outcome) {
    return !FAILURES.contains(word(outcome));
  }

  /** What was said, without the blanks and capitals that people write. */
  static String word(String said) {
    return said.strip().toLowerCase(Locale.ROOT);
  }

  static Optional<String> read(String said, List<String> allowed, boolean given) {
    String word = word(said);
    Optional<String> exact = allowed.stream().filter(o -> o.equalsIgnoreCase(word)).findFirst();
    if (exact.isPresent()) {
      return exact;
    }
    if (!word.equals(APPROVED) && !word.equals(REJECTED)) {
      return Optional.empty();
    }
    return given
        ? allowed.stream().filter(o -> success(o) == word.equals(APPROVED)).findFirst()
        : Optional.of(word);
  }
}
