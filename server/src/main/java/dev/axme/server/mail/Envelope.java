package dev.axme.server.mail;

import dev.axme.channels.mail.MailAddress;
import dev.axme.channels.mail.MailMessage;
import dev.axme.channels.mail.MailMessage.Body;
import dev.axme.channels.mail.MailMessage.Conversation;
import dev.axme.core.Digest;
import dev.axme.core.Notice.Kind;
import dev.axme.server.outbox.NoticeOutlet;
import dev.axme.server.pages.MailView;
import dev.axme.server.pages.Mails;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Puts what a mail says under an address and into its conversation: one for each question and
 * person. Identifiers are derived, so that a mail that is sent twice is one for whoever gets it.
 */
final class Envelope {
  private static final Mails MAILS = new Mails();
  private static final int DIGITS = 24;

  private final MailAddress from;

  Envelope(MailAddress from) {
    this.from = from;
  }

  /** The mail; empty when none can be sent to {@code to}. */
  Optional<MailMessage> address(String to, NoticeOutlet.Body body, MailView view, Instant now) {
    return MailAddress.of("", to)
        .map(
            address ->
                new MailMessage(
                    from,
                    address,
                    (first(body.kind()) ? "" : "Re: ") + MAILS.subject(view),
                    new Body(MAILS.text(view), MAILS.html(view)),
                    conversation(to, body),
                    now));
  }

  private static boolean first(Kind kind) {
    return switch (kind) {
      case ASKED, TOLD -> true;
      case REMINDED, ESCALATED, ENDED -> false;
    };
  }

  private Conversation conversation(String to, NoticeOutlet.Body body) {
    String about =
        body.task().map(Object::toString).orElseGet(() -> body.intent().toString())
            + body.step().map(step -> "/" + step.value()).orElse("");
    String begun = id(about, to, first(body.kind()) ? body.kind() : Kind.ASKED, 0);
    return first(body.kind())
        ? new Conversation(begun, List.of())
        : new Conversation(id(about, to, body.kind(), body.number()), List.of(begun));
  }

  private String id(String about, String to, Kind kind, int number) {
    byte[] name = (about + " " + to.toLowerCase(Locale.ROOT)).getBytes(StandardCharsets.UTF_8);
    String word = kind.name().toLowerCase(Locale.ROOT) + (number == 0 ? "" : "-" + number);
    return "<"
        + Digest.ofParts(name).hex().substring(0, DIGITS)
        + "."
        + word
        + "@"
        + from.domain()
        + ">";
  }
}
