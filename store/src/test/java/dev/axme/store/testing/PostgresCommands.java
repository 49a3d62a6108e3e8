package dev.axme.store.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs PostgreSQL's own programs for one server. PostgreSQL refuses to run as root, so root runs
 * them as {@code nobody}, who must own the files: {@link #give}.
 */
final class PostgresCommands {

  private static final int END_OF_LOG = 4_000;

  private final Path binaries;
  private final Path home;
  private final RunAs runAs;

  private PostgresCommands(Path binaries, Path home, RunAs runAs) {
    this.binaries = binaries;
    this.home = home;
    this.runAs = runAs;
  }

  static PostgresCommands in(Path home) throws IOException {
    return new PostgresCommands(PostgresBinaries.directory(), home, RunAs.unprivileged());
  }

  void give(Path file) throws IOException {
    runAs.give(file);
  }

  void run(String program, List<String> options, List<String> more) {
    if (!succeeds(program, options, more)) {
      throw new IllegalStateException(
          "Expected %s %s %s to succeed, but it said:%n%s"
              .formatted(program, options, more, end(said())));
    }
  }

  boolean succeeds(String program, List<String> options, List<String> more) {
    List<String> command = new ArrayList<>();
    command.add(binaries.resolve(program).toString());
    command.addAll(options);
    command.addAll(more);
    // To a file: the postmaster inherits this output, and a pipe would stay open as long as it.
    ProcessBuilder builder =
        new ProcessBuilder(runAs.wrap(command))
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said().toFile());
    builder.environment().put("LC_ALL", "C");
    try {
      return builder.start().waitFor() == 0;
    } catch (IOException e) {
      throw new UncheckedIOException("Expected to run " + command, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while running " + command, e);
    }
  }

  private Path said() {
    return home.resolve("said");
  }

  static String end(Path log) {
    try {
      String all = Files.readString(log, StandardCharsets.UTF_8);
      return all.substring(Math.max(0, all.length() - END_OF_LOG));
    } catch (IOException e) {
      return "(" + log + " cannot be read: " + e + ")";
    }
  }
}
