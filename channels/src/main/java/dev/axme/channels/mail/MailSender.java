package dev.axme.channels.mail;

/** Where mails go. Blocks; safe for any number of threads at once. */
public interface MailSender extends AutoCloseable {
  /** Hands over one mail and says what came of it; it does not throw when the other side fails. */
  Receipt send(MailMessage mail);

  /** Lets go of open connections. */
  @Override
  void close();
}
