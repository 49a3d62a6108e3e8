package dev.axme.server.pages;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** Says which texts may become a link: plain http and https addresses, and nothing clever. */
final class Links {

  private static final int LONGEST = 2000;

  private Links() {}

  /** Whether this whole text is a web address without a user name or anything outside ASCII. */
  static boolean safe(String text) {
    if (text.length() > LONGEST || !text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      return false;
    }
    String lower = text.toLowerCase(Locale.ROOT);
    if (!lower.startsWith("https://") && !lower.startsWith("http://")) {
      return false;
    }
    try {
      URI uri = new URI(text);
      return uri.getHost() != null && uri.getRawUserInfo() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
