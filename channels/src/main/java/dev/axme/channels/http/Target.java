package dev.axme.channels.http;

import java.net.IDN;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a URL leads, taken apart once: what is checked here is what is connected to, so no second
 * parser can understand it differently.
 *
 * @param host a name in lower case and ASCII, or an address in its plain spelling
 * @param literal the address, when the host is one
 * @param path with the query, never empty
 */
record Target(boolean tls, String host, Optional<InetAddress> literal, int port, String path) {
  /** What a URL turned out to be. */
  sealed interface Parsed {}

  /** A URL that can be called. */
  record Good(Target target) implements Parsed {}

  /** One that cannot, and why. */
  record Bad(String why) implements Parsed {}

  private static final int LONGEST = 2_048;
  private static final Pattern PARTS =
      Pattern.compile("(?i)(https?)://([^/?#\\\\]*)([^#]*)(?:#.*)?", Pattern.DOTALL);
  private static final Pattern HOST_AND_PORT =
      Pattern.compile("(\\[[^\\]]*\\]|[^:\\[\\]]*)(?::([0-9]{1,5}))?");
  private static final Pattern PATH = Pattern.compile("[\\x21-\\x7e&&[^\\\\]]*");
  private static final Pattern NAME =
      Pattern.compile("(?!-)[a-z0-9_-]{1,63}(\\.(?!-)[a-z0-9_-]{1,63})*");
  private static final Pattern PLAIN_FOUR =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");
  private static final Pattern LIKE_FOUR = Pattern.compile("(.*\\.)?(0x[0-9a-f]*|[0-9]+)");
  private static final Pattern SIX = Pattern.compile("[0-9a-fA-F:.]{2,45}");

  static Parsed parse(String url) {
    Matcher parts = PARTS.matcher(url);
    if (url.length() > LONGEST || !parts.matches()) {
      return new Bad("must be an http or https address of at most 2,048 characters.");
    }
    String authority = parts.group(2);
    if (authority.indexOf('@') >= 0) {
      return new Bad("must not carry a user name or a password.");
    }
    Matcher hostAndPort = HOST_AND_PORT.matcher(authority);
    String path = parts.group(3);
    if (!hostAndPort.matches() || !PATH.matcher(path).matches()) {
      return new Bad("is no address that can be called: percent-encode what is not plain ASCII.");
    }
    boolean tls = parts.group(1).equalsIgnoreCase("https");
    String port = hostAndPort.group(2);
    int number = port == null ? (tls ? 443 : 80) : Integer.parseInt(port);
    if (number < 1 || number > 65_535 || (number < 1_024 && number != 80 && number != 443)) {
      return new Bad("must name port 80, 443, or one from 1024 to 65535.");
    }
    return parse(hostAndPort.group(1), tls, number, path.startsWith("/") ? path : "/" + path);
  }

  private static Parsed parse(String host, boolean tls, int port, String path) {
    if (host.startsWith("[")) {
      return six(host.substring(1, host.length() - 1))
          .<Parsed>map(a -> new Good(new Target(tls, plain(a), Optional.of(a), port, path)))
          .orElseGet(() -> new Bad("must have a plain IPv6 address in its brackets, no zone."));
    }
    String name = ascii(host);
    if (LIKE_FOUR.matcher(name).matches()) {
      if (!PLAIN_FOUR.matcher(name).matches()) {
        return new Bad("must spell an IPv4 address as four decimal numbers.");
      }
      Optional<InetAddress> four = Optional.of(InetAddress.ofLiteral(name));
      return new Good(new Target(tls, name, four, port, path));
    }
    if (name.length() > 253 || !NAME.matcher(name).matches()) {
      return new Bad("must have a host that can be looked up.");
    }
    return new Good(new Target(tls, name, Optional.empty(), port, path));
  }

  /** An IPv6 address that maps one of IPv4 becomes that one. */
  private static Optional<InetAddress> six(String text) {
    if (!SIX.matcher(text).matches() || text.indexOf(':') < 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String plain(InetAddress address) {
    return address.getHostAddress();
  }

  /** The name as the DNS has it, without the dot that may end it. */
  private static String ascii(String host) {
    String ascii;
    try {
      ascii = IDN.toASCII(host).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      return "";
    }
    return ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
  }

  /** The host as it stands in a URL. */
  String shownHost() {
    return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
  }
}
