package dev.axme.channels.mail;

import dev.axme.channels.mail.Receipt.Fate;
import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * Hands mails to an SMTP server. A connection that has just carried one mail carries the next;
 * nothing waits longer than {@link #PATIENCE} for the other side.
 */
public final class SmtpSender implements MailSender {
  /** How long a connection, an answer or a write may take. */
  public static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Servers refuse whoever comes with too many connections. */
  private static final int MOST_LINES = 16;

  private static final Duration TURN = Duration.ofSeconds(45);

  private final SmtpAccount account;
  private final Session session;
  private final IdleLines idle = new IdleLines();
  private final Semaphore lines = new Semaphore(MOST_LINES);

  /** A sender that calls itself {@code from.domain()}. */
  public SmtpSender(SmtpAccount account, MailAddress from) {
    this(account, from, new Properties());
  }

  /** The same with more properties of the mail library: for tests, whom to trust. */
  SmtpSender(SmtpAccount account, MailAddress from, Properties more) {
    this.account = account;
    Properties properties = new Properties();
    String patience = Long.toString(PATIENCE.toMillis());
    properties.setProperty("mail.smtp.connectiontimeout", patience);
    properties.setProperty("mail.smtp.timeout", patience);
    properties.setProperty("mail.smtp.writetimeout", patience);
    properties.setProperty("mail.smtp.localhost", from.domain());
    properties.setProperty("mail.smtp.quitwait", "false");
    properties.setProperty("mail.smtp.auth", Boolean.toString(account.login().isPresent()));
    properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    switch (account.security()) {
      case STARTTLS -> {
        properties.setProperty("mail.smtp.starttls.enable", "true");
        properties.setProperty("mail.smtp.starttls.required", "true");
      }
      case TLS -> properties.setProperty("mail.smtp.ssl.enable", "true");
      case NONE -> properties.setProperty("mail.smtp.starttls.enable", "false");
    }
    properties.putAll(more);
    this.session = Session.getInstance(properties);
  }

  @Override
  public Receipt send(MailMessage mail) {
    try {
      if (!lines.tryAcquire(TURN.toMillis(), TimeUnit.MILLISECONDS)) {
        return Receipt.unreachable(account.host() + " is too slow for all that it is to send");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Receipt.unreachable("stopped while it waited for its turn");
    }
    try {
      return sendInTurn(mail);
    } finally {
      lines.release();
    }
  }

  private Receipt sendInTurn(MailMessage mail) {
    Optional<SMTPTransport> used = idle.take();
    if (used.isPresent()) {
      Receipt receipt = sendOver(used.get(), mail);
      // The server may hang up on an idle line at any time: that says nothing about this mail.
      if (receipt.fate() != Fate.UNREACHABLE) {
        return receipt;
      }
    }
    SMTPTransport line = new SMTPTransport(session, null);
    try {
      connect(line);
    } catch (AuthenticationFailedException e) {
      IdleLines.hangUp(line);
      return Receipt.unreachable(
          account.host() + " does not accept our name and password: " + Faults.told(e));
    } catch (MessagingException e) {
      IdleLines.hangUp(line);
      return Receipt.unreachable(account.host() + ":" + account.port() + ": " + Faults.told(e));
    }
    return sendOver(line, mail);
  }

  private void connect(SMTPTransport line) throws MessagingException {
    line.connect(
        account.host(),
        account.port(),
        account.login().map(SmtpAccount.Login::user).orElse(null),
        account.login().map(SmtpAccount.Login::password).orElse(null));
  }

  private Receipt sendOver(SMTPTransport line, MailMessage mail) {
    try {
      Mime mime = Mime.of(session, mail);
      Address[] to = mime.getAllRecipients();
      line.sendMessage(mime, to);
      Receipt receipt =
          new Receipt(Fate.ACCEPTED, line.getLastReturnCode(), line.getLastServerResponse());
      idle.give(line);
      return receipt;
    } catch (MessagingException e) {
      IdleLines.hangUp(line);
      return Faults.receipt(e);
    }
  }

  @Override
  public void close() {
    idle.close();
  }
}
