package dev.axme.server;

import dev.axme.server.identity.Provisioning;
import dev.axme.store.Store;
import dev.axme.store.sqlite.SqliteStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;

/**
 * What whoever can read the data directory may do beside a running server, or without one. Every
 * failure is a {@link MaintenanceException} with a sentence for a person.
 */
public final class Maintenance {
  /** The journal first: one store's journal beside another's file would be replayed into it. */
  private static final List<String> FILES = List.of("-wal", "-shm", "");

  private static final byte[] SQLITE = "SQLite format 3".getBytes(StandardCharsets.US_ASCII);

  private final Settings settings;

  /** Works on the store that {@code settings} name. */
  public Maintenance(Settings settings) {
    this.settings = settings;
  }

  /** It cannot be done; the message says why and what to do. */
  public static final class MaintenanceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MaintenanceException(String message) {
      super(message);
    }
  }

  /** A new login key for the owner. Older keys go on working. */
  public String newOwnerKey() {
    if (settings.postgres().isEmpty()) {
      database();
    }
    try (Store store = Server.open(settings)) {
      return new Provisioning(store.directory(), store::now).newOwnerKey();
    }
  }

  /** Copies the embedded store into {@code file}, which must not exist, while it is in use. */
  public void backup(Path file) {
    embedded("backup", "pg_dump");
    if (Files.exists(file)) {
      throw new MaintenanceException(file + " exists already; name a new file.");
    }
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try (SqliteStore store = SqliteStore.open(database(), InstantSource.system())) {
      Files.deleteIfExists(part);
      store.backup(part);
      sync(part);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new MaintenanceException("The backup could not be written: " + e.getMessage());
    }
  }

  /**
   * Puts {@code file}, a backup, in the place of the embedded store. No server may run on the
   * directory; what was there is kept beside it.
   *
   * @return where the store that was there is kept now; the same path as the store's if there was
   *     none
   */
  public Path restore(Path file) {
    embedded("restore", "pg_restore");
    if (!Files.isRegularFile(file)) {
      throw new MaintenanceException("There is no file " + file + ".");
    }
    if (!isDatabase(file)) {
      throw new MaintenanceException(file + " is no backup: axme backup writes those.");
    }
    try (DataDirectory data = DataDirectory.take(settings.data())) {
      Path copy = data.path().resolve("axme.db.restoring");
      delete(copy);
      Files.copy(file, copy);
      // Opening checks that it is a store, and brings an older one to this program's schema.
      SqliteStore.open(copy, InstantSource.system()).close();
      sync(copy);
      Path aside =
          data.path()
              .resolve(
                  "axme.db.before-" + Instant.now().truncatedTo(ChronoUnit.MILLIS).toEpochMilli());
      boolean replaced = move(data.database(), aside);
      Files.move(copy, data.database(), StandardCopyOption.ATOMIC_MOVE);
      syncDirectory(data.path());
      return replaced ? aside : data.database();
    } catch (DataDirectory.InUseException e) {
      throw new MaintenanceException(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new MaintenanceException("The backup could not be restored: " + e.getMessage());
    }
  }

  /** An empty file would be opened as a new, empty store. */
  private static boolean isDatabase(Path file) {
    try (InputStream bytes = Files.newInputStream(file)) {
      return Arrays.equals(bytes.readNBytes(SQLITE.length), SQLITE);
    } catch (IOException e) {
      throw new MaintenanceException("Cannot read " + file + ": " + e.getMessage());
    }
  }

  private void embedded(String what, String instead) {
    if (settings.postgres().isPresent()) {
      throw new MaintenanceException(
          "axme " + what + " is for the embedded store; for PostgreSQL use " + instead + ".");
    }
  }

  private Path database() {
    Path database = settings.data().resolve(DataDirectory.DATABASE);
    if (!Files.exists(database)) {
      throw new MaintenanceException(
          "No server was ever started on " + settings.data() + ". Name its directory with --data.");
    }
    return database;
  }

  private static boolean move(Path from, Path to) throws IOException {
    boolean moved = false;
    for (String suffix : FILES) {
      Path file = from.resolveSibling(from.getFileName() + suffix);
      if (Files.exists(file)) {
        Files.move(file, to.resolveSibling(to.getFileName() + suffix));
        moved = true;
      }
    }
    return moved;
  }

  private static void delete(Path database) throws IOException {
    for (String suffix : FILES) {
      Files.deleteIfExists(database.resolveSibling(database.getFileName() + suffix));
    }
  }

  private static void sync(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot sync " + file, e);
    }
  }

  /** Makes the rename last; a system that cannot open a directory does so by itself. */
  private static void syncDirectory(Path directory) {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Nothing to do: the file itself is on disk.
    }
  }
}
