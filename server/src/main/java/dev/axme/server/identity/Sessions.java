package dev.axme.server.identity;

import dev.axme.core.PersonId;
import dev.axme.store.Directory;
import dev.axme.store.Directory.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Browsers' sessions: a one-time link becomes a cookie. Only hashes are stored. Every method may
 * block.
 */
public final class Sessions {
  /** How long a browser stays signed in. */
  public static final Duration LASTS = Duration.ofDays(30);

  private final Directory directory;
  private final Callers callers;
  private final Supplier<Instant> now;

  /** Sessions of this directory; {@code now} is the store's time. */
  public Sessions(Directory directory, Callers callers, Supplier<Instant> now) {
    this.directory = directory;
    this.callers = callers;
    this.now = now;
  }

  /**
   * A browser that has just been signed in.
   *
   * @param secret the cookie's value, which is stored nowhere
   * @param csrf what its forms must send
   */
  public record SignedIn(String secret, Caller caller, String csrf) {}

  /**
   * A session that lives.
   *
   * @param hash what the session is stored under
   * @param csrf what its forms must send
   */
  public record Current(Caller caller, String csrf, String hash) {}

  /** Whom a link would sign in, and until when. */
  public record LinkOwner(String name, Instant expiresAt) {}

  /** Whom a link would sign in; looking uses nothing up. */
  public Optional<LinkOwner> linkOwner(String token) {
    return directory
        .signInLink(Secrets.hash(token))
        .flatMap(
            link ->
                directory
                    .person(link.person())
                    .map(p -> new LinkOwner(p.name(), link.expiresAt())));
  }

  /** Uses the link up; empty when it is used, expired or unknown. */
  public Optional<SignedIn> signIn(String token) {
    return directory.useSignInLink(Secrets.hash(token)).flatMap(this::open);
  }

  private Optional<SignedIn> open(PersonId person) {
    String secret = Secrets.secret();
    long before = directory.version();
    Session session =
        new Session(Secrets.hash(secret), person, Secrets.secret(), now.get().plus(LASTS));
    directory.add(session);
    callers.refresh();
    return current(session, before).map(c -> new SignedIn(secret, c.caller(), c.csrf()));
  }

  /** Who has this cookie; empty when it is unknown, signed out or too old. */
  public Optional<Current> find(String cookie) {
    long before = directory.version();
    return directory.liveSession(Secrets.hash(cookie)).flatMap(s -> current(s, before));
  }

  private Optional<Current> current(Session session, long at) {
    return callers.ofSession(session, at).map(c -> new Current(c, session.csrf(), session.hash()));
  }

  /** Ends the session of this cookie, at once and on every node. */
  public void signOut(String cookie) {
    directory.revokeSession(Secrets.hash(cookie));
    callers.refresh();
  }
}
