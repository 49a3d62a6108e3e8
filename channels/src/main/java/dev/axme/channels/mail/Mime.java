package dev.axme.channels.mail;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.Date;

/** A mail in the form in which it travels. */
final class Mime extends MimeMessage {
  private static final String UTF_8 = StandardCharsets.UTF_8.name();

  private final String id;

  private Mime(Session session, String id) {
    super(session);
    this.id = id;
  }

  static Mime of(Session session, MailMessage mail) throws MessagingException {
    Mime mime = new Mime(session, mail.conversation().id());
    mime.setFrom(address(mail.from()));
    mime.setRecipient(Message.RecipientType.TO, address(mail.to()));
    mime.setSubject(mail.subject(), UTF_8);
    mime.setSentDate(Date.from(mail.date()));
    mime.setHeader("Auto-Submitted", "auto-generated");
    mime.setHeader("X-Auto-Response-Suppress", "All");
    if (!mail.conversation().references().isEmpty()) {
      mime.setHeader("In-Reply-To", mail.conversation().references().getLast());
      mime.setHeader("References", String.join("\r\n ", mail.conversation().references()));
    }
    MimeMultipart both = new MimeMultipart("alternative");
    both.addBodyPart(part(mail.body().text(), "plain"));
    both.addBodyPart(part(mail.body().html(), "html"));
    mime.setContent(both);
    mime.saveChanges();
    return mime;
  }

  private static InternetAddress address(MailAddress address) throws MessagingException {
    try {
      return address.name().isEmpty()
          ? new InternetAddress(address.address(), true)
          : new InternetAddress(address.address(), address.name(), UTF_8);
    } catch (UnsupportedEncodingException e) {
      throw new IllegalStateException("Expected every Java to know UTF-8", e);
    }
  }

  private static MimeBodyPart part(String text, String subtype) throws MessagingException {
    MimeBodyPart part = new MimeBodyPart();
    part.setText(text.replace("\r\n", "\n").replace('\r', '\n'), UTF_8, subtype);
    return part;
  }

  /** Ours stays: a retried mail has the same. */
  @Override
  protected void updateMessageID() throws MessagingException {
    setHeader("Message-ID", id);
  }
}
