package dev.axme.store;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Connections of one database. Failures come out as {@link StoreException}. */
public interface Database extends AutoCloseable {
  /** Work on a connection. */
  @FunctionalInterface
  interface Work<T extends @Nullable Object> {
    T on(Connection connection) throws SQLException;
  }

  /** Runs queries, in autocommit. */
  <T extends @Nullable Object> T read(Work<T> work);

  /** Runs one transaction; nothing is left of it when {@code work} throws. */
  <T extends @Nullable Object> T write(Work<T> work);

  Dialect dialect();

  @Override
  void close();
}
