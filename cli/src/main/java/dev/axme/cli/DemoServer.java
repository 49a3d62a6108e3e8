package dev.axme.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
        new ProcessBuilder(command(data, port))
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    BufferedReader lines = process.inputReader();
    String first = lines.readLine();
    if (first == null) {
      throw CliException.error("The server did not start:\n" + Files.readString(log));
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
    return java.net.URI.create(serving.baseUrl()).getPort();
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

  private static List<String> command(Path data, int port) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of("up", "--json", "--no-context", "--port", Integer.toString(port)));
    command.addAll(List.of("--data", data.toString()));
    return command;
  }
}
