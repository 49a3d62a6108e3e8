package dev.axme.store;

import dev.axme.core.Root;
import java.util.Optional;

/**
 * What one command meets.
 *
 * @param remembered the answer that this idempotency key already got
 * @param authorized whether the credential still holds
 * @param taken whether there already is an account that one of the newcomers would be
 */
public record Found(
    State state, Optional<Remembered> remembered, boolean authorized, boolean taken) {
  /** How the root stands. */
  public sealed interface State {
    /** Locked for this transaction, and folded. */
    record Present(Root root) implements State {}

    /** No such root in this workspace. */
    record Missing() implements State {}

    /** Another node holds it now. */
    record Busy() implements State {}
  }

  /** An answer that was given before. */
  public record Remembered(RequestKey request, Memo memo) {}
}
