package dev.axme.channels.mail;

import java.time.Instant;
import java.util.List;

/** Mails for tests. */
final class Mails {
  static final MailAddress FROM = new MailAddress("axme", "axme@axme.example.com");
  static final MailAddress ANN = new MailAddress("Ann Ö.", "ann@example.com");
  static final Instant NOON = Instant.parse("2026-11-24T12:00:00.123456Z");

  private Mails() {}

  static MailMessage plain() {
    return saying("Deploy model v2.3", "Plain words.", "<p>Words.</p>");
  }

  static MailMessage saying(String subject, String text, String html) {
    return new MailMessage(
        FROM,
        ANN,
        subject,
        new MailMessage.Body(text, html),
        new MailMessage.Conversation("<task-1.2@axme.example.com>", List.of()),
        NOON);
  }

  static MailMessage later() {
    return new MailMessage(
        FROM,
        ANN,
        "Re: Deploy model v2.3",
        new MailMessage.Body("a", "b"),
        new MailMessage.Conversation(
            "<task-1.3@axme.example.com>", List.of("<task-1.2@axme.example.com>")),
        NOON);
  }
}
