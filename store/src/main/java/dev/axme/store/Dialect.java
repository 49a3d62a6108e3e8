package dev.axme.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;

/** The few things that SQLite and PostgreSQL do differently, apart from the hot append. */
public interface Dialect {
  /** Binds an id. */
  void bind(PreparedStatement statement, int index, UUID id) throws SQLException;

  /** Reads an id. */
  UUID uuid(ResultSet row, int column) throws SQLException;

  /** What a failure means. */
  StoreException.Kind kind(SQLException failure);

  /**
   * What follows a table to make the planner go through {@code index}: SQLite, which knows nothing
   * of the rows, would rather read all of a workspace in the order of the primary key.
   */
  String through(String index);

  /** What the migrations' placeholders stand for. */
  Map<String, String> placeholders();
}
