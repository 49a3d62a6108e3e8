package dev.axme.bench.floor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.bench.load.Creates;
import dev.axme.bench.process.StoreUrl;
import dev.axme.store.testing.PostgresServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A floor that did not store what it acknowledged would make every ratio too kind. */
final class FloorTest {
  private static final int MANY = 2000;

  @TempDir private Path directory;

  @Test
  void theFloorOnSqliteStoresEachBodyThatItAcknowledged() throws Exception {
    try (var floor = FloorProcess.sqlite(directory)) {
      create(floor.address());
    }

    assertStored("jdbc:sqlite:" + directory.resolve("floor.sqlite"), "log");
  }

  @Test
  void theFloorOnPostgresStoresEachBodyThatItAcknowledged() throws Exception {
    String url = PostgresServer.shared().url(PostgresServer.shared().newDatabase());
    try (var floor = FloorProcess.postgres(url)) {
      create(floor.address());
    }

    assertStored(StoreUrl.jdbc(url), "floor_log");
  }

  private static void create(URI address) throws Exception {
    var ids = new HashSet<>(Creates.make(address, "axme_sa_none", MANY));

    assertThat(ids).hasSize(MANY);
  }

  private static void assertStored(String jdbcUrl, String table) throws SQLException {
    int length = Creates.BODY.getBytes(StandardCharsets.UTF_8).length;
    try (var connection = DriverManager.getConnection(jdbcUrl);
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT count(*), min(length(payload)), max(length(payload)) FROM " + table)) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(MANY);
      assertThat(rows.getInt(2)).isEqualTo(length);
      assertThat(rows.getInt(3)).isEqualTo(length);
    }
  }
}
