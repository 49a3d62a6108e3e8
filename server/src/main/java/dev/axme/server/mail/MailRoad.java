package dev.axme.server.mail;

import dev.axme.channels.mail.FileSender;
import dev.axme.channels.mail.MailAddress;
import dev.axme.channels.mail.MailSender;
import dev.axme.channels.mail.SmtpAccount;
import dev.axme.channels.mail.SmtpSender;
import java.nio.file.Path;
import java.util.Optional;

/** Where this server's mails go, as its settings say. */
public sealed interface MailRoad {

  /** To people, by a mail server. */
  record Smtp(SmtpAccount account, MailAddress from) implements MailRoad {}

  /** Into files, for whoever has no mail server yet. */
  record Files(Path directory, MailAddress from) implements MailRoad {}

  /** Nowhere: nobody is told by mail. */
  record Nowhere() implements MailRoad {}

  /** What sends them; empty when nothing does. */
  default Optional<MailSender> open() {
    return switch (this) {
      case Smtp smtp -> Optional.of(new SmtpSender(smtp.account(), smtp.from()));
      case Files files -> Optional.of(new FileSender(files.directory()));
      case Nowhere _ -> Optional.empty();
    };
  }

  /** Whom they come from; empty when there are none. */
  default Optional<MailAddress> sender() {
    return switch (this) {
      case Smtp smtp -> Optional.of(smtp.from());
      case Files files -> Optional.of(files.from());
      case Nowhere _ -> Optional.empty();
    };
  }

  /** One word for health: {@code smtp}, {@code files} or {@code off}. */
  default String word() {
    return switch (this) {
      case Smtp _ -> "smtp";
      case Files _ -> "files";
      case Nowhere _ -> "off";
    };
  }

  /** What whoever starts the server should know, in a sentence; empty when all is well. */
  default Optional<String> remark() {
    return switch (this) {
      case Smtp smtp ->
          smtp.account().security() == SmtpAccount.Security.NONE
                  && smtp.account().login().isPresent()
              ? Optional.of(
                  "The password for the mail server travels unencrypted: --smtp-security is none.")
              : Optional.empty();
      case Files files ->
          Optional.of(
              "No mail server is set (--smtp-host): mails are written into "
                  + files.directory()
                  + " and reach nobody.");
      case Nowhere _ ->
          Optional.of(
              "Nobody is told by mail: there is no mail server (--smtp-host) and --mail-file is"
                  + " off. Requests wait in the list, the CLI and the API.");
    };
  }
}
