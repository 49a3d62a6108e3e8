package dev.axme.channels.mail;

import java.net.IDN;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One mailbox that a mail can be sent to or come from: {@code ann@example.com}, with a name for
 * people or an empty one. It holds nothing that could end a header or begin another.
 *
 * @param address plain ASCII; a domain of other letters is kept in its encoded form
 */
public record MailAddress(String name, String address) {
  private static final int LONGEST = 254;
  private static final int LONGEST_LOCAL = 64;
  private static final int LONGEST_NAME = 120;
  private static final Pattern LOCAL =
      Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+([.][A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*");
  private static final Pattern DOMAIN =
      Pattern.compile(
          "[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?([.][A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*");

  public MailAddress {
    name = Lines.one(name, LONGEST_NAME);
    if (!good(address)) {
      throw new IllegalArgumentException(
          "Expected a mail address, but found " + Lines.one(address, LONGEST));
    }
  }

  /** Reads {@code ann@example.com} or {@code Ann <ann@example.com>}; empty when it is neither. */
  public static Optional<MailAddress> read(String text) {
    String written = text.strip();
    int open = written.lastIndexOf('<');
    if (open < 0 || !written.endsWith(">")) {
      return of("", written);
    }
    String name = written.substring(0, open).strip();
    if (name.contains("<") || name.contains(">")) {
      return Optional.empty();
    }
    boolean quoted = name.length() > 1 && name.startsWith("\"") && name.endsWith("\"");
    return of(
        quoted ? name.substring(1, name.length() - 1) : name,
        written.substring(open + 1, written.length() - 1).strip());
  }

  /** The mailbox {@code address} of {@code name}; empty when no mail can be sent there. */
  public static Optional<MailAddress> of(String name, String address) {
    int at = address.lastIndexOf('@');
    if (at < 1 || address.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      String ascii = IDN.toASCII(address.substring(at + 1), IDN.USE_STD3_ASCII_RULES);
      String whole = address.substring(0, at) + "@" + ascii;
      return good(whole) ? Optional.of(new MailAddress(name, whole)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean good(String address) {
    int at = address.lastIndexOf('@');
    return at > 0
        && at <= LONGEST_LOCAL
        && address.length() <= LONGEST
        && LOCAL.matcher(address.substring(0, at)).matches()
        && DOMAIN.matcher(address.substring(at + 1)).matches();
  }

  /** What stands behind the at sign. */
  public String domain() {
    return address.substring(address.lastIndexOf('@') + 1);
  }
}
