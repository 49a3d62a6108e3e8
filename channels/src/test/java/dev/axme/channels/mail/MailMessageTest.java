package dev.axme.channels.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailMessageTest {
  private static final Session SESSION = Session.getInstance(new Properties());
  private static final List<String> HEADERS =
      List.of(
          "Auto-Submitted",
          "Content-Type",
          "Date",
          "From",
          "MIME-Version",
          "Message-ID",
          "Subject",
          "To",
          "X-Auto-Response-Suppress");

  private static MimeMessage sent(MailMessage mail) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Mime.of(SESSION, mail).writeTo(out);
    return new MimeMessage(SESSION, new ByteArrayInputStream(out.toByteArray()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\nBcc: eve@example.com",
        "\nBcc: eve@example.com",
        "\rBcc: eve@example.com",
        "\r\n\r\n<html>another body",
        "\u0085Bcc: eve@example.com",
        "\u2028Bcc: eve@example.com",
        "\u0000\u000b\u000c\nBcc: eve@example.com",
        "é\r\nBcc: eve@example.com",
        "=?utf-8?q?=0d=0aBcc:_eve@example.com?=",
        "\r\n Bcc: eve@example.com\r\nSubject: other"
      })
  void noTextBeginsAnotherHeader(String evil) throws Exception {
    MailMessage mail =
        new MailMessage(
            new MailAddress("axme" + evil, "axme@example.com"),
            new MailAddress("Ann" + evil, "ann@example.com"),
            "Deploy" + evil,
            new MailMessage.Body("text" + evil, "<p>" + evil),
            new MailMessage.Conversation("<a.1@example.com>", List.of()),
            Mails.NOON);

    MimeMessage sent = sent(mail);

    assertThat(
            Collections.list(sent.getAllHeaders()).stream().map(h -> h.getName()).sorted().toList())
        .isEqualTo(HEADERS);
    assertThat(sent.getAllRecipients()).hasSize(1);
    assertThat(sent.getSubject()).startsWith("Deploy").doesNotContain("\r", "\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ann@example.com\r\nBcc: eve@example.com",
        "ann@example.com, eve@example.com",
        "<ann@example.com> <eve@example.com>",
        "ann@example.com>\r\nRCPT TO:<eve@example.com",
        "ann@[127.0.0.1]",
        "ann eve@example.com",
        "\"ann\"@example.com",
        "ann@example.com\u0000",
        "ann@exa mple.com",
        "ann@-example.com",
        "ann@example..com",
        "ann@.example.com",
        ".ann@example.com",
        "ann..b@example.com",
        "@example.com",
        "ann@",
        "ann",
        "",
        "änn@example.com",
        "ann@\u202eexample.com",
        "group: ann@example.com;"
      })
  void whatIsNoAddressIsNotMailedTo(String written) {
    assertThat(MailAddress.read(written)).isEmpty();
    assertThat(MailAddress.of("Ann", written)).isEmpty();
    assertThatThrownBy(() -> new MailAddress("Ann", written))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "ann@example.com, '', ann@example.com",
    "Ann <ann@example.com>, Ann, ann@example.com",
    "'\"Ann, the boss\" <ann@example.com>', 'Ann, the boss', ann@example.com",
    "ann@bücher.example, '', ann@xn--bcher-kva.example",
    "axme@localhost, '', axme@localhost",
    "o'neil+tag@sub.example.co.uk, '', o'neil+tag@sub.example.co.uk",
    "'  ann@example.com ', '', ann@example.com"
  })
  void whatIsAnAddressIsRead(String written, String name, String address) {
    assertThat(MailAddress.read(written)).contains(new MailAddress(name, address));
  }

  @Test
  void veryLongThingsAreCut() throws Exception {
    assertThat(MailAddress.read("a".repeat(65) + "@example.com")).isEmpty();
    assertThat(MailAddress.read("ann@" + "a.".repeat(130) + "com")).isEmpty();
    MimeMessage sent =
        sent(Mails.saying("W".repeat(50_000), "t".repeat(50_000), "h".repeat(50_000)));

    ByteArrayOutputStream out = new ByteArrayOutputStream();
    sent.writeTo(out);
    assertThat(out.toString(StandardCharsets.US_ASCII).split("\r\n"))
        .allMatch(l -> l.length() < 998);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a@b", "<a>", "<a@b>\r\nBcc: x", "<a b@c>", "<a@b> <c@d>"})
  void anIdentifierIsOneThing(String id) {
    assertThatThrownBy(() -> new MailMessage.Conversation(id, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new MailMessage.Conversation("<a@b>", List.of(id)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void filesSortByTimeAndAreTheOwnersOnly(@TempDir Path home) throws Exception {
    Path directory = home.resolve("new/mail");
    Receipt receipt;
    try (MailSender sender = new FileSender(directory)) {
      receipt = sender.send(Mails.plain());
      sender.send(Mails.later());
    }

    try (Stream<Path> files = Files.list(directory)) {
      Path[] all = files.sorted().toArray(Path[]::new);
      assertThat(all).hasSize(2);
      assertThat(receipt.fate()).isEqualTo(Receipt.Fate.ACCEPTED);
      assertThat(Arrays.stream(all).map(Path::getFileName).map(Path::toString))
          .anyMatch(receipt.answer()::endsWith);
      for (Path file : all) {
        assertThat(file.getFileName().toString())
            .matches("20261124T120000[.]123456Z-[0-9a-f]{8}[.]eml");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .isEqualTo("rw-------");
        assertThat(new MimeMessage(SESSION, Files.newInputStream(file)).getFrom()).hasSize(1);
      }
    }
  }

  @Test
  void aDirectoryThatCannotBeWrittenIsSaid(@TempDir Path home) throws Exception {
    Path file = Files.writeString(home.resolve("file"), "x");
    try (MailSender sender = new FileSender(file.resolve("mail"))) {
      Receipt receipt = sender.send(Mails.plain());

      assertThat(receipt.fate()).isEqualTo(Receipt.Fate.UNREACHABLE);
      assertThat(receipt.answer()).contains("cannot write");
    }
  }
}
