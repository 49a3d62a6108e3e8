package dev.axme.server.web;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a browser goes once it is signed in. Only addresses of our own pages count, so that a link
 * to us cannot lead to another site.
 */
final class NextPath {
  /** The query parameter, and with a prefix the cookie, that remembers it. */
  static final String NAME = "next";

  private static final Pattern OURS = Pattern.compile("/tasks(/[0-9A-Za-z-]{1,64}(/payload)?)?");

  private NextPath() {}

  /** {@code path} if it is a page of ours to come back to. */
  static Optional<String> of(String path) {
    return Optional.of(path).filter(p -> OURS.matcher(p).matches());
  }

  /** The page that explains how to sign in, and remembers what was asked for. */
  static String signIn(String asked) {
    return of(asked).map(path -> "/sign-in?" + NAME + "=" + path).orElse("/sign-in");
  }
}
