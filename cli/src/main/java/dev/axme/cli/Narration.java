package dev.axme.cli;

import java.io.PrintStream;

/** How the demo tells: numbered steps, and facts below them. */
final class Narration {
  private final Ink ink;
  private final PrintStream out;
  private int step;

  Narration(Cli cli) {
    this.ink = cli.ink();
    this.out = cli.json() ? cli.shell().err() : cli.shell().out();
  }

  void title(String words) {
    out.println();
    out.println(ink.bold(words));
  }

  void step(String sentence) {
    step++;
    out.println();
    out.println(ink.blue(" " + step + "  ") + sentence);
  }

  void fact(String name, String value) {
    line(ink.faint(name + " ".repeat(Math.max(0, 8 - name.length()))) + " " + value);
  }

  void line(String text) {
    out.println(text.isEmpty() ? "" : "     " + text);
  }

  /** Ends the story unless this is so. */
  static void check(boolean happened, String expected, Object found) {
    if (!happened) {
      throw CliException.error("Expected " + expected + ", found " + found);
    }
  }
}
