package dev.axme.channels.mail;

import dev.axme.channels.mail.Receipt.Fate;
import jakarta.mail.MessagingException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/** What a failure of the mail library means. */
final class Faults {
  private static final int DEEPEST = 10;

  private Faults() {}

  /** What came of a mail that the server was offered. */
  static Receipt receipt(MessagingException failure) {
    for (Exception e : chain(failure)) {
      if (e instanceof SMTPAddressFailedException f) {
        return answered(f.getReturnCode(), words(f), Fate.REFUSED);
      }
      if (e instanceof SMTPSenderFailedException f) {
        // Our own address is refused: a setting is wrong, the mail is not.
        return answered(f.getReturnCode(), words(f), Fate.LATER);
      }
      if (e instanceof SMTPSendFailedException f && !hasAddressFailure(f)) {
        return answered(f.getReturnCode(), words(f), Fate.REFUSED);
      }
    }
    return Receipt.unreachable(told(failure));
  }

  private static boolean hasAddressFailure(SMTPSendFailedException failure) {
    return chain(failure).stream()
        .anyMatch(
            e -> e instanceof SMTPAddressFailedException || e instanceof SMTPSenderFailedException);
  }

  private static Receipt answered(int code, String message, Fate permanent) {
    Fate fate = code >= 500 ? permanent : Fate.LATER;
    return code == -1 || code == 421
        ? Receipt.unreachable(message)
        : new Receipt(fate, code, message);
  }

  /** The failure in words: the innermost cause says it best. */
  static String told(MessagingException failure) {
    List<Exception> chain = chain(failure);
    Exception last = chain.getLast();
    return last instanceof MessagingException
        ? words(last)
        : last.getClass().getSimpleName() + ": " + words(last);
  }

  private static String words(Exception failure) {
    String message = failure.getMessage();
    return message == null ? "" : message;
  }

  private static List<Exception> chain(Exception failure) {
    List<Exception> chain = new ArrayList<>();
    Throwable next = failure;
    while (next instanceof Exception e && chain.size() < DEEPEST && !chain.contains(e)) {
      chain.add(e);
      next =
          e instanceof MessagingException m && m.getNextException() != null
              ? m.getNextException()
              : e.getCause();
    }
    return chain;
  }
}
