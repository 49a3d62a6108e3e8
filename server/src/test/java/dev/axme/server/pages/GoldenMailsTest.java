package dev.axme.server.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pins both forms of every kind of mail; {@code -Dgolden.update} rewrites them. */
class GoldenMailsTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/mails");
  private static final Mails MAILS = new Mails();

  record Mail(String name, MailView view) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Mail> mails() {
    return List.of(
        new Mail("asked", MailSamples.asked()),
        new Mail("asked-without-public-url", MailSamples.askedAtHome()),
        new Mail("asked-step", MailSamples.step()),
        new Mail("reminded", MailSamples.reminded()),
        new Mail("escalated", MailSamples.escalated()),
        new Mail("ended", MailSamples.ended()),
        new Mail("ended-expired", MailSamples.expired()),
        new Mail("told", MailSamples.told()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mails")
  void aMailReadsAsItDidWhenSomebodyLooked(Mail mail) throws IOException {
    pin(mail.name() + ".html", MAILS.html(mail.view()));
    pin(
        mail.name() + ".txt",
        "Subject: " + MAILS.subject(mail.view()) + "\n\n" + MAILS.text(mail.view()));
  }

  private static void pin(String name, String actual) throws IOException {
    Path file = GOLDEN.resolve(name);
    if (System.getProperty("golden.update") != null) {
      Files.createDirectories(GOLDEN);
      Files.writeString(file, actual);
    }

    assertThat(actual).isEqualTo(Files.readString(file));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mails")
  void aMailLoadsNothingAndRunsNothing(Mail mail) {
    assertThat(MAILS.html(mail.view()).toLowerCase(Locale.ROOT))
        .doesNotContain("<script", "<img", "<link", "<iframe", "<form", "url(", "@import", "src=")
        .doesNotContainPattern("\\son[a-z]+=");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mails")
  void theTextSaysWhatTheHtmlSays(Mail mail) {
    MailPage page = MailPage.of(mail.view());
    String text = MAILS.text(mail.view());

    assertThat(text).contains(page.headline(), page.news(), page.deadline(), page.ending());
    page.door().ifPresent(door -> assertThat(text).contains(door.url()));
    if (page.showsPayload()) {
      page.payload().rows().forEach(row -> assertThat(text).contains(row.label()));
    }
  }
}
