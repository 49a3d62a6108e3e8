package dev.axme.store.postgres;

import com.zaxxer.hikari.pool.HikariPool;
import dev.axme.core.WorkspaceId;
import dev.axme.store.Change;
import dev.axme.store.Micros;
import dev.axme.store.RootCache;
import dev.axme.store.Schema;
import dev.axme.store.Snapshot;
import dev.axme.store.SqlStore;
import dev.axme.store.StoreException;
import dev.axme.store.Want;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** The store on PostgreSQL, shared by several equal nodes. */
public final class PostgresStore extends SqlStore {
  /** The channel on which nodes tell each other that a workspace's head has moved. */
  static final String CHANNEL = "axme_head";

  private final PostgresDatabase database;
  private final RootCache cache = new RootCache();
  private final Notifications notifications;

  private PostgresStore(PostgresDatabase database, PostgresUrl url) {
    super(database, () -> now(database));
    this.database = database;
    this.notifications = new Notifications(url);
  }

  /**
   * Connects and migrates.
   *
   * @throws UnsafeSettingsException when the server would acknowledge what is not on disk
   */
  public static PostgresStore open(String url) {
    PostgresUrl parsed = PostgresUrl.parse(url);
    PostgresDatabase database = connect(parsed);
    try {
      refuseUnsafe(database);
      Schema.migrate(database.source(), database.dialect());
    } catch (SQLException e) {
      database.close();
      throw new StoreException(
          StoreException.Kind.UNAVAILABLE, "Cannot open the store: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
    return new PostgresStore(database, parsed);
  }

  private static PostgresDatabase connect(PostgresUrl url) {
    try {
      return new PostgresDatabase(url);
    } catch (HikariPool.PoolInitializationException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new StoreException(
          StoreException.Kind.UNAVAILABLE,
          "Cannot reach the PostgreSQL of --store: " + cause.getMessage(),
          e);
    }
  }

  private static void refuseUnsafe(PostgresDatabase database) {
    String fsync = database.ask(sql -> sql.first("SHOW fsync", r -> r.text(1)).orElseThrow());
    if (!fsync.equals("on")) {
      throw new UnsafeSettingsException(
          "This PostgreSQL runs with fsync=off: what it acknowledges can be lost. Set fsync=on in"
              + " postgresql.conf and restart it.");
    }
  }

  @Override
  public void write(List<Want> wants, Function<Snapshot, List<Change>> rule) {
    PostgresBatch batch = new PostgresBatch(wants, cache);
    database.write(
        connection -> {
          batch.run(connection, rule);
          return null;
        });
    batch.committed();
  }

  private static Instant now(PostgresDatabase database) {
    long micros = database.ask(sql -> sql.first(PostgresBatch.NOW, r -> r.big(1)).orElseThrow());
    return Micros.instant(micros);
  }

  @Override
  public String kind() {
    return "postgres";
  }

  @Override
  public void listen(Consumer<WorkspaceId> bell) {
    notifications.start(bell);
  }

  @Override
  public void close() {
    notifications.close();
    super.close();
  }

  /** The database would acknowledge what is not on disk. */
  public static final class UnsafeSettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnsafeSettingsException(String message) {
      super(message);
    }
  }
}
