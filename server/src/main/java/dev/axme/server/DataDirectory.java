package dev.axme.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * The directory of one server: the embedded store, the credentials of the first start, and a lock
 * that names who runs on it. Only its owner can read it.
 */
final class DataDirectory implements AutoCloseable {
  /** The embedded store's file. */
  static final String DATABASE = "axme.db";

  private final Path path;
  private final FileChannel channel;
  private final FileLock lock;

  private DataDirectory(Path path, FileChannel channel, FileLock lock) {
    this.path = path;
    this.channel = channel;
    this.lock = lock;
  }

  /** Another server runs on the directory. */
  static final class InUseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InUseException(Path path, String who) {
      super(
          "A server runs on %s already%s. Stop it, or start this one with another --data."
              .formatted(path, who.isBlank() ? "" : ": " + who.strip()));
    }
  }

  /**
   * Takes the directory, making it if need be.
   *
   * @throws InUseException when somebody else has it
   */
  static DataDirectory take(Path path) {
    try {
      create(path);
      FileChannel channel =
          FileChannel.open(
              path.resolve("lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        String who = Files.readString(path.resolve("lock"));
        channel.close();
        throw new InUseException(path, who);
      }
      return new DataDirectory(path, channel, lock);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot use the data directory " + path, e);
    }
  }

  private static void create(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return;
    }
    if (posix(path)) {
      Files.createDirectories(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } else {
      Files.createDirectories(path);
    }
  }

  private static boolean posix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  Path path() {
    return path;
  }

  Path database() {
    return path.resolve(DATABASE);
  }

  /** Tells whoever comes next where we are. */
  void announce(String address) {
    String text = "process " + ProcessHandle.current().pid() + " at " + address + "\n";
    try {
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + path.resolve("lock"), e);
    }
  }

  /** Replaces a file by a whole new one that only its owner can read. */
  static void writeSecret(Path file, byte[] content) {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.deleteIfExists(fresh);
      if (posix(file)) {
        Files.createFile(
            fresh,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      try (FileChannel out =
          FileChannel.open(fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        out.write(ByteBuffer.wrap(content));
        out.force(true);
      }
      move(fresh, file);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file, e);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Override
  public void close() {
    try {
      lock.release();
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot let go of " + path, e);
    }
  }
}
