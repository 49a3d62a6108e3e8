package dev.axme.cli;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What surrounds a command: its streams, its environment, and whether a person sits there. Tests
 * pass their own.
 *
 * @param terminal whether both input and output are a terminal
 * @param program how this program was called, for lines that people copy
 */
record Shell(
    PrintStream out,
    PrintStream err,
    InputStream in,
    Map<String, String> environment,
    boolean terminal,
    String program) {

  @SuppressWarnings(
      "SystemConsoleNull") // null again since JDK 25, whose console is the built-in one
  static Shell ofThisProcess() {
    Console console = System.console();
    return new Shell(
        utf8(FileDescriptor.out),
        utf8(FileDescriptor.err),
        System.in,
        System.getenv(),
        console != null && console.isTerminal(),
        System.getProperty("axme.program", "axme"));
  }

  /** The variable's value; empty also when it is set to nothing. */
  Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(text -> !text.isBlank());
  }

  Path home() {
    return Path.of(variable("HOME").orElseGet(() -> System.getProperty("user.home")));
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
