package dev.axme.channels.mail;

/**
 * What came of handing over a mail.
 *
 * @param code SMTP's reply code; 0 when there was none
 * @param answer the server's own last line, or what went wrong before it could answer
 */
public record Receipt(Fate fate, int code, String answer) {
  private static final int LONGEST = 500;

  public Receipt {
    answer = Lines.one(answer, LONGEST);
  }

  /** The kinds of ends. */
  public enum Fate {
    /** The server has it and answers for it from now on. */
    ACCEPTED,
    /** The server did not take it now. */
    LATER,
    /** The server will never take this mail or mail for this person. */
    REFUSED,
    /** There was no talking to the server: no connection, no trust, no sign-in. */
    UNREACHABLE
  }

  static Receipt unreachable(String why) {
    return new Receipt(Fate.UNREACHABLE, 0, why);
  }
}
