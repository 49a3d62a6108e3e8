package dev.axme.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A server in a process of its own, made of the same program as this one: something that can be
 * killed for real.
 */
final class DemoServer {
  private final Process process;
  private final Serving serving;

  private DemoServer(Process process, Serving serving) {
    this.process = process;
    this.serving = serving;
  }

  /** Starts one and returns when it serves. */
  static DemoServer start(Path data, int port) throws IOException {
    Path log = data.resolve("demo.log");
    Process process =
        new ProcessBuilder(
                SameProgram.command(
                    "up",
                    "--json",
                    "--no-context",
                    "--port",
                    Integer.toString(port),
                    "--data",
                    data.toString()))
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    BufferedReader lines = process.inputReader();
    String first = lines.readLine();
    if (first == null) {
      throw CliException.error("The server did not start. " + Files.readString(log));
    }
    Thread.ofVirtual().start(() -> lines.lines().forEach(line -> {}));
    return new DemoServer(process, Serving.parse(first));
  }

  Serving serving() {
    return serving;
  }

  long pid() {
    return process.pid();
  }

  int port() {
    return URI.create(serving.baseUrl()).getPort();
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
}
