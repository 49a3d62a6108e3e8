package dev.axme.store.postgres;

import dev.axme.core.WorkspaceId;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Listens on a connection of its own. A lost connection is opened again after a second; what was
 * missed meanwhile is found by polling.
 */
final class Notifications implements AutoCloseable {
  private static final int WAIT_MILLIS = 500;

  private final PostgresUrl url;
  private volatile boolean closed;
  private @Nullable Thread thread;

  Notifications(PostgresUrl url) {
    this.url = url;
  }

  void start(Consumer<WorkspaceId> bell) {
    thread = Thread.ofPlatform().daemon().name("axme-listen").start(() -> loop(bell));
  }

  private void loop(Consumer<WorkspaceId> bell) {
    while (!closed) {
      try (Connection connection = connect()) {
        try (Statement statement = connection.createStatement()) {
          statement.execute("LISTEN " + PostgresStore.CHANNEL);
        }
        ring(connection.unwrap(PGConnection.class), bell);
      } catch (SQLException e) {
        pause();
      }
    }
  }

  private void ring(PGConnection connection, Consumer<WorkspaceId> bell) throws SQLException {
    while (!closed) {
      PGNotification[] news = connection.getNotifications(WAIT_MILLIS);
      for (PGNotification notification : news) {
        bell.accept(WorkspaceId.of(notification.getParameter()));
      }
    }
  }

  private Connection connect() throws SQLException {
    Properties properties = new Properties();
    url.user().ifPresent(u -> properties.setProperty("user", u));
    url.password().ifPresent(p -> properties.setProperty("password", p));
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("ApplicationName", "axme-listen");
    return DriverManager.getConnection(url.jdbc(), properties);
  }

  private void pause() {
    try {
      Thread.sleep(Duration.ofSeconds(1));
    } catch (InterruptedException e) {
      closed = true;
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed = true;
    if (thread != null) {
      thread.interrupt();
    }
  }
}
