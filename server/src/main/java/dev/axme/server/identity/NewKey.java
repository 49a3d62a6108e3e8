package dev.axme.server.identity;

import dev.axme.store.Directory;
import dev.axme.store.Directory.Account;
import java.time.Instant;
import java.util.Optional;

/**
 * A key that was just made, with the secret that is shown this once.
 *
 * @param row what is stored
 * @param token what the client sends: {@code axme_}, the account's id, {@code _} and the secret
 */
record NewKey(Directory.Key row, String token) {
  private static final int HINT = 4;

  /** What is said about a key; none of it is needed. */
  record Terms(Optional<String> name, Optional<String> description, Optional<Instant> expiresAt) {
    static final Terms NONE = new Terms(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** A person's own key, which may decide. */
  static NewKey login(Account account, Instant now) {
    return of(Secrets.id("sak_"), account, true, now, Terms.NONE);
  }

  /** An agent's key, which never decides. */
  static NewKey agent(String id, Account account, Instant now, Terms terms) {
    return of(id, account, false, now, terms);
  }

  private static NewKey of(String id, Account account, boolean login, Instant now, Terms terms) {
    String secret = Secrets.secret();
    String token = "axme_" + account.id() + "_" + secret;
    String hint = secret.substring(secret.length() - HINT);
    String hash = Secrets.hash(token);
    return new NewKey(
        new Directory.Key(
            id,
            account.id(),
            hash,
            hint,
            login,
            terms.name(),
            terms.description(),
            now,
            terms.expiresAt(),
            Optional.empty()),
        token);
  }
}
