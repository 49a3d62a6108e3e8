package dev.axme.bench.floor;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** A table of key and bytes in SQLite, with the settings that the real store uses. */
final class SqliteSink implements GroupCommit.Sink {
  private final Connection connection;
  private final PreparedStatement insert;

  SqliteSink(Path directory) throws SQLException {
    connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("floor.sqlite"));
    try (var statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = FULL");
      statement.execute("PRAGMA wal_autocheckpoint = 4000");
      statement.execute("PRAGMA cache_size = -65536");
      statement.execute("CREATE TABLE log (id BLOB PRIMARY KEY, payload BLOB NOT NULL)");
    }
    connection.setAutoCommit(false);
    insert = connection.prepareStatement("INSERT INTO log (id, payload) VALUES (?, ?)");
  }

  @Override
  public void commit(List<GroupCommit.Waiting> batch) throws SQLException {
    for (var waiting : batch) {
      insert.setBytes(1, bytes(waiting.id()));
      insert.setBytes(2, waiting.payload().getBytes());
      insert.addBatch();
    }
    insert.executeBatch();
    connection.commit();
  }

  private static byte[] bytes(UUID id) {
    return ByteBuffer.allocate(16)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }
}
