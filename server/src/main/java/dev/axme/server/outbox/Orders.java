package dev.axme.server.push;

import dev.axme.engine.Answer;
import dev.axme.engine.Engine;
import dev.axme.engine.Submission;
import dev.axme.store.StoreException;

/** Gives orders and waits until they are on disk. Blocks. */
final class Orders {
  private static final int TRIES = 5;

  private final Engine engine;

  Orders(Engine engine) {
    this.engine = engine;
  }

  /** Throws {@link StoreException} when it cannot be known to be carried out. */
  void carryOut(Submission order) {
    if (!carriedOut(order)) {
      throw new StoreException(StoreException.Kind.UNAVAILABLE, "The committer takes no orders");
    }
  }

  /** Whether it is done, or was done before, or must not be done any more. */
  boolean carriedOut(Submission order) {
    try {
      for (int i = 0; i < TRIES; i++) {
        Answer answer = engine.ask(order);
        if (!(answer instanceof Answer.Unavailable unavailable)) {
          return !(answer instanceof Answer.Broken);
        }
        Thread.sleep(unavailable.retryAfter().dividedBy(TRIES));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }
}
