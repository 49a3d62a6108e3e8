package dev.axme.server.pages;

import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Who looks at a page, when, in which time zone and in which theme; the viewer is null before
 * signing in.
 */
public record Frame(Instant now, ZoneId zone, Theme theme, @Nullable Viewer viewer) {

  /** The person signed in: their name, how many requests wait for them, and how they sign out. */
  public record Viewer(String name, int waiting, @Nullable SignOut signOut) {}

  /** Where the sign-out button posts to, and the token that proves the page was ours. */
  public record SignOut(String action, String csrf) {}

  /** The words for a time, as this viewer reads them. */
  public Times times() {
    return new Times(now, zone);
  }
}
