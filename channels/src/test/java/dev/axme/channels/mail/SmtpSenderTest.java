package dev.axme.channels.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.axme.channels.mail.Receipt.Fate;
import dev.axme.channels.mail.SmtpAccount.Login;
import dev.axme.channels.mail.SmtpAccount.Security;
import jakarta.mail.BodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real SMTP: a whole mail server where it behaves, a stage where it does not. */
class SmtpSenderTest {
  @TempDir static Path directory;
  @TempDir static Path elsewhere;

  private static Certificate certificate;
  private static Certificate wrongName;

  private final GreenMail greenMail =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

  @BeforeAll
  static void certificates() throws Exception {
    certificate = Certificate.of(directory, "dns:localhost");
    wrongName = Certificate.of(elsewhere, "dns:mail.example.com");
  }

  @AfterEach
  void stop() {
    greenMail.stop();
  }

  private MailSender open(Optional<Login> login) {
    greenMail.start();
    return new SmtpSender(
        new SmtpAccount("127.0.0.1", greenMail.getSmtp().getPort(), Security.NONE, login),
        Mails.FROM);
  }

  private static MailSender to(SmtpStage stage, Security security, Properties trust) {
    Properties properties = new Properties();
    properties.putAll(trust);
    for (String limit : List.of("timeout", "connectiontimeout", "writetimeout")) {
      properties.setProperty("mail.smtp." + limit, "500");
    }
    return new SmtpSender(
        new SmtpAccount("localhost", stage.port(), security, Optional.empty()),
        Mails.FROM,
        properties);
  }

  @Test
  void aMailArrivesAsItWasWritten() throws Exception {
    Receipt receipt;
    try (MailSender sender = open(Optional.empty())) {
      receipt = sender.send(Mails.saying("Über 4 €", "Grüße\n.\nEnde", "<p>Grüße</p>"));
    }

    MimeMessage mail = greenMail.getReceivedMessages()[0];
    MimeMultipart parts = (MimeMultipart) mail.getContent();
    BodyPart text = parts.getBodyPart(0);
    assertThat(receipt.fate()).isEqualTo(Fate.ACCEPTED);
    assertThat(receipt.code()).isEqualTo(250);
    assertThat(receipt.answer()).startsWith("250 ");
    assertThat(mail.getSubject()).isEqualTo("Über 4 €");
    assertThat(mail.getFrom()[0].toString()).isEqualTo("axme <axme@axme.example.com>");
    assertThat(mail.getMessageID()).isEqualTo("<task-1.2@axme.example.com>");
    assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    assertThat(mail.getHeader("References")).isNull();
    assertThat(mail.getSentDate()).isEqualTo(Mails.NOON.truncatedTo(ChronoUnit.SECONDS));
    assertThat(parts.getContentType()).startsWith("multipart/alternative");
    assertThat(text.getContent().toString().replace("\r\n", "\n")).isEqualTo("Grüße\n.\nEnde");
    assertThat(parts.getBodyPart(1).getContentType()).isEqualTo("text/html; charset=UTF-8");
  }

  @Test
  void aLaterMailNamesTheFirst() throws Exception {
    try (MailSender sender = open(Optional.empty())) {
      sender.send(Mails.later());
    }

    MimeMessage mail = greenMail.getReceivedMessages()[0];
    assertThat(mail.getHeader("References")).containsExactly("<task-1.2@axme.example.com>");
    assertThat(mail.getHeader("In-Reply-To")).containsExactly("<task-1.2@axme.example.com>");
  }

  @Test
  void aNameAndAPasswordOpenTheServer() throws Exception {
    greenMail.getUserManager().setAuthRequired(true);
    greenMail.setUser("axme@example.com", "axme", "right");
    try (MailSender sender = open(Optional.of(new Login("axme", "right")))) {
      assertThat(sender.send(Mails.plain()).fate()).isEqualTo(Fate.ACCEPTED);
    }
  }

  @Test
  void aWrongPasswordIsNoAnswerToTheMail() throws Exception {
    greenMail.getUserManager().setAuthRequired(true);
    greenMail.setUser("axme@example.com", "axme", "right");
    try (MailSender sender = open(Optional.of(new Login("axme", "wrong")))) {
      Receipt receipt = sender.send(Mails.plain());

      assertThat(receipt.fate()).isEqualTo(Fate.UNREACHABLE);
      assertThat(receipt.answer())
          .contains("name and password")
          .contains("535")
          .doesNotContain("wrong");
    }
  }

  @Test
  void oneConnectionCarriesManyMails() throws Exception {
    try (SmtpStage stage = new SmtpStage(certificate.server());
        MailSender sender = to(stage, Security.STARTTLS, certificate.trusted())) {
      for (int i = 0; i < 20; i++) {
        assertThat(sender.send(Mails.plain()).fate()).isEqualTo(Fate.ACCEPTED);
      }

      assertThat(stage.connections()).isEqualTo(1);
    }
  }

  @Test
  void aConnectionThatTheServerClosedMeanwhileIsReplaced() throws Exception {
    try (SmtpStage stage = new SmtpStage(certificate.server());
        MailSender sender = to(stage, Security.NONE, new Properties())) {
      sender.send(Mails.plain());
      stage.answer("NOOP", SmtpStage.HANG_UP);

      assertThat(sender.send(Mails.plain()).fate()).isEqualTo(Fate.ACCEPTED);
      assertThat(stage.connections()).isEqualTo(2);
    }
  }

  @Test
  void manyAtOnceAllArrive() throws Exception {
    try (MailSender sender = open(Optional.empty());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Receipt>> mails =
          IntStream.range(0, 200)
              .<Callable<Receipt>>mapToObj(_ -> () -> sender.send(Mails.plain()))
              .toList();
      for (Future<Receipt> receipt : threads.invokeAll(mails)) {
        assertThat(receipt.get().fate()).isEqualTo(Fate.ACCEPTED);
      }
    }

    assertThat(greenMail.getReceivedMessages()).hasSize(200);
  }

  @Test
  void startTlsEncryptsEverythingBehindIt() throws Exception {
    try (SmtpStage stage = new SmtpStage(certificate.server());
        MailSender sender = to(stage, Security.STARTTLS, certificate.trusted())) {
      Receipt receipt = sender.send(Mails.plain());

      assertThat(receipt).isEqualTo(new Receipt(Fate.ACCEPTED, 250, "250 2.0.0 queued as 4711"));
      assertThat(stage.heard())
          .startsWith("EHLO axme.example.com", "STARTTLS", "EHLO axme.example.com");
    }
  }

  @Test
  void nothingIsSentInTheOpenWhenTheServerOffersNoEncryption() throws Exception {
    try (SmtpStage stage = new SmtpStage(certificate.server()).answer("EHLO", "250 stage");
        MailSender sender = to(stage, Security.STARTTLS, certificate.trusted())) {
      Receipt receipt = sender.send(Mails.plain());

      assertThat(receipt.fate()).isEqualTo(Fate.UNREACHABLE);
      assertThat(receipt.answer()).contains("STARTTLS");
      assertThat(stage.heard()).noneMatch(line -> line.startsWith("MAIL"));
    }
  }

  @Test
  void implicitTlsWorksFromTheFirstByte() throws Exception {
    GreenMail secure = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS));
    secure.start();
    Properties trustAll = new Properties();
    trustAll.setProperty("mail.smtp.ssl.trust", "*");
    trustAll.setProperty("mail.smtp.ssl.checkserveridentity", "false");
    try (MailSender sender =
        new SmtpSender(
            new SmtpAccount(
                "127.0.0.1", secure.getSmtps().getPort(), Security.TLS, Optional.empty()),
            Mails.FROM,
            trustAll)) {
      assertThat(sender.send(Mails.plain()).fate()).isEqualTo(Fate.ACCEPTED);
      assertThat(secure.getReceivedMessages()).hasSize(1);
    } finally {
      secure.stop();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"unknown issuer", "wrong name"})
  void aCertificateThatDoesNotFitStopsEverything(String what) throws Exception {
    Certificate shown = what.equals("wrong name") ? wrongName : certificate;
    Properties trust = what.equals("wrong name") ? wrongName.trusted() : new Properties();
    try (SmtpStage stage = new SmtpStage(shown.server());
        MailSender sender = to(stage, Security.STARTTLS, trust)) {
      Receipt receipt = sender.send(Mails.plain());

      assertThat(receipt.fate()).isEqualTo(Fate.UNREACHABLE);
      assertThat(receipt.answer())
          .containsPattern("(?i)certificat|server identity|No name matching");
      assertThat(stage.heard()).noneMatch(line -> line.startsWith("MAIL"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "RCPT, 550 5.1.1 no such user, REFUSED, 550",
    "RCPT, 450 4.2.1 mailbox busy, LATER, 450",
    "RCPT, 452 4.5.3 too many, LATER, 452",
    "MAIL, 550 5.7.1 not your address, LATER, 550",
    "DATA, 554 5.5.1 no, REFUSED, 554",
    "mail, 552 5.3.4 too large, REFUSED, 552",
    "mail, 451 4.7.1 greylisted, LATER, 451",
    "RCPT, 421 4.3.2 going down, UNREACHABLE, 0",
    "hello, 554 5.7.1 you are blocked, UNREACHABLE, 0",
    "EHLO, 502 what, UNREACHABLE, 0"
  })
  void whatTheServerSaysIsKept(String word, String answer, Fate fate, int code) throws Exception {
    try (SmtpStage stage =
            new SmtpStage(certificate.server()).answer(word, answer).answer("HELO", answer);
        MailSender sender = to(stage, Security.NONE, new Properties())) {
      Receipt receipt = sender.send(Mails.plain());

      assertThat(receipt.fate()).isEqualTo(fate);
      assertThat(receipt.code()).isEqualTo(code);
      assertThat(receipt.answer()).contains(answer.substring(0, 3));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hello", "EHLO", "RCPT", "DATA", "mail"})
  void aServerThatHangsIsLeft(String word) throws Exception {
    try (SmtpStage stage = new SmtpStage(certificate.server()).answer(word, SmtpStage.SILENCE);
        MailSender sender = to(stage, Security.NONE, new Properties())) {
      Receipt receipt = sender.send(Mails.plain());

      assertThat(receipt.fate()).isEqualTo(Fate.UNREACHABLE);
      assertThat(receipt.answer()).isNotBlank();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hello", "EHLO", "RCPT", "DATA", "mail"})
  void aServerThatHangsUpIsUnreachable(String word) throws Exception {
    try (SmtpStage stage = new SmtpStage(certificate.server()).answer(word, SmtpStage.HANG_UP);
        MailSender sender = to(stage, Security.NONE, new Properties())) {
      assertThat(sender.send(Mails.plain()).fate()).isEqualTo(Fate.UNREACHABLE);
    }
  }

  @Test
  void nobodyListens() throws Exception {
    int port;
    try (SmtpStage stage = new SmtpStage(certificate.server())) {
      port = stage.port();
    }
    try (MailSender sender =
        new SmtpSender(
            new SmtpAccount("localhost", port, Security.NONE, Optional.empty()), Mails.FROM)) {
      Receipt receipt = sender.send(Mails.plain());

      assertThat(receipt.fate()).isEqualTo(Fate.UNREACHABLE);
      assertThat(receipt.answer()).startsWith("localhost:" + port).contains("refused");
    }
  }

  @Test
  void aPasswordIsNoPartOfAnyText() {
    SmtpAccount account =
        new SmtpAccount("h", 25, Security.NONE, Optional.of(new Login("ann", "s3cret")));

    assertThat(account.toString()).contains("ann").doesNotContain("s3cret");
  }
}
