package dev.axme.store;

import dev.axme.core.Root;
import java.util.Optional;

/**
 * What one command meets.
 *
 * @param remembered the answer that this idempotency key already got
 * @param authorized whether the credential still holds
 */
public record Found(State state, Optional<Remembered> remembered, boolean authorized) {
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
