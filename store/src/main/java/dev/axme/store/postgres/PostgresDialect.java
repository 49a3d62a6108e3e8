package dev.axme.store.postgres;

import dev.axme.store.Dialect;
import dev.axme.store.StoreException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;

/** PostgreSQL's own types, and what its SQLSTATEs mean for a writer. */
final class PostgresDialect implements Dialect {
  @Override
  public void bind(PreparedStatement statement, int index, UUID id) throws SQLException {
    statement.setObject(index, id);
  }

  @Override
  public UUID uuid(ResultSet row, int column) throws SQLException {
    return row.getObject(column, UUID.class);
  }

  @Override
  public StoreException.Kind kind(SQLException failure) {
    String state = failure.getSQLState() == null ? "" : failure.getSQLState();
    return switch (state) {
      case "40001", "40P01", "23505" -> StoreException.Kind.CONFLICT;
      case "55P03", "25P03", "25006", "57014" -> StoreException.Kind.UNAVAILABLE;
      default ->
          state.isEmpty()
                  || state.startsWith("08")
                  || state.startsWith("53")
                  || state.startsWith("57")
                  || state.startsWith("58")
              ? StoreException.Kind.UNAVAILABLE
              : StoreException.Kind.POISON;
    };
  }

  @Override
  public String through(String index) {
    return "";
  }

  @Override
  public Map<String, String> placeholders() {
    return Map.of(
        "uuid", "UUID", "bytes", "BYTEA", "keyed", "", "heads_options", "WITH (fillfactor = 50)");
  }
}
