package dev.axme.store.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real PostgreSQL on a free port of 127.0.0.1 with a data directory of its own, never Docker.
 *
 * <p>The binaries come from the test class path, or from {@code AXME_TEST_POSTGRES_BIN}. It syncs
 * as in production, because that is what the tests are about. The server and its files are gone
 * after {@link #close()}, and also when the JVM ends in whatever way. Safe for use by several
 * threads.
 */
public final class PostgresServer implements AutoCloseable {

  private static final String USER = "axme";
  private static final int START_ATTEMPTS = 5;
  private static final Map<String, String> SMALL =
      Map.of(
          "listen_addresses", "127.0.0.1",
          "unix_socket_directories", "",
          "shared_buffers", "64MB",
          "max_connections", "100",
          "fsync", "on",
          "log_line_prefix", "%m [%p] ");

  private static final class Shared {
    static final PostgresServer SERVER = start(Map.of());
  }

  private final PostgresCommands commands;
  private final Path home;
  private final String password;
  private final Map<String, String> settings;
  private final Process guard;
  private final AtomicInteger databases = new AtomicInteger();
  private volatile int port;

  private PostgresServer(Map<String, String> settings) throws IOException {
    this.settings = new LinkedHashMap<>(SMALL);
    this.settings.putAll(settings);
    this.password = randomPassword();
    this.home = Files.createTempDirectory("axme-postgres-");
    this.guard = Guard.over(home, dataDirectory());
    this.commands = PostgresCommands.in(home);
  }

  /** The server of this JVM: started on first use, stopped when the JVM ends. */
  public static PostgresServer shared() {
    return Shared.SERVER;
  }

  /** A server of one's own, with lines of {@code postgresql.conf} that win over the usual ones. */
  public static PostgresServer start(Map<String, String> settings) {
    PostgresServer server = null;
    try {
      server = new PostgresServer(settings);
      server.initialize();
      server.startOnFreePort();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException("Expected to start PostgreSQL", e);
    } catch (RuntimeException e) {
      if (server != null) {
        server.close();
      }
      throw e;
    }
  }

  /** A fresh, empty database, as a JDBC URL with user and password. */
  public String createDatabase() {
    return jdbcUrl(newDatabase());
  }

  /** A fresh, empty database, by its name for {@link #url} and {@link #jdbcUrl}. */
  public String newDatabase() {
    String name = "db" + databases.incrementAndGet();
    try (Connection connection = DriverManager.getConnection(jdbcUrl("postgres"));
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name + " TEMPLATE template0");
      return name;
    } catch (SQLException e) {
      throw new IllegalStateException("Expected to create the database " + name, e);
    }
  }

  /** The form that people give to {@code --store}. */
  public String url(String database) {
    return "postgres://%s:%s@127.0.0.1:%d/%s".formatted(USER, password, port, database);
  }

  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s?user=%s&password=%s"
        .formatted(port, database, USER, password);
  }

  public int port() {
    return port;
  }

  public Path dataDirectory() {
    return home.resolve("data");
  }

  /** The process id of the running postmaster. */
  public long pid() {
    try {
      List<String> lines = Files.readAllLines(dataDirectory().resolve("postmaster.pid"));
      return Long.parseLong(lines.getFirst().strip());
    } catch (IOException e) {
      throw new UncheckedIOException("Expected a running PostgreSQL in " + home, e);
    }
  }

  /** Stops as a crash would: no checkpoint, no farewell to clients. Returns when it is down. */
  public void stopImmediate() {
    stop("immediate");
  }

  /** Stops in order: open transactions are rolled back. Returns when it is down. */
  public void stopFast() {
    stop("fast");
  }

  /** Starts on the same port and data directory and returns when it takes connections. */
  public void startAgain() {
    if (!tryStart()) {
      throw failure("Expected port " + port + " to be free for the server that had it before");
    }
  }

  /** Stops the server and removes its files; without effect when that has happened. */
  @Override
  public void close() {
    Guard.end(guard);
  }

  private void initialize() throws IOException {
    Path passwordFile = home.resolve("password");
    Files.writeString(passwordFile, password);
    commands.give(home);
    commands.give(passwordFile);
    commands.run(
        "initdb",
        List.of("-D", dataDirectory().toString(), "-U", USER, "-E", "UTF8", "--locale=C"),
        List.of("--auth=scram-sha-256", "--pwfile=" + passwordFile, "--no-sync"));
    StringBuilder lines = new StringBuilder("\n");
    settings.forEach((key, value) -> lines.append(setting(key, value)));
    Path configuration = dataDirectory().resolve("postgresql.conf");
    Files.writeString(configuration, lines, StandardOpenOption.APPEND);
  }

  private static String setting(String key, String value) {
    return "%s = '%s'\n".formatted(key, value.replace("'", "''"));
  }

  private void startOnFreePort() throws IOException {
    for (int attempt = 1; attempt <= START_ATTEMPTS; attempt++) {
      port = FreePort.choose();
      if (tryStart()) {
        return;
      }
    }
    throw failure("Expected a free port in " + START_ATTEMPTS + " attempts");
  }

  /** Answers false when another process has the port. */
  private boolean tryStart() {
    truncateLog();
    List<String> options = List.of("-D", dataDirectory().toString(), "-l", log().toString());
    List<String> start = List.of("-o", "-p " + port, "-t", "120", "-w", "start");
    if (commands.succeeds("pg_ctl", options, start)) {
      return true;
    }
    if (logEnd().contains("Address already in use")) {
      return false;
    }
    throw failure("Expected PostgreSQL to start");
  }

  private void stop(String mode) {
    commands.run(
        "pg_ctl",
        List.of("-D", dataDirectory().toString()),
        List.of("-m", mode, "-t", "120", "-w", "stop"));
  }

  private Path log() {
    return home.resolve("log");
  }

  private void truncateLog() {
    try {
      Files.writeString(log(), "");
      commands.give(log());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String logEnd() {
    return PostgresCommands.end(log());
  }

  private IllegalStateException failure(String expected) {
    return new IllegalStateException(expected + "; the end of its log:\n" + logEnd());
  }

  private static String randomPassword() {
    byte[] bytes = new byte[12];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Prints the URL of a fresh database and serves it until standard input ends. */
  public static void main(String[] arguments) throws IOException {
    try (PostgresServer server = start(Map.of())) {
      System.out.println(server.url(server.newDatabase()));
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }
}
