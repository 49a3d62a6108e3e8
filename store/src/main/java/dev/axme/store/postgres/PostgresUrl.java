package dev.axme.store.postgres;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Where a PostgreSQL is, from {@code postgres://user:password@host:port/database?option=value} or a
 * JDBC URL.
 */
record PostgresUrl(String jdbc, Optional<String> user, Optional<String> password) {
  static PostgresUrl parse(String url) {
    if (url.startsWith("jdbc:postgresql:")) {
      return new PostgresUrl(url, Optional.empty(), Optional.empty());
    }
    URI uri = URI.create(url);
    String host = uri.getHost() == null ? "127.0.0.1" : uri.getHost();
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    String jdbc = "jdbc:postgresql://" + host + port + uri.getRawPath() + query;
    if (uri.getRawUserInfo() == null) {
      return new PostgresUrl(jdbc, Optional.empty(), Optional.empty());
    }
    String[] parts = uri.getRawUserInfo().split(":", 2);
    return new PostgresUrl(
        jdbc,
        Optional.of(decode(parts[0])),
        parts.length == 2 ? Optional.of(decode(parts[1])) : Optional.empty());
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
