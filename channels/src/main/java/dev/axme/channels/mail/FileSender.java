package dev.axme.channels.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Properties;
import java.util.UUID;

/**
 * Writes each mail into a file of its own, for whoever has no mail server yet. Names sort by time;
 * a file is there as a whole or not at all, and only its owner can read it.
 */
public final class FileSender implements MailSender {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Path directory;
  private final Session session = Session.getInstance(new Properties());

  public FileSender(Path directory) {
    this.directory = directory;
  }

  @Override
  public Receipt send(MailMessage mail) {
    String name = TIME.format(mail.date()) + "-" + UUID.randomUUID().toString().substring(0, 8);
    Path fresh = directory.resolve("." + name + ".new");
    Path file = directory.resolve(name + ".eml");
    try {
      Files.createDirectories(directory, mode("rwx------"));
      Files.createFile(fresh, mode("rw-------"));
      write(mail, fresh);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      return new Receipt(Receipt.Fate.ACCEPTED, 0, "written to " + file.getFileName());
    } catch (IOException e) {
      forget(fresh);
      return Receipt.unreachable("cannot write the file: " + e);
    }
  }

  private void write(MailMessage mail, Path fresh) throws IOException {
    try (OutputStream out = Files.newOutputStream(fresh)) {
      Mime.of(session, mail).writeTo(out);
    } catch (MessagingException e) {
      throw new IOException(e);
    }
  }

  private static void forget(Path fresh) {
    try {
      Files.deleteIfExists(fresh);
    } catch (IOException e) {
      // It is hidden and not a mail: nobody misreads it.
    }
  }

  private FileAttribute<?>[] mode(String permissions) {
    boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  @Override
  public void close() {}
}
