package dev.axme.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Brings a database to this program's schema, and refuses one that a newer program wrote. */
public final class Schema {
  /** The newest migration in {@code db/migration}. */
  static final int VERSION = 1;

  private Schema() {}

  /**
   * Migrates when needed. Flyway is only loaded when there is something to do: asking first makes a
   * usual start half a second quicker.
   *
   * @throws SchemaTooNewException when the database is newer than the program
   */
  public static void migrate(DataSource source, Dialect dialect) throws SQLException {
    int found = version(source);
    if (found > VERSION) {
      throw new SchemaTooNewException(found, VERSION);
    }
    if (found < VERSION) {
      Flyway.configure()
          .dataSource(source)
          .locations("classpath:db/migration")
          .placeholders(dialect.placeholders())
          .load()
          .migrate();
    }
  }

  /** 0 for an empty database. */
  static int version(DataSource source) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      try (ResultSet tables =
          connection.getMetaData().getTables(null, null, "flyway_schema_history", null)) {
        if (!tables.next()) {
          return 0;
        }
      }
      try (ResultSet rows =
          statement.executeQuery(
              """
              SELECT MAX(CAST(version AS INTEGER))
                FROM flyway_schema_history
               WHERE success AND version IS NOT NULL
              """)) {
        return rows.next() ? rows.getInt(1) : 0;
      }
    }
  }

  /** The database was written by a newer program. */
  public static final class SchemaTooNewException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SchemaTooNewException(int found, int known) {
      super(
          """
          The store has schema %d, and this program knows %d: a newer axme wrote it. Run that newer \
          version, or restore a backup that this one made."""
              .formatted(found, known));
    }
  }
}
