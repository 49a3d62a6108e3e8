package dev.axme.store.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * A small process that waits for the end of its standard input, then stops the PostgreSQL of a data
 * directory and removes its files. The system closes that input when the JVM ends, so a killed test
 * run, which runs no shutdown hook, leaves nothing behind either.
 */
final class Guard {

  private static final String SCRIPT =
      """
      trap '' INT TERM HUP
      cat > /dev/null
      pid=$(head -n 1 "$2/postmaster.pid" 2> /dev/null) && kill -QUIT "$pid" 2> /dev/null
      tries=0
      while [ -e "$2/postmaster.pid" ] && [ $tries -lt 200 ] && kill -0 "$pid" 2> /dev/null; do
        sleep 0.05
        tries=$((tries + 1))
      done
      rm -rf "$1"
      """;

  private Guard() {}

  static Process over(Path home, Path dataDirectory) throws IOException {
    return new ProcessBuilder("sh", "-c", SCRIPT, "sh", home.toString(), dataDirectory.toString())
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  static void end(Process guard) {
    try {
      guard.getOutputStream().close();
      guard.waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
