package dev.axme.store.sqlite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Moves the write-ahead log into the database beside the writer, not inside its commits: first
 * while the writer goes on, then the little that came meanwhile with the gate closed, so that the
 * log begins anew. SQLite's own checkpoint, at four times the length, stays as the safety net.
 */
final class Checkpointer implements AutoCloseable {
  private static final int FRAMES = 4_000;
  private static final long LOOK_MILLIS = 25;

  /** Opens a connection. */
  interface Opener {
    Connection open() throws SQLException;
  }

  private final Opener opener;
  private final ReentrantLock gate;
  private final Semaphore stop = new Semaphore(0);
  private final Thread thread;

  Checkpointer(Opener opener, ReentrantLock gate) {
    this.opener = opener;
    this.gate = gate;
    this.thread = Thread.ofPlatform().daemon().name("sqlite-checkpoint").unstarted(this::loop);
  }

  void start() {
    thread.start();
  }

  private void loop() {
    try {
      while (!stop.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        try (Connection connection = opener.open()) {
          watch(connection);
          return;
        } catch (SQLException e) {
          // A full disk or a frozen file: the writer says so to whoever needs to know.
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void watch(Connection connection) throws SQLException, InterruptedException {
    while (!stop.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
      if (frames(connection, "NOOP") >= FRAMES) {
        frames(connection, "PASSIVE");
        gate.lock();
        try {
          frames(connection, "PASSIVE");
        } finally {
          gate.unlock();
        }
      }
    }
    stop.release();
  }

  private static int frames(Connection connection, String mode) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(" + mode + ")")) {
      return row.next() ? row.getInt(2) : 0;
    }
  }

  @Override
  public void close() {
    stop.release();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
