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

  /** What the migrations' placeholders stand for. */
  Map<String, String> placeholders();
}
