package dev.axme.store.verify;

import java.net.URI;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A connection of its own beside a store, in autocommit: looks at rows, and spoils them. Ids are
 * given and read as {@link UUID} on both databases. For one thread at a time.
 */
public final class PlainSql implements AutoCloseable {
  private final Connection connection;
  private final boolean sqlite;

  private PlainSql(Connection connection, boolean sqlite) {
    this.connection = connection;
    this.sqlite = sqlite;
  }

  /** Connects to a JDBC URL, or to {@code postgres://user:password@host:port/database}. */
  public static PlainSql open(String url) {
    try {
      return new PlainSql(DriverManager.getConnection(jdbc(url)), url.startsWith("jdbc:sqlite:"));
    } catch (SQLException e) {
      throw failure(url, e);
    }
  }

  private static String jdbc(String url) {
    if (url.startsWith("jdbc:")) {
      return url;
    }
    URI uri = URI.create(url);
    String[] user = uri.getRawUserInfo().split(":", 2);
    return "jdbc:postgresql://%s:%d%s?user=%s&password=%s"
        .formatted(uri.getHost(), uri.getPort(), uri.getRawPath(), user[0], user[1]);
  }

  /** Whether this is SQLite. */
  public boolean sqlite() {
    return sqlite;
  }

  /** The connection itself, for transactions that a test holds open. */
  public Connection connection() {
    return connection;
  }

  /** Runs a statement and counts the rows that it changed. */
  public int run(String sql, Object... arguments) {
    try (PreparedStatement statement = prepare(sql, arguments)) {
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw failure(sql, e);
    }
  }

  /** All rows of a query. */
  public List<Row> rows(String sql, Object... arguments) {
    try (PreparedStatement statement = prepare(sql, arguments);
        ResultSet result = statement.executeQuery()) {
      int width = result.getMetaData().getColumnCount();
      List<Row> rows = new ArrayList<>();
      while (result.next()) {
        List<@Nullable Object> columns = new ArrayList<>();
        for (int i = 1; i <= width; i++) {
          columns.add(result.getObject(i));
        }
        rows.add(new Row(columns));
      }
      return rows;
    } catch (SQLException e) {
      throw failure(sql, e);
    }
  }

  /** The single number that a query answers. */
  public long number(String sql, Object... arguments) {
    return rows(sql, arguments).getFirst().number(1);
  }

  private PreparedStatement prepare(String sql, Object... arguments) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < arguments.length; i++) {
      statement.setObject(
          i + 1, sqlite && arguments[i] instanceof UUID id ? bytes(id) : arguments[i]);
    }
    return statement;
  }

  private static byte[] bytes(UUID id) {
    return ByteBuffer.allocate(16)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  private static IllegalStateException failure(String what, SQLException e) {
    return new IllegalStateException(what + ": " + e.getMessage(), e);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw failure("close", e);
    }
  }

  /** A row, columns counted from 1. */
  public record Row(List<@Nullable Object> columns) {
    /** An id. */
    public UUID id(int column) {
      return switch (columns.get(column - 1)) {
        case UUID id -> id;
        case byte[] bytes -> {
          ByteBuffer buffer = ByteBuffer.wrap(bytes);
          yield new UUID(buffer.getLong(), buffer.getLong());
        }
        case null, default -> throw new IllegalStateException("Expected an id in " + this);
      };
    }

    public String text(int column) {
      return String.valueOf(columns.get(column - 1));
    }

    public long number(int column) {
      if (columns.get(column - 1) instanceof Number number) {
        return number.longValue();
      }
      throw new IllegalStateException("Expected a number in column " + column + " of " + this);
    }

    public byte[] bytes(int column) {
      if (columns.get(column - 1) instanceof byte[] bytes) {
        return bytes;
      }
      throw new IllegalStateException("Expected bytes in column " + column + " of " + this);
    }
  }
}
