package dev.axme.bench.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The real server as a child process. It may be killed at any moment, also while it starts; a new
 * one on the same data then takes its place. Closing kills it if it still runs.
 */
public final class ServerProcess implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final Launch launch;
  private final Process process;
  private final CompletableFuture<String> firstLine = new CompletableFuture<>();

  private ServerProcess(Launch launch, Process process) {
    this.launch = launch;
    this.process = process;
  }

  /** Starts a server on a free port and comes back at once. */
  public static ServerProcess start(Launch launch) {
    return start(launch, 0);
  }

  /** Starts a server on this port and comes back at once. */
  public static ServerProcess start(Launch launch, int port) {
    var arguments = new ArrayList<String>();
    arguments.addAll(List.of("up", "--json", "--no-context", "--port", String.valueOf(port)));
    arguments.addAll(List.of("--data", launch.data().toString()));
    launch.store().ifPresent(url -> arguments.addAll(List.of("--store", url)));
    arguments.addAll(launch.arguments());
    JavaCommand axme = JavaCommand.axme(launch.jvm(), arguments);
    var command = new ArrayList<>(launch.prefix());
    command.addAll(axme.line());
    try {
      Files.createDirectories(launch.data());
      var builder = new ProcessBuilder(command);
      builder.redirectError(ProcessBuilder.Redirect.appendTo(launch.log().toFile()));
      builder.environment().keySet().removeIf(name -> name.startsWith("AXME_"));
      builder.environment().putAll(axme.environment());
      var server = new ServerProcess(launch, builder.start());
      Thread.ofVirtual().name("server-output").start(server::readOutput);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until requests are served. */
  public Up awaitUp() {
    try {
      return Up.parse(firstLine.get(START_LIMIT.toSeconds(), TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while a server started", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("The server did not start: " + lastMessages(), e);
    }
  }

  /** The process id. */
  public long pid() {
    return process.pid();
  }

  /** SIGKILL, and waits until the process is gone. */
  public void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    join();
  }

  /** Lets it stop in an orderly way; says how it ended. */
  public int stop() {
    process.destroy();
    return join();
  }

  /** Whether the process still runs. */
  public boolean alive() {
    return process.isAlive();
  }

  /** The end of what it wrote to its log, for messages of failures. */
  public String lastMessages() {
    try {
      List<String> lines = Files.readAllLines(launch.log());
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    } catch (IOException e) {
      return "(no log: " + e + ")";
    }
  }

  @Override
  public void close() {
    kill();
  }

  private int join() {
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("The server did not end within 60 s: " + lastMessages());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while a server stopped", e);
    }
  }

  private void readOutput() {
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        firstLine.complete(line);
      }
    } catch (IOException e) {
      firstLine.completeExceptionally(e);
    }
    firstLine.completeExceptionally(new IOException("the process ended without a word"));
  }
}
