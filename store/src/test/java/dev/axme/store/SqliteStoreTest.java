package dev.axme.store;

import dev.axme.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest extends StoreContract {
  @TempDir static Path directory;

  @Override
  protected Store open() {
    return SqliteStore.open(file(), InstantSource.system());
  }

  private static Path file() {
    return directory.resolve("axme.db");
  }

  @Override
  protected String url() {
    return "jdbc:sqlite:" + file();
  }

  @Override
  protected String kind() {
    return "sqlite";
  }
}
