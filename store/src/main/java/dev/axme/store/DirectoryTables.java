package dev.axme.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.function.Supplier;

/** The way into the directory's tables: every write that changed something raises the version. */
final class DirectoryTables {
  private final Database database;
  private final Supplier<Instant> clock;

  DirectoryTables(Database database, Supplier<Instant> clock) {
    this.database = database;
    this.clock = clock;
  }

  /** The store's time. */
  Instant now() {
    return clock.get();
  }

  <T> T read(Database.Query<T> query) {
    return database.ask(query);
  }

  /** A write that leaves the version as it is: nobody's rights depend on it. */
  <T> T writeQuietly(Database.Query<T> query) {
    return database.change(query);
  }

  <T> T write(Database.Query<T> query) {
    return writeQuietly(
        sql -> {
          T done = query.run(sql);
          raiseVersion(sql);
          return done;
        });
  }

  /** The last statement of a transaction: from here on every other writer waits for its end. */
  static void raiseVersion(Sql sql) throws SQLException {
    sql.update("UPDATE directory_version SET version = version + 1 WHERE id = 1");
  }

  /** A write that throws {@link Directory.Taken} with this message when a key is not free. */
  <T> T write(Supplier<String> taken, Database.Query<T> query) {
    try {
      return write(query);
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.CONFLICT) {
        throw new Directory.Taken(taken.get(), e);
      }
      throw e;
    }
  }
}
