package dev.axme.server.identity;

import dev.axme.server.http.Problem;
import java.util.Optional;

/** What pushes to an account are signed with (protocol section 4.4). */
final class WebhookSecrets {
  private static final String FIELD = "webhook_secret";

  private WebhookSecrets() {}

  /**
   * The secret of an account with this mode after a request: what it says, else what there was,
   * else a new one where pushes have to be signed. Null in the body asks for another one.
   */
  static Optional<String> of(String mode, Body body, Optional<String> before) {
    Optional<String> said = body.mentions(FIELD) ? said(body) : before;
    return said.or(() -> fresh(mode));
  }

  /** A new one, where there is something to sign. */
  static Optional<String> fresh(String mode) {
    return mode.equals(Accounts.HTTP) ? Optional.of(Secrets.secret()) : Optional.empty();
  }

  private static Optional<String> said(Body body) {
    Optional<String> secret = body.verbatim(FIELD, 128);
    if (secret.filter(s -> s.length() < 16 || !s.equals(s.strip())).isPresent()) {
      throw Problem.invalid(FIELD, "must have 16 to 128 characters, without space around them.");
    }
    return secret;
  }
}
