package dev.axme.server;

import dev.axme.channels.mail.MailAddress;
import dev.axme.channels.mail.SmtpAccount;
import dev.axme.channels.mail.SmtpAccount.Login;
import dev.axme.channels.mail.SmtpAccount.Security;
import dev.axme.server.Settings.UsageException;
import dev.axme.server.mail.MailRoad;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Reads the settings of mail: they depend on each other, so they are read together. */
final class MailSettings {
  private static final String OFF = "off";
  private static final MailAddress NOBODY = new MailAddress("axme", "axme@localhost");

  private final Function<Setting, String> text;
  private final Function<String, Path> path;

  MailSettings(Function<Setting, String> text, Function<String, Path> path) {
    this.text = text;
    this.path = path;
  }

  MailRoad read() {
    String host = text(Setting.SMTP_HOST);
    String files = text(Setting.MAIL_FILE);
    if (host.isEmpty()) {
      alone();
      if (files.equals(OFF)) {
        return new MailRoad.Nowhere();
      }
      Path directory =
          files.isEmpty() ? path.apply(text(Setting.DATA)).resolve("mail") : path.apply(files);
      return new MailRoad.Files(directory, from().orElse(NOBODY));
    }
    if (!files.isEmpty() && !files.equals(OFF)) {
      throw new UsageException(
          "Mails go to --smtp-host or into --mail-file, not to both: leave one out.");
    }
    if (!host.matches("[A-Za-z0-9._:-]+")) {
      throw new UsageException("--smtp-host must be the name or address of a mail server.");
    }
    return new MailRoad.Smtp(
        new SmtpAccount(host, port(), security(), login()), from().orElseGet(this::userAsSender));
  }

  /** Settings of a mail server that is not named are a slip, not a wish. */
  private void alone() {
    for (Setting setting :
        new Setting[] {Setting.SMTP_USER, Setting.SMTP_PASSWORD, Setting.SMTP_PORT}) {
      if (!text(setting).isEmpty()) {
        throw new UsageException(setting.flag() + " needs --smtp-host, the mail server.");
      }
    }
  }

  private Security security() {
    String word = text(Setting.SMTP_SECURITY);
    for (Security security : Security.values()) {
      if (security.name().toLowerCase(Locale.ROOT).equals(word)) {
        return security;
      }
    }
    throw new UsageException("--smtp-security must be starttls, tls or none, not " + word + ".");
  }

  private int port() {
    String port = text(Setting.SMTP_PORT);
    if (port.isEmpty()) {
      return security().port();
    }
    return Settings.number(Setting.SMTP_PORT, port, 1, 65_535);
  }

  private Optional<Login> login() {
    String user = text(Setting.SMTP_USER);
    String password = text(Setting.SMTP_PASSWORD);
    if (user.isEmpty() != password.isEmpty()) {
      throw new UsageException(
          user.isEmpty()
              ? "--smtp-password needs --smtp-user."
              : "--smtp-user needs a password: AXME_SMTP_PASSWORD_FILE names a file that holds it.");
    }
    return user.isEmpty() ? Optional.empty() : Optional.of(new Login(user, password));
  }

  private Optional<MailAddress> from() {
    String from = text(Setting.MAIL_FROM);
    if (from.isEmpty()) {
      return Optional.empty();
    }
    MailAddress address =
        MailAddress.read(from)
            .orElseThrow(
                () ->
                    new UsageException(
                        "--mail-from must be an address such as axme@example.com or"
                            + " \"Approvals <axme@example.com>\"."));
    return Optional.of(
        address.name().isEmpty() ? new MailAddress("axme", address.address()) : address);
  }

  private MailAddress userAsSender() {
    return MailAddress.of("axme", text(Setting.SMTP_USER))
        .orElseThrow(
            () ->
                new UsageException(
                    "--smtp-host needs --mail-from, the address that mails come from."));
  }

  private String text(Setting setting) {
    return text.apply(setting);
  }
}
