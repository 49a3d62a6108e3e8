package dev.axme.server.scenarios;

import dev.axme.server.http.Json;
import dev.axme.server.http.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * What is wrong with a bundle, all of it: sentences that begin with the place, such as {@code
 * workflow.steps[3].on_success}. Nothing is thrown until somebody wants the {@link #problem}.
 */
final class Findings {
  /** A hostile bundle could be wrong in a hundred thousand places. */
  private static final int MOST = 200;

  private static final int LONGEST = 600;
  private static final int NAMED = 3;

  private final List<Problem> errors = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private int more;
  private int moreWarnings;

  void error(String place, String sentence) {
    error(Problem.invalid(place, sentence));
  }

  /** A problem that names its field, found somewhere below {@code place}. */
  void error(String place, Problem found) {
    String dot = place.isEmpty() ? "" : ".";
    error(found.saying(place + dot + found.sentence()));
  }

  /** What may have another status than 422: its sentence begins with the place. */
  void error(Problem found) {
    if (errors.size() < MOST) {
      errors.add(found);
    } else {
      more++;
    }
  }

  void warning(String place, String sentence) {
    warning(place + " " + sentence);
  }

  void warning(String text) {
    if (warnings.size() >= MOST) {
      moreWarnings++;
    } else {
      String line = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", " ");
      warnings.add(line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…");
    }
  }

  boolean sound() {
    return errors.isEmpty();
  }

  /** Whether nothing is wrong at a place or below it. */
  boolean soundBelow(String place) {
    return errors.stream().noneMatch(e -> e.sentence().startsWith(place));
  }

  List<String> errors() {
    List<String> texts = new ArrayList<>(errors.stream().map(Problem::sentence).toList());
    if (more > 0) {
      texts.add("There are " + more + " more errors like these.");
    }
    return texts;
  }

  List<String> warnings() {
    List<String> texts = new ArrayList<>(warnings);
    if (moreWarnings > 0) {
      texts.add("There are " + moreWarnings + " more warnings like these.");
    }
    return texts;
  }

  /** All of it as one answer: the first places in one line, every sentence in the details. */
  Problem problem() {
    List<String> texts = errors();
    Problem first = errors.getFirst();
    boolean alike = errors.stream().allMatch(e -> e.code().equals(first.code()));
    var details = Json.object();
    texts.forEach(details.putArray("errors")::add);
    String line = String.join(" ", texts.subList(0, Math.min(NAMED, texts.size())));
    int rest = texts.size() - NAMED;
    String sentence = rest > 0 ? line + " And " + rest + " more." : line;
    return alike
        ? first.saying(sentence, details)
        : new Problem(422, "validation_error", sentence, details);
  }
}
