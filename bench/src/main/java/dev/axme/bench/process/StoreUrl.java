package dev.axme.bench.process;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/**
 * The kind of store that a run measures: the embedded one, or a PostgreSQL server on which each
 * part of a run gets a fresh database that is dropped afterwards.
 */
public final class StoreUrl {
  private final Optional<String> server;

  private StoreUrl(Optional<String> server) {
    this.server = server;
  }

  /** Reads {@code sqlite} or {@code postgresql://user:password@host:port/database}. */
  public static StoreUrl parse(String text) {
    if (text.equals("sqlite")) {
      return new StoreUrl(Optional.empty());
    }
    String url = text.startsWith("jdbc:") ? text.substring("jdbc:".length()) : text;
    if (!url.startsWith("postgres://") && !url.startsWith("postgresql://")) {
      throw new IllegalArgumentException(
          "Expected sqlite or postgresql://user:password@host:port/database, found " + text);
    }
    return new StoreUrl(Optional.of(url));
  }

  /** The kind, without secrets. */
  public String kind() {
    return server.isPresent() ? "postgres" : "sqlite";
  }

  /** Makes a fresh database. */
  public Fresh fresh() throws SQLException {
    if (server.isEmpty()) {
      return new Fresh(Optional.empty(), "", "");
    }
    String base = server.get();
    String name = "axme_bench_" + UUID.randomUUID().toString().substring(0, 8);
    try (Connection c = DriverManager.getConnection(jdbc(base));
        var statement = c.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    return new Fresh(Optional.of(withDatabase(base, name)), base, name);
  }

  /** The same address as the JDBC driver wants it. */
  public static String jdbc(String url) {
    var uri = java.net.URI.create(url);
    var jdbc = new StringBuilder("jdbc:postgresql://").append(uri.getHost());
    if (uri.getPort() > 0) {
      jdbc.append(':').append(uri.getPort());
    }
    jdbc.append(uri.getPath());
    String separator = "?";
    if (uri.getRawUserInfo() != null) {
      String[] user = uri.getRawUserInfo().split(":", 2);
      jdbc.append("?user=").append(user[0]);
      if (user.length > 1) {
        jdbc.append("&password=").append(user[1]);
      }
      separator = "&";
    }
    if (uri.getRawQuery() != null) {
      jdbc.append(separator).append(uri.getRawQuery());
    }
    return jdbc.toString();
  }

  private static String withDatabase(String url, String name) {
    int path = url.indexOf('/', url.indexOf("://") + 3);
    int query = url.indexOf('?');
    String host = path < 0 ? (query < 0 ? url : url.substring(0, query)) : url.substring(0, path);
    return host + "/" + name + (query < 0 ? "" : url.substring(query));
  }

  /** A database of its own; closing drops it. */
  public record Fresh(Optional<String> url, String server, String name) implements AutoCloseable {

    @Override
    public void close() throws SQLException {
      if (url.isPresent()) {
        try (Connection c = DriverManager.getConnection(jdbc(server));
            var statement = c.createStatement()) {
          statement.execute("DROP DATABASE " + name + " WITH (FORCE)");
        }
      }
    }
  }
}
