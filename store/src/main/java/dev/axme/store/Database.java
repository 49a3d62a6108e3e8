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

  /** Statements, one after the other. */
  @FunctionalInterface
  interface Query<T extends @Nullable Object> {
    T run(Sql sql) throws SQLException;
  }

  /** {@link #read} by {@link Sql}. */
  default <T extends @Nullable Object> T ask(Query<T> query) {
    return read(c -> query.run(new Sql(c, dialect())));
  }

  /** {@link #write} by {@link Sql}. */
  default <T extends @Nullable Object> T change(Query<T> query) {
    return write(c -> query.run(new Sql(c, dialect())));
  }

  /** Runs queries, in autocommit. */
  <T extends @Nullable Object> T read(Work<T> work);

  /** Runs one transaction; nothing is left of it when {@code work} throws. */
  <T extends @Nullable Object> T write(Work<T> work);

  Dialect dialect();

  @Override
  void close();
}
