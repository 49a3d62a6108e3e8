package dev.axme.channels.mail;

import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One mail to one person, made by a program: ready to be sent, and safe to be sent, whatever is in
 * its texts. A subject is one line; identifiers are checked.
 */
public record MailMessage(
    MailAddress from,
    MailAddress to,
    String subject,
    Body body,
    Conversation conversation,
    Instant date) {
  private static final int LONGEST_SUBJECT = 200;
  private static final Pattern ID = Pattern.compile("<[A-Za-z0-9._-]{1,120}@[A-Za-z0-9.-]{1,254}>");

  public MailMessage {
    subject = Lines.one(subject, LONGEST_SUBJECT);
  }

  /** What it says, twice: for readers of text, who miss nothing, and as HTML. */
  public record Body(String text, String html) {}

  /**
   * Where it stands in a conversation.
   *
   * @param id its own identifier, in angle brackets
   * @param references the mails before it, oldest first; empty for the first one
   */
  public record Conversation(String id, List<String> references) {
    public Conversation {
      references = List.copyOf(references);
      check(id);
      references.forEach(Conversation::check);
    }

    private static void check(String id) {
      if (!ID.matcher(id).matches()) {
        throw new IllegalArgumentException("Expected <unique@domain>, but found " + id);
      }
    }
  }
}
