package dev.axme.store.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PostgresServerTest {

  @Test
  void theSharedServerIsTheSameForEverybodyAndSyncs() throws SQLException {
    PostgresServer server = PostgresServer.shared();

    assertThat(PostgresServer.shared()).isSameAs(server);
    assertThat(one(server.createDatabase(), "SHOW fsync")).isEqualTo("on");
    assertThat(server.url("db9"))
        .matches("postgres://axme:\\w+@127\\.0\\.0\\.1:" + server.port() + "/db9");
  }

  @Test
  void everyDatabaseIsFresh() throws SQLException {
    PostgresServer server = PostgresServer.shared();
    String first = server.createDatabase();
    run(first, "CREATE TABLE t (id INT)");

    String second = server.createDatabase();

    assertThat(second).isNotEqualTo(first);
    assertThat(one(second, "SELECT count(*) FROM pg_tables WHERE tablename = 't'")).isEqualTo("0");
  }

  @Test
  void whatWasCommittedSurvivesACrash() throws SQLException {
    try (PostgresServer server = PostgresServer.start(Map.of())) {
      String url = server.createDatabase();
      run(url, "CREATE TABLE t (id INT)");
      run(url, "INSERT INTO t VALUES (7)");
      long before = server.pid();

      server.stopImmediate();
      assertThatThrownBy(() -> one(url, "SELECT 1")).isInstanceOf(SQLException.class);
      server.startAgain();

      assertThat(one(url, "SELECT id FROM t")).isEqualTo("7");
      assertThat(server.pid()).isNotEqualTo(before);
    }
  }

  @Test
  void twoServersRunAtOnceAndAreGoneAfterClose() throws SQLException {
    PostgresServer one = PostgresServer.start(Map.of("max_connections", "17"));
    try (PostgresServer other = PostgresServer.start(Map.of())) {
      assertThat(one.port()).isNotEqualTo(other.port());
      assertThat(one(one.createDatabase(), "SHOW max_connections")).isEqualTo("17");

      other.stopFast();
      other.startAgain();
      assertThat(one(other.createDatabase(), "SHOW max_connections")).isEqualTo("100");
    }

    one.close();
    one.close();

    assertThat(Files.exists(one.dataDirectory())).isFalse();
    assertThatThrownBy(() -> new Socket(InetAddress.ofLiteral("127.0.0.1"), one.port()).close())
        .isInstanceOf(ConnectException.class);
  }

  @Test
  void aFailedStartShowsTheEndOfTheLog() {
    assertThatThrownBy(() -> PostgresServer.start(Map.of("no_such_setting", "1")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no_such_setting");
  }

  private static void run(String url, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String one(String url, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }
}
