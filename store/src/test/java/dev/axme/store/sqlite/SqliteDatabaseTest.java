package dev.axme.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axme.store.Database;
import dev.axme.store.Sql;
import dev.axme.store.StoreException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The settings on which durability rests, read back from the connection that writes. */
class SqliteDatabaseTest {
  @TempDir private Path directory;
  private SqliteStore store;

  @BeforeEach
  void open() {
    store = SqliteStore.open(directory.resolve("axme.db"), InstantSource.system());
  }

  @AfterEach
  void close() {
    store.close();
  }

  @ParameterizedTest
  @CsvSource({"journal_mode, wal", "synchronous, 2", "foreign_keys, 1", "busy_timeout, 5000"})
  void theWriterHasTheSettingsThatMakeACommitDurable(String pragma, String value) {
    assertThat(store.database().write(pragma(pragma))).isEqualTo(value);
  }

  @Test
  void readersCannotWrite() {
    assertThat(store.database().read(pragma("query_only"))).isEqualTo("1");
    assertThatThrownBy(
            () ->
                store
                    .database()
                    .read(
                        c ->
                            new Sql(c, new SqliteDialect())
                                .update("INSERT INTO settings (name, value) VALUES ('a', 'b')")))
        .isInstanceOf(StoreException.class);
  }

  private static Database.Work<String> pragma(String name) {
    return c ->
        new Sql(c, new SqliteDialect()).first("PRAGMA " + name, r -> r.text(1)).orElseThrow();
  }
}
