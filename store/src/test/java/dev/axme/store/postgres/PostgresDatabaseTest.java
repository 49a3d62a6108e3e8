package dev.axme.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.store.Sql;
import dev.axme.store.StoreException;
import dev.axme.store.testing.PostgresServer;
import dev.axme.store.verify.PlainSql;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresDatabaseTest {
  @Test
  void commitsAreSynchronousWhateverTheServersDefaultSays() {
    PostgresServer server = PostgresServer.shared();
    String name = server.newDatabase();
    try (PlainSql sql = PlainSql.open(server.jdbcUrl(name))) {
      sql.run("ALTER DATABASE " + name + " SET synchronous_commit = off");
    }

    try (PlainSql sql = PlainSql.open(server.jdbcUrl(name));
        PostgresDatabase database = new PostgresDatabase(PostgresUrl.parse(server.url(name)))) {
      assertThat(sql.rows("SHOW synchronous_commit").getFirst().text(1)).isEqualTo("off");
      assertThat(shown(database, "synchronous_commit")).isEqualTo("on");
      assertThat(shown(database, "lock_timeout")).isEqualTo("5s");
      assertThat(shown(database, "idle_in_transaction_session_timeout")).isEqualTo("30s");
    }
  }

  private static String shown(PostgresDatabase database, String setting) {
    return database.write(
        c -> new Sql(c, database.dialect()).first("SHOW " + setting, r -> r.text(1)).orElseThrow());
  }

  @ParameterizedTest
  @CsvSource({
    "40001, CONFLICT",
    "40P01, CONFLICT",
    "23505, CONFLICT",
    "55P03, UNAVAILABLE",
    "57014, UNAVAILABLE",
    "57P01, UNAVAILABLE",
    "25006, UNAVAILABLE",
    "53100, UNAVAILABLE",
    "53300, UNAVAILABLE",
    "58030, UNAVAILABLE",
    "08006, UNAVAILABLE",
    ", UNAVAILABLE",
    "23502, POISON",
    "23514, POISON",
    "22021, POISON",
    "42P01, POISON"
  })
  void aFailureMeansWhatItsStateSays(String state, StoreException.Kind kind) {
    assertThat(new PostgresDialect().kind(new SQLException("a failure", state))).isEqualTo(kind);
  }
}
