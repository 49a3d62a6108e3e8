package dev.axme.store.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.axme.store.Database;
import dev.axme.store.Dialect;
import dev.axme.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Pooled connections to PostgreSQL. Commits are synchronous whatever the server's default says, and
 * nothing waits for ever: not for a lock, not idle in a transaction.
 */
final class PostgresDatabase implements Database {
  private static final String SESSION =
      """
      SET synchronous_commit = on;
      SET lock_timeout = '5s';
      SET idle_in_transaction_session_timeout = '30s';
      SET statement_timeout = '60s'
      """;

  private final PostgresDialect dialect = new PostgresDialect();
  private final HikariDataSource pool;

  PostgresDatabase(PostgresUrl url) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url.jdbc());
    url.user().ifPresent(config::setUsername);
    url.password().ifPresent(config::setPassword);
    config.setPoolName("axme");
    config.setMaximumPoolSize(8);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(2_000);
    config.setValidationTimeout(1_000);
    config.setInitializationFailTimeout(10_000);
    config.setConnectionInitSql(SESSION);
    config.addDataSourceProperty("ApplicationName", "axme");
    config.addDataSourceProperty("prepareThreshold", "3");
    config.addDataSourceProperty("connectTimeout", "5");
    config.addDataSourceProperty("socketTimeout", "90");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    try {
      this.pool = new HikariDataSource(config);
    } catch (HikariPool.PoolInitializationException e) {
      throw new StoreException(
          StoreException.Kind.UNAVAILABLE,
          "Cannot reach PostgreSQL: " + (e.getCause() == null ? e : e.getCause()).getMessage(),
          e);
    }
  }

  DataSource source() {
    return pool;
  }

  @Override
  public <T extends @Nullable Object> T read(Work<T> work) {
    try (Connection connection = pool.getConnection()) {
      return work.on(connection);
    } catch (SQLException e) {
      throw failure("Reading failed", e);
    }
  }

  @Override
  public <T extends @Nullable Object> T write(Work<T> work) {
    Connection connection;
    try {
      connection = pool.getConnection();
    } catch (SQLException e) {
      throw failure("Writing failed", e);
    }
    try {
      return transaction(connection, work);
    } catch (SQLException e) {
      throw failure("Writing failed", e);
    } finally {
      giveBack(connection);
    }
  }

  private <T extends @Nullable Object> T transaction(Connection connection, Work<T> work)
      throws SQLException {
    connection.setAutoCommit(false);
    T result;
    try {
      result = work.on(connection);
    } catch (SQLException | RuntimeException | Error e) {
      rollback(connection, e);
      throw e;
    }
    commit(connection);
    return result;
  }

  /** Whatever happens to the connection now, what was committed stays committed. */
  private static void giveBack(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      // The pool throws it away.
    }
  }

  /**
   * A commit that fails, or that succeeds with a warning (a cancelled wait for a synchronous
   * replica), may or may not survive: nobody may be told that it did.
   */
  private void commit(Connection connection) {
    try {
      connection.clearWarnings();
      connection.commit();
      if (connection.getWarnings() != null) {
        throw new StoreException(
            StoreException.Kind.UNKNOWN,
            "The commit was not confirmed: " + connection.getWarnings().getMessage());
      }
    } catch (SQLException e) {
      if (dialect.kind(e) == StoreException.Kind.CONFLICT) {
        throw failure("The commit was refused", e);
      }
      throw new StoreException(
          StoreException.Kind.UNKNOWN, "The commit failed: " + e.getMessage(), e);
    }
  }

  private static void rollback(Connection connection, Throwable cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  private StoreException failure(String what, SQLException e) {
    return new StoreException(dialect.kind(e), what + ": " + e.getMessage(), e);
  }

  @Override
  public Dialect dialect() {
    return dialect;
  }

  @Override
  public void close() {
    pool.close();
  }
}
