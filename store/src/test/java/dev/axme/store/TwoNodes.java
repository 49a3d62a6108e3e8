package dev.axme.store;

import dev.axme.store.postgres.PostgresStore;
import dev.axme.store.testing.PostgresServer;
import dev.axme.store.verify.PlainSql;
import dev.axme.store.verify.StoreVerifier;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/** One PostgreSQL database with two nodes on it, and connections that belong to neither. */
final class TwoNodes implements AutoCloseable {
  private final String url;
  private final PostgresStore one;
  private final PostgresStore other;
  private final PlainSql sql;
  private final List<PlainSql> connections = new ArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  TwoNodes() {
    this(PostgresServer.shared());
  }

  TwoNodes(PostgresServer server) {
    url = server.createDatabase();
    one = PostgresStore.open(url);
    other = PostgresStore.open(url);
    sql = connect();
  }

  Store one() {
    return one;
  }

  Store other() {
    return other;
  }

  PlainSql sql() {
    return sql;
  }

  /** A connection of its own, closed with all else. */
  PlainSql connect() {
    PlainSql connection = PlainSql.open(url);
    connections.add(connection);
    return connection;
  }

  <T> Future<T> start(Callable<T> work) {
    return threads.submit(work);
  }

  /** How many connections to this database wait for a lock. */
  boolean somebodyWaits() {
    return sql.number(
            """
            SELECT COUNT(*)
              FROM pg_stat_activity
             WHERE datname = current_database()
               AND wait_event_type = 'Lock'
            """)
        > 0;
  }

  static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + 30_000_000_000L;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("Expected it within thirty seconds");
      }
      Thread.onSpinWait();
    }
  }

  List<String> differences() {
    return StoreVerifier.verify(one, sql);
  }

  @Override
  public void close() {
    threads.close();
    connections.forEach(PlainSql::close);
    one.close();
    other.close();
  }
}
