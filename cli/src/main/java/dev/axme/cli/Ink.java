package dev.axme.cli;

/** Colour for terminals. Without colour every text says the same. */
record Ink(boolean colour) {
  static Ink of(Shell shell) {
    boolean dumb = shell.variable("TERM").filter(term -> term.equals("dumb")).isPresent();
    return new Ink(shell.terminal() && shell.variable("NO_COLOR").isEmpty() && !dumb);
  }

  String bold(String text) {
    return paint("1", text);
  }

  String faint(String text) {
    return paint("2", text);
  }

  String red(String text) {
    return paint("31", text);
  }

  String green(String text) {
    return paint("32", text);
  }

  String amber(String text) {
    return paint("33", text);
  }

  String blue(String text) {
    return paint("36", text);
  }

  String whiteOnBlack(String text) {
    return paint("97;40", text);
  }

  private String paint(String code, String text) {
    return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
