package dev.axme.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The whole story in one terminal, on a data directory that is gone afterwards. */
@Command(
    name = "demo",
    description = {
      "See an agent's work survive kill -9, in one terminal.",
      "Starts a server and an agent, on files of their own, and removes all of it."
    })
final class DemoCommand implements Callable<Integer> {
  private final Cli cli;

  @Option(
      names = "--yes",
      description = "Ask nobody: approve through the API, and exit 0 only if every step happened.")
  boolean unattended;

  DemoCommand(Cli cli) {
    this.cli = cli;
  }

  @Override
  public Integer call() throws IOException {
    Path data = Files.createTempDirectory("axme-demo-");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> leaveNothing(data), "leave-nothing"));
    try {
      return new DemoStory(cli, data, unattended).tell();
    } finally {
      delete(data);
    }
  }

  /** Also when the story is interrupted. */
  private static void leaveNothing(Path data) {
    ProcessHandle.current()
        .children()
        .forEach(
            child -> {
              child.destroyForcibly();
              child.onExit().join();
            });
    delete(data);
  }

  static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException leftBehind) {
      return;
    }
  }
}
