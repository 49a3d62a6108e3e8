package dev.axme.bench.floor;

import dev.axme.bench.process.JavaCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A running floor; closing kills it. */
public final class FloorProcess implements AutoCloseable {
  private final Process process;
  private final URI address;

  private FloorProcess(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  /** Starts the echo: bare HTTP. */
  public static FloorProcess echo() throws IOException {
    return start("echo");
  }

  /** Starts the group commit into SQLite. */
  public static FloorProcess sqlite(Path directory) throws IOException {
    return start("sqlite", directory.toString());
  }

  /** Starts the group commit into an empty PostgreSQL database. */
  public static FloorProcess postgres(String url) throws IOException {
    return start("postgres", url);
  }

  private static FloorProcess start(String... arguments) throws IOException {
    var builder = new ProcessBuilder(JavaCommand.ours(FloorServer.class, arguments).line());
    Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    String line = out.readLine();
    if (line == null) {
      throw new IOException("The floor did not start: " + String.join(" ", arguments));
    }
    return new FloorProcess(process, URI.create(line));
  }

  /** Where it listens. */
  public URI address() {
    return address;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
