package dev.axme.server.pages;

import java.util.List;

/** How one value of a payload is shown; a template has one branch for each. */
public sealed interface Value {

  /** Text as it is, line breaks kept. */
  record Text(String text) implements Value {}

  /** A number, digit for digit. */
  record Digits(String text) implements Value {}

  /** Words about a value, not the value itself: "empty", "none". */
  record Remark(String text) implements Value {}

  /** A web address that is safe to open. */
  record Link(String url) implements Value {}

  /** A long text behind its beginning; {@code note} says how long it is and whether it is cut. */
  record Folded(String head, String body, String note) implements Value {}

  /** A list of short values, one a line. */
  record Items(List<String> items) implements Value {}

  /** A list of objects with the same few plain fields. */
  record Grid(List<String> columns, List<List<String>> rows) implements Value {}

  /** What something was and what it will be, line by line. */
  record Change(List<DiffLine> lines) implements Value {}

  /** Two values of a move or a range: from here to there. */
  record Move(String from, String to) implements Value {}

  /** Nothing by itself: the rows below it, one level deeper, belong to it. */
  record Group() implements Value {}

  /** One line of a change; {@code kind} is its colour and its sign. */
  record DiffLine(Kind kind, String text) {

    /** What became of the line. */
    public enum Kind {
      SAME(' '),
      GONE('-'),
      NEW('+'),
      NOTE(' ');

      private final char sign;

      Kind(char sign) {
        this.sign = sign;
      }

      public char sign() {
        return sign;
      }
    }
  }
}
