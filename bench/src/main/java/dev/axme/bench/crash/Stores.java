package dev.axme.bench.crash;

import dev.axme.bench.process.Launch;
import dev.axme.store.Store;
import dev.axme.store.postgres.PostgresStore;
import dev.axme.store.sqlite.SqliteStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.stream.Stream;

/** Opens the store that a server used. */
final class Stores {
  private static final byte[] SQLITE = "SQLite format 3".getBytes(StandardCharsets.US_ASCII);

  private Stores() {}

  static Store open(Launch launch) throws IOException {
    if (launch.store().isPresent()) {
      return PostgresStore.open(launch.store().get());
    }
    return SqliteStore.open(file(launch.data()), InstantSource.system());
  }

  /** The one SQLite file in a data directory. */
  static Path file(Path data) throws IOException {
    try (Stream<Path> files = Files.list(data)) {
      return files
          .filter(Stores::isSqlite)
          .findFirst()
          .orElseThrow(() -> new IOException("Expected a SQLite file in " + data));
    }
  }

  private static boolean isSqlite(Path file) {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(SQLITE.length), SQLITE);
    } catch (IOException e) {
      return false;
    }
  }
}
