package dev.axme.server.web;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a browser goes once it is signed in, or back to. Only addresses of our own pages count, so
 * that nothing leads from us to another site.
 */
final class NextPath {
  /** The query parameter, and with a prefix the cookie, that remembers it. */
  static final String NAME = "next";

  private static final Pattern OURS = Pattern.compile("/tasks(/[0-9A-Za-z-]{1,64}(/payload)?)?");

  private static final Pattern SHOWN =
      Pattern.compile("/(tasks|sign-in)(/[0-9A-Za-z_-]{1,128})?([?][0-9A-Za-z_%=&/.~-]{1,1000})?");

  private NextPath() {}

  /** The page of ours at a full address: its path and query, whichever site the address names. */
  static Optional<String> at(String address) {
    try {
      URI uri = new URI(address);
      String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
      return Optional.of(uri.getRawPath() + query).filter(p -> SHOWN.matcher(p).matches());
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** {@code path} if it is a page of ours to come back to. */
  static Optional<String> of(String path) {
    return Optional.of(path).filter(p -> OURS.matcher(p).matches());
  }

  /** The page that explains how to sign in, and remembers what was asked for. */
  static String signIn(String asked) {
    return of(asked).map(path -> "/sign-in?" + NAME + "=" + path).orElse("/sign-in");
  }
}
