package dev.axme.store.sqlite;

import dev.axme.core.WorkspaceId;
import dev.axme.store.Change;
import dev.axme.store.RootCache;
import dev.axme.store.Schema;
import dev.axme.store.Snapshot;
import dev.axme.store.SqlStore;
import dev.axme.store.StoreException;
import dev.axme.store.Want;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The store on one SQLite file, the default. WAL, {@code synchronous=FULL}: a commit is on disk.
 */
public final class SqliteStore extends SqlStore {
  private final SqliteDatabase database;
  private final RootCache cache = new RootCache();

  private SqliteStore(SqliteDatabase database, InstantSource clock) {
    super(database, () -> clock.instant().truncatedTo(ChronoUnit.MICROS));
    this.database = database;
  }

  /** Opens or makes the file. {@code clock} is the store's time. */
  public static SqliteStore open(Path file, InstantSource clock) {
    // A test turns syncing off with this property, to prove that its watch would notice.
    String synchronous = System.getProperty("axme.sqlite.synchronous", "FULL");
    SqliteDatabase database = new SqliteDatabase(file, synchronous);
    try {
      createPrivately(file);
      Schema.migrate(database.source(), database.dialect());
      database.openReaders();
    } catch (SQLException | IOException e) {
      throw new StoreException(
          StoreException.Kind.UNAVAILABLE,
          "Cannot open " + file + ": " + e.getMessage() + ". Check that it is an axme store.",
          e);
    }
    return new SqliteStore(database, clock);
  }

  /** Payloads are nobody else's to read; SQLite gives its other files the mode of this one. */
  private static void createPrivately(Path file) throws IOException {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    if (posix && !Files.exists(file)) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
  }

  @Override
  public void write(List<Want> wants, Function<Snapshot, List<Change>> rule) {
    SqliteBatch batch = new SqliteBatch(wants, cache, now());
    database.write(
        writer -> {
          batch.run(writer, rule);
          return null;
        },
        batch::committed);
  }

  SqliteDatabase database() {
    return database;
  }

  /** Copies the whole store, as of one moment, into a new file while it is in use. */
  public void backup(Path file) {
    database.copyTo(file);
  }

  @Override
  public String kind() {
    return "sqlite";
  }

  /** One process owns the file: nobody else writes what a bell would tell. */
  @Override
  public void listen(Consumer<WorkspaceId> bell) {}
}
