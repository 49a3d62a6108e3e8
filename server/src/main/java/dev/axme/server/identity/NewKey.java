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

  /** A person's own key, which may decide. */
  static NewKey login(Account account, Instant now) {
    return of(Secrets.id("sak_"), account, true, now, Optional.empty());
  }

  /** An agent's key, which never decides. */
  static NewKey agent(String id, Account account, Instant now, Optional<Instant> expiresAt) {
    return of(id, account, false, now, expiresAt);
  }

  private static NewKey of(
      String id, Account account, boolean login, Instant now, Optional<Instant> expiresAt) {
    String secret = Secrets.secret();
    String token = "axme_" + account.id() + "_" + secret;
    String hint = secret.substring(secret.length() - HINT);
    String hash = Secrets.hash(token);
    return new NewKey(
        new Directory.Key(id, account.id(), hash, hint, login, now, expiresAt, Optional.empty()),
        token);
  }
}
