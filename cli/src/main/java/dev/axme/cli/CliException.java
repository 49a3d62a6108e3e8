package dev.axme.cli;

/** A command cannot go on. The message is for the person who typed it. */
final class CliException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private CliException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  static CliException usage(String message) {
    return new CliException(Exit.USAGE, message);
  }

  static CliException error(String message) {
    return new CliException(Exit.ERROR, message);
  }

  int exitCode() {
    return exitCode;
  }
}
