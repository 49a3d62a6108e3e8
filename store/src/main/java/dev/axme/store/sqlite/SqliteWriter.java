package dev.axme.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** The writing connection and its prepared statements. Used by whoever holds the gate. */
final class SqliteWriter {
  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();

  SqliteWriter(Connection connection) {
    this.connection = connection;
  }

  Connection connection() {
    return connection;
  }

  PreparedStatement prepared(String sql) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
    }
    return statement;
  }

  void begin() throws SQLException {
    prepared("BEGIN IMMEDIATE").execute();
  }

  void commit() throws SQLException {
    prepared("COMMIT").execute();
  }

  void rollback() throws SQLException {
    prepared("ROLLBACK").execute();
  }
}
