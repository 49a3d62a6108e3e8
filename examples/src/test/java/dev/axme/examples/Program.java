package dev.axme.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A running process whose output, standard error included, can be waited for line by line. Killed
 * by {@link #close()} when it is still there.
 */
final class Program implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Process process;
  private final List<String> lines = new ArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean ended;

  private Program(Process process) {
    this.process = process;
  }

  static Program start(List<String> command, Map<String, String> environment, Path directory) {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    try {
      Program program = new Program(builder.start());
      Thread.ofVirtual().start(program::read);
      return program;
    } catch (IOException e) {
      throw new UncheckedIOException("Expected to start " + command, e);
    }
  }

  /** Waits for the first line, from the start of the output on, in which the pattern is found. */
  Matcher await(String pattern) {
    Pattern compiled = Pattern.compile(pattern);
    long left = PATIENCE.toNanos();
    int next = 0;
    lock.lock();
    try {
      while (true) {
        for (; next < lines.size(); next++) {
          Matcher matcher = compiled.matcher(lines.get(next));
          if (matcher.find()) {
            return matcher;
          }
        }
        if (ended || left <= 0) {
          throw new AssertionError("Expected a line with " + pattern + ", but it said:\n" + said());
        }
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the end. */
  int exitCode() {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("Expected the program to end, but it only said:\n" + output());
      }
      awaitEndOfOutput();
      return process.exitValue();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  String output() {
    lock.lock();
    try {
      return said();
    } finally {
      lock.unlock();
    }
  }

  /** SIGKILL, and waits until it is dead. */
  void kill() {
    try {
      process.destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    kill();
  }

  private void read() {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        add(line);
      }
    } catch (IOException _) {
      // Killed: there is nothing more to read.
    } finally {
      end();
    }
  }

  private void add(String line) {
    lock.lock();
    try {
      lines.add(line);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void awaitEndOfOutput() throws InterruptedException {
    long left = PATIENCE.toNanos();
    lock.lock();
    try {
      while (!ended && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private String said() {
    return String.join("\n", lines);
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException(e);
  }
}
