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
    add(422, "validation_error", place + " " + sentence);
  }

  /** What another bundle could be right about, so that its status is not 422. */
  void error(int status, String code, String place, String sentence) {
    add(status, code, place + " " + sentence);
  }

  /** A problem that names its field, found somewhere below {@code place}. */
  void error(String place, Problem found) {
    String dot = place.isEmpty() ? "" : ".";
    add(found.status(), found.code(), place + dot + found.sentence());
  }

  private void add(int status, String code, String text) {
    if (errors.size() < MOST) {
      errors.add(new Problem(status, code, text));
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
    return new Problem(
        alike ? first.status() : 422,
        alike ? first.code() : "validation_error",
        rest > 0 ? line + " And " + rest + " more." : line,
        details);
  }
}
