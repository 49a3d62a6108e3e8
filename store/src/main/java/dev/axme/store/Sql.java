package dev.axme.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Runs statements that are not on the hot path: binds by type, reads rows into values. */
public final class Sql {
  private final Connection connection;
  private final Dialect dialect;

  public Sql(Connection connection, Dialect dialect) {
    this.connection = connection;
    this.dialect = dialect;
  }

  /** The database's ways. */
  Dialect dialect() {
    return dialect;
  }

  /** Makes a value of a row. */
  @FunctionalInterface
  public interface Mapper<T> {
    T row(Row row) throws SQLException;
  }

  /** All rows of a query. */
  public <T> List<T> list(String sql, Mapper<T> mapper, Object... arguments) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, arguments);
      try (ResultSet rows = statement.executeQuery()) {
        List<T> all = new ArrayList<>();
        Row row = new Row(rows, dialect);
        while (rows.next()) {
          all.add(mapper.row(row));
        }
        return all;
      }
    }
  }

  /** The first row of a query. */
  public <T> Optional<T> first(String sql, Mapper<T> mapper, Object... arguments)
      throws SQLException {
    return list(sql, mapper, arguments).stream().findFirst();
  }

  /** Runs a statement and counts the rows that it changed. */
  public int update(String sql, Object... arguments) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, arguments);
      return statement.executeUpdate();
    }
  }

  private void bind(PreparedStatement statement, Object... arguments) throws SQLException {
    for (int i = 0; i < arguments.length; i++) {
      bind(statement, i + 1, arguments[i]);
    }
  }

  private void bind(PreparedStatement statement, int index, Object argument) throws SQLException {
    switch (argument) {
      case UUID id -> dialect.bind(statement, index, id);
      case Instant instant -> statement.setLong(index, Micros.of(instant));
      case String text -> statement.setString(index, text);
      case Long number -> statement.setLong(index, number);
      case Integer number -> statement.setInt(index, number);
      case Boolean flag -> statement.setInt(index, flag ? 1 : 0);
      case byte[] bytes -> statement.setBytes(index, bytes);
      case Null none -> statement.setNull(index, none.type);
      case Optional<?> optional -> {
        if (optional.isEmpty()) {
          throw new IllegalArgumentException("Expected Sql.orNull for an optional argument");
        }
        bind(statement, index, optional.get());
      }
      default -> throw new IllegalArgumentException("Expected a type that binds: " + argument);
    }
  }

  /** A NULL of a type. */
  public record Null(int type) {
    static final Null TEXT = new Null(Types.VARCHAR);
    static final Null NUMBER = new Null(Types.BIGINT);
    static final Null ID = new Null(Types.NULL);
  }

  /** The value, or a NULL of its type. */
  public static Object orNull(Optional<?> value, Null none) {
    return value.isPresent() ? value.get() : none;
  }

  /** A row of a result, columns counted from 1. */
  public record Row(ResultSet rows, Dialect dialect) {
    public UUID uuid(int column) throws SQLException {
      return dialect.uuid(rows, column);
    }

    public boolean isNull(int column) throws SQLException {
      return rows.getObject(column) == null;
    }

    public String text(int column) throws SQLException {
      return rows.getString(column);
    }

    public Optional<String> optionalText(int column) throws SQLException {
      @Nullable String text = rows.getString(column);
      return Optional.ofNullable(text);
    }

    public int number(int column) throws SQLException {
      return rows.getInt(column);
    }

    public long big(int column) throws SQLException {
      return rows.getLong(column);
    }

    public boolean flag(int column) throws SQLException {
      return rows.getInt(column) == 1;
    }

    public byte[] bytes(int column) throws SQLException {
      return rows.getBytes(column);
    }

    public Instant instant(int column) throws SQLException {
      return Micros.instant(rows.getLong(column));
    }

    public Optional<Instant> optionalInstant(int column) throws SQLException {
      long micros = rows.getLong(column);
      return rows.wasNull() ? Optional.empty() : Optional.of(Micros.instant(micros));
    }
  }
}
