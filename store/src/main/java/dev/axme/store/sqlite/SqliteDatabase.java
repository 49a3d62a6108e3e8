package dev.axme.store.sqlite;

import dev.axme.store.Database;
import dev.axme.store.Dialect;
import dev.axme.store.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteDataSource;

/**
 * One SQLite file: a single writing connection behind a gate, and a few reading connections whose
 * queries run on platform threads, because a native call would pin a virtual thread's carrier.
 */
final class SqliteDatabase implements Database {
  private static final int READERS = 4;

  private final SQLiteDataSource source = new SQLiteDataSource();
  private final String synchronous;
  private final SqliteDialect dialect = new SqliteDialect();
  private final ReentrantLock gate = new ReentrantLock();
  private final ExecutorService readerThreads =
      Executors.newFixedThreadPool(
          READERS, Thread.ofPlatform().daemon().name("sqlite-read-", 0).factory());
  private final BlockingQueue<Connection> readers = new ArrayBlockingQueue<>(READERS);
  private final Checkpointer checkpointer = new Checkpointer(this::open, gate);
  private @Nullable SqliteWriter writer;

  SqliteDatabase(Path file, String synchronous) {
    this.synchronous = synchronous;
    source.setUrl("jdbc:sqlite:" + file);
    // The driver would prepare and run one more query after every INSERT.
    source.getConfig().setGetGeneratedKeys(false);
  }

  SQLiteDataSource source() {
    return source;
  }

  void openReaders() throws SQLException {
    for (int i = 0; i < READERS; i++) {
      Connection connection = open();
      try (Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA query_only = ON");
      }
      readers.add(connection);
    }
    checkpointer.start();
  }

  private Connection open() throws SQLException {
    Connection connection = source.getConnection();
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 5000");
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = " + synchronous);
      statement.execute("PRAGMA wal_autocheckpoint = 16000");
      statement.execute("PRAGMA foreign_keys = ON");
      statement.execute("PRAGMA cache_size = -32768");
    }
    return connection;
  }

  @Override
  public <T extends @Nullable Object> T read(Work<T> work) {
    return onReaderThread(
        () -> {
          Connection connection = readers.take();
          try {
            return work.on(connection);
          } finally {
            readers.add(connection);
          }
        });
  }

  /** Copies the state of one moment into a new file; readers and the writer go on meanwhile. */
  void copyTo(Path file) {
    onReaderThread(
        () -> {
          // Not one of the readers: they are kept from writing anything, even a copy.
          try (Connection connection = open();
              PreparedStatement copy = connection.prepareStatement("VACUUM INTO ?")) {
            copy.setString(1, file.toString());
            return copy.execute();
          }
        });
  }

  private <T extends @Nullable Object> T onReaderThread(Callable<T> work) {
    try {
      return readerThreads.submit(work).get();
    } catch (ExecutionException e) {
      throw failure("Reading failed", e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(StoreException.Kind.UNAVAILABLE, "Interrupted while reading", e);
    }
  }

  @Override
  public <T extends @Nullable Object> T write(Work<T> work) {
    return write(w -> work.on(w.connection()), () -> {});
  }

  /** Work of the hot path, with the writer's prepared statements. */
  interface HotWork<T extends @Nullable Object> {
    T on(SqliteWriter writer) throws SQLException;
  }

  <T extends @Nullable Object> T write(HotWork<T> work, Runnable committed) {
    gate.lock();
    try {
      T result = transaction(work);
      committed.run();
      return result;
    } finally {
      gate.unlock();
    }
  }

  private <T extends @Nullable Object> T transaction(HotWork<T> work) {
    boolean committing = false;
    try {
      SqliteWriter w = writer();
      w.begin();
      T result = work.on(w);
      committing = true;
      w.commit();
      return result;
    } catch (SQLException e) {
      throw abandoned(e, committing);
    } catch (RuntimeException | Error e) {
      rollback();
      throw e;
    }
  }

  private SqliteWriter writer() throws SQLException {
    if (writer == null) {
      writer = new SqliteWriter(open());
    }
    return writer;
  }

  /** A failed commit may have reached the file: the connection is thrown away with its state. */
  private StoreException abandoned(SQLException e, boolean committing) {
    rollback();
    if (committing || dialect.kind(e) == StoreException.Kind.UNAVAILABLE) {
      closeWriter();
    }
    return committing
        ? new StoreException(StoreException.Kind.UNKNOWN, "The commit failed: " + e.getMessage(), e)
        : failure("Writing failed", e);
  }

  private void rollback() {
    try {
      if (writer != null) {
        writer.rollback();
      }
    } catch (SQLException e) {
      closeWriter();
    }
  }

  private void closeWriter() {
    SqliteWriter old = writer;
    writer = null;
    if (old != null) {
      try {
        old.connection().close();
      } catch (SQLException e) {
        // The next write opens a fresh connection whatever became of this one.
      }
    }
  }

  private StoreException failure(String what, Throwable cause) {
    return switch (cause) {
      case StoreException e -> e;
      case SQLException e -> new StoreException(dialect.kind(e), what + ": " + e.getMessage(), e);
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(cause);
    };
  }

  @Override
  public Dialect dialect() {
    return dialect;
  }

  @Override
  public void close() {
    checkpointer.close();
    readerThreads.close();
    List<Connection> open = new ArrayList<>();
    readers.drainTo(open);
    for (Connection connection : open) {
      try {
        connection.close();
      } catch (SQLException e) {
        // Nothing is lost with a reading connection.
      }
    }
    gate.lock();
    try {
      closeWriter();
    } finally {
      gate.unlock();
    }
  }
}
