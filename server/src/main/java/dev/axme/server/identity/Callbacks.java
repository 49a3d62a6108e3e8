package dev.axme.server.identity;

import dev.axme.channels.http.CallRule;
import dev.axme.server.http.Problem;
import java.util.Optional;

/**
 * Which addresses may be stored to be called later. What a name leads to is checked again with each
 * call; here only what can be said without asking anybody.
 */
public record Callbacks(CallRule rule) {
  /** Where the server may call; {@code privateAllowed} as {@link CallRule} says. */
  public Callbacks(boolean privateAllowed) {
    this(new CallRule(privateAllowed));
  }

  /** Throws 422 about {@code field} when this may not be called. */
  public void check(String field, String url) {
    refusal(url)
        .ifPresent(
            why -> {
              throw Problem.invalid(field, why);
            });
  }

  /** Why this may not be called, as the end of a sentence that begins with the field's name. */
  public Optional<String> refusal(String url) {
    return rule.refusal(url);
  }
}
