package dev.axme.server.identity;

import java.util.function.Predicate;

/**
 * The parts of addresses that come from the names of organizations and workspaces: 3 to 63
 * characters, letters, digits and hyphens. A slug stays when the name changes.
 */
final class Slugs {
  private static final int SHORTEST = 3;

  /** Leaves room for a number at the end. */
  private static final int LONGEST = 50;

  private static final int NUMBERS = 20;

  private Slugs() {}

  /** The slug of a name; {@code kind} fills up what is too short. */
  static String of(String name, String kind) {
    String slug = Addresses.slug(name.replace('/', '-')).replaceAll("[._-]+", "-");
    String cut = Addresses.slug(slug.substring(0, Math.min(slug.length(), LONGEST)));
    return cut.length() < SHORTEST ? Addresses.slug(kind + "-" + cut) : cut;
  }

  /** Which slug to try next; after two tries that others won, one that nobody else comes upon. */
  static String next(String slug, Predicate<String> free, int tries) {
    return tries < 2 ? numbered(slug, free) : unlikely(slug);
  }

  /** The slug itself if it is free, else with a number at its end. */
  private static String numbered(String slug, Predicate<String> free) {
    if (free.test(slug)) {
      return slug;
    }
    for (int n = 2; n <= NUMBERS; n++) {
      if (free.test(slug + "-" + n)) {
        return slug + "-" + n;
      }
    }
    return unlikely(slug);
  }

  private static String unlikely(String slug) {
    return slug + "-" + Secrets.secret().substring(0, 8);
  }
}
