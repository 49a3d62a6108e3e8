package dev.axme.server.web;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The mails that a server wrote into files, as a program that receives mail reads them. */
record MailBox(Path directory) {
  private static final Pattern LINK = Pattern.compile("https?://[^\\s\"'<>]+");
  private static final Duration SOON = Duration.ofSeconds(60);

  /** Every link of the first mail to {@code address}, from its text and its HTML. */
  Set<String> linksTo(String address) {
    Executor soon = CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS);
    Instant end = Instant.now().plus(SOON);
    while (Instant.now().isBefore(end)) {
      for (Path file : files()) {
        MimeMessage mail = read(file);
        if (header(mail, "To").contains(address)) {
          return links(mail);
        }
      }
      CompletableFuture.runAsync(() -> {}, soon).join();
    }
    throw new AssertionError("Expected a mail to " + address + " in " + directory);
  }

  private List<Path> files() {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(directory)) {
      return all.filter(f -> f.toString().endsWith(".eml")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static MimeMessage read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return new MimeMessage(Session.getInstance(new Properties()), in);
    } catch (IOException | MessagingException e) {
      throw new AssertionError("Expected a mail in " + file, e);
    }
  }

  private static String header(MimeMessage mail, String name) {
    try {
      return String.join(",", mail.getHeader(name));
    } catch (MessagingException e) {
      throw new AssertionError(e);
    }
  }

  private static Set<String> links(MimeMessage mail) {
    Set<String> links = new LinkedHashSet<>();
    try {
      MimeMultipart parts = (MimeMultipart) mail.getContent();
      for (int i = 0; i < parts.getCount(); i++) {
        BodyPart part = parts.getBodyPart(i);
        LINK.matcher(part.getContent().toString())
            .results()
            .forEach(m -> links.add(m.group().replace("&amp;", "&")));
      }
    } catch (IOException | MessagingException e) {
      throw new AssertionError(e);
    }
    return links;
  }
}
