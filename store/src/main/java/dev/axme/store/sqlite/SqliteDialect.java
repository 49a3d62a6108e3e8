package dev.axme.store.sqlite;

import dev.axme.store.Dialect;
import dev.axme.store.StoreException;
import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Ids are 16-byte blobs, most significant byte first, so that they sort by time. */
final class SqliteDialect implements Dialect {
  private static final int CONSTRAINT = 19;

  @Override
  public void bind(PreparedStatement statement, int index, UUID id) throws SQLException {
    statement.setBytes(index, bytes(id));
  }

  static byte[] bytes(UUID id) {
    return ByteBuffer.allocate(16)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  @Override
  public UUID uuid(ResultSet row, int column) throws SQLException {
    ByteBuffer bytes = ByteBuffer.wrap(row.getBytes(column));
    return new UUID(bytes.getLong(), bytes.getLong());
  }

  @Override
  public StoreException.Kind kind(SQLException failure) {
    return switch (failure.getErrorCode() & 0xff) {
      // BUSY, LOCKED, NOMEM, READONLY, INTERRUPT, IOERR, FULL, CANTOPEN, PROTOCOL
      case 5, 6, 7, 8, 9, 10, 13, 14, 15 -> StoreException.Kind.UNAVAILABLE;
      case CONSTRAINT -> constraint(failure);
      default -> StoreException.Kind.POISON;
    };
  }

  /** Only what another write has taken is worth a repeat; a broken rule stays broken. */
  private static StoreException.Kind constraint(SQLException failure) {
    return failure instanceof SQLiteException e
            && (e.getResultCode() == SQLiteErrorCode.SQLITE_CONSTRAINT_UNIQUE
                || e.getResultCode() == SQLiteErrorCode.SQLITE_CONSTRAINT_PRIMARYKEY)
        ? StoreException.Kind.CONFLICT
        : StoreException.Kind.POISON;
  }

  @Override
  public String through(String index) {
    return "INDEXED BY " + index;
  }

  @Override
  public Map<String, String> placeholders() {
    return Map.of(
        "uuid",
        "BLOB",
        "bytes",
        "BLOB",
        "keyed",
        "WITHOUT ROWID",
        "heads_options",
        "WITHOUT ROWID");
  }
}
