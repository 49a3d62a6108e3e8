package dev.axme.bench.crash;

import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What was found that must not be. Empty is what everybody wants; safe for several threads. */
final class Findings {
  private static final int LONGEST = 2000;

  private final ConcurrentLinkedQueue<String> found = new ConcurrentLinkedQueue<>();

  /** Adds a finding: a sentence and the things that it is about. */
  void add(String sentence, Object... about) {
    var words = new StringJoiner(" | ");
    words.add(sentence);
    for (Object each : about) {
      words.add(String.valueOf(each));
    }
    String text = words.toString();
    found.add(text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text);
  }

  void expect(boolean holds, String otherwise, Object... about) {
    if (!holds) {
      add(otherwise, about);
    }
  }

  List<String> all() {
    return List.copyOf(found);
  }
}
