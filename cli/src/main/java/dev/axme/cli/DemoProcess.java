package dev.axme.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A process of the same program as this one: something that can be killed for real. What it prints
 * is heard line by line; what it complains about goes to a file.
 */
final class DemoProcess {
  /** Long enough for a JVM that starts on a busy machine. */
  private static final long PATIENCE_SECONDS = 90;

  private static final String END = "";

  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final Process process;
  private final Path log;

  private DemoProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  static DemoProcess start(Path log, Map<String, String> environment, String... arguments)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(SameProgram.command(arguments))
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    DemoProcess started = new DemoProcess(builder.start(), log);
    Thread.ofVirtual().start(started::listen);
    return started;
  }

  long pid() {
    return process.pid();
  }

  /** The next line that it prints. */
  String line() throws IOException {
    try {
      String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (line != null && !line.equals(END)) {
        return line;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw CliException.error(
        "Process " + pid() + " did not go on. " + Words.safe(Files.readString(log).strip()));
  }

  /**
   * SIGKILL: no handler runs, nothing is flushed. Whether the process is gone, and by that signal.
   */
  boolean kill() {
    process.destroyForcibly();
    return exited() && ProcessHandle.of(pid()).filter(ProcessHandle::isAlive).isEmpty();
  }

  /** SIGTERM, as an operator stops it. */
  void stop() {
    process.destroy();
    if (!exited()) {
      process.destroyForcibly();
    }
  }

  private boolean exited() {
    try {
      return process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void listen() {
    try (BufferedReader reader = process.inputReader()) {
      reader.lines().forEach(lines::add);
    } catch (IOException | java.io.UncheckedIOException killed) {
      lines.add(END);
    }
    lines.add(END);
  }
}
