package dev.axme.server.pages;

import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Who looks at a page, when, in which time zone and in which theme.
 *
 * @param viewer null for whoever is not signed in
 * @param guest who came by the link to one question, nobody for a link that is no good; null for
 *     everybody else
 */
public record Frame(
    Instant now, ZoneId zone, Theme theme, @Nullable Viewer viewer, @Nullable Guest guest) {

  /** A page of somebody who signed in, or has yet to. */
  public Frame(Instant now, ZoneId zone, Theme theme, @Nullable Viewer viewer) {
    this(now, zone, theme, viewer, null);
  }

  /** The same page for whoever came by a link. */
  public Frame of(Guest someone) {
    return new Frame(now, zone, theme, null, someone);
  }

  /** Somebody with a link: the name that a decision is recorded under. */
  public record Guest(String name) {
    public static final Guest NOBODY = new Guest("");

    public Guest {
      name = Labels.clip(name, 254);
    }
  }

  /**
   * What the page says of where one comes from. The address of a link is a secret and is told
   * nobody. Elsewhere it stays within the site: without it a browser sends a form with {@code
   * Origin: null}, which looks like another site's.
   */
  public String referrer() {
    return guest == null ? "same-origin" : "no-referrer";
  }

  /** The person signed in: their name, how many requests wait for them, and how they sign out. */
  public record Viewer(String name, int waiting, @Nullable SignOut signOut) {}

  /** Where the sign-out button posts to, and the token that proves the page was ours. */
  public record SignOut(String action, String csrf) {}

  /** The words for a time, as this viewer reads them. */
  public Times times() {
    return new Times(now, zone);
  }
}
