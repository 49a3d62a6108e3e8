package dev.axme.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axme.channels.mail.MailAddress;
import dev.axme.channels.mail.SmtpAccount;
import dev.axme.channels.mail.SmtpAccount.Login;
import dev.axme.channels.mail.SmtpAccount.Security;
import dev.axme.server.Settings.UsageException;
import dev.axme.server.mail.MailRoad;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailSettingsTest {
  private static MailRoad road(String flags) {
    return road(flags, Map.of());
  }

  private static MailRoad road(String flags, Map<String, String> env) {
    return Settings.parse(flags.isEmpty() ? List.of() : List.of(flags.split(" ")), env).mail();
  }

  @Test
  void mailsAreFilesUntilThereIsAServer() {
    MailRoad road = road("--data /srv/axme");

    assertThat(road)
        .isEqualTo(
            new MailRoad.Files(
                Path.of("/srv/axme/mail"), new MailAddress("axme", "axme@localhost")));
    assertThat(road.remark()).hasValueSatisfying(r -> assertThat(r).contains("--smtp-host"));
  }

  @Test
  void offIsOff() {
    MailRoad road = road("--mail-file off");

    assertThat(road).isEqualTo(new MailRoad.Nowhere());
    assertThat(road.open()).isEmpty();
    assertThat(road.remark()).hasValueSatisfying(r -> assertThat(r).contains("Nobody is told"));
  }

  @Test
  void aServerIsTalkedToAsItsSettingsSay(@TempDir Path directory) throws Exception {
    Path secret = Files.writeString(directory.resolve("password"), "s3cret\n");

    MailRoad road =
        road(
            "--smtp-host mail.example.com --smtp-user ann --mail-from axme@example.com",
            Map.of("AXME_SMTP_PASSWORD_FILE", secret.toString(), "AXME_SMTP_SECURITY", "tls"));

    assertThat(road)
        .isEqualTo(
            new MailRoad.Smtp(
                new SmtpAccount(
                    "mail.example.com", 465, Security.TLS, Optional.of(new Login("ann", "s3cret"))),
                new MailAddress("axme", "axme@example.com")));
    assertThat(road.remark()).isEmpty();
    assertThat(road.toString()).doesNotContain("s3cret");
  }

  @ParameterizedTest
  @CsvSource({"starttls, 587", "tls, 465", "none, 25"})
  void thePortIsTheUsualOne(String security, int port) {
    MailRoad road = road("--smtp-host m --mail-from a@b.c --smtp-security " + security);

    assertThat(((MailRoad.Smtp) road).account().port()).isEqualTo(port);
  }

  @Test
  void aUserThatIsAnAddressIsTheSender() {
    MailRoad road = road("--smtp-host m --smtp-user ann@example.com --smtp-password p");

    assertThat(road.sender()).contains(new MailAddress("axme", "ann@example.com"));
  }

  @Test
  void aPasswordInTheOpenIsSaid() {
    MailRoad road = road("--smtp-host m --smtp-user a@b.c --smtp-password p --smtp-security none");

    assertThat(road.remark()).hasValueSatisfying(r -> assertThat(r).contains("unencrypted"));
  }

  @ParameterizedTest
  @CsvSource({
    "--smtp-host m, needs --mail-from",
    "--smtp-user ann, needs --smtp-host",
    "--smtp-port 25, needs --smtp-host",
    "--smtp-host m --mail-from a@b.c --smtp-user u, AXME_SMTP_PASSWORD_FILE",
    "--smtp-host m --mail-from a@b.c --smtp-password p, needs --smtp-user",
    "--smtp-host m --mail-from a@b.c --smtp-security ssl, must be starttls",
    "--smtp-host m --mail-from a@b.c --smtp-port 99999, 65535",
    "--smtp-host m --mail-from nobody, --mail-from must be",
    "--smtp-host m --mail-from a@b.c --mail-file /tmp/x, leave one out",
    "--smtp-host smtp://m --mail-from a@b.c, must be the name",
    "--smtp-hots m, --smtp-host"
  })
  void whatCannotBeMeantIsSaid(String flags, String words) {
    assertThatThrownBy(() -> road(flags))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(words);
  }
}
