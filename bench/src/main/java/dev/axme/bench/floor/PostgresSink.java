package dev.axme.bench.floor;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** A table of key and bytes in PostgreSQL; a batch is one statement and one round trip. */
final class PostgresSink implements GroupCommit.Sink {
  private final Connection connection;
  private final PreparedStatement insert;

  PostgresSink(String jdbcUrl) throws SQLException {
    connection = DriverManager.getConnection(jdbcUrl);
    try (var statement = connection.createStatement()) {
      statement.execute("SET synchronous_commit = on");
      statement.execute("CREATE TABLE floor_log (id UUID PRIMARY KEY, payload BYTEA NOT NULL)");
    }
    insert =
        connection.prepareStatement(
            """
            INSERT INTO floor_log (id, payload)
            SELECT u.id, u.payload
              FROM unnest(?::uuid[], ?::bytea[]) AS u (id, payload)
            """);
  }

  @Override
  public void commit(List<GroupCommit.Waiting> batch) throws SQLException {
    var ids = new UUID[batch.size()];
    var payloads = new byte[batch.size()][];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = batch.get(i).id();
      payloads[i] = batch.get(i).payload().getBytes();
    }
    insert.setArray(1, connection.createArrayOf("uuid", ids));
    insert.setArray(2, connection.createArrayOf("bytea", payloads));
    insert.executeUpdate();
  }
}
