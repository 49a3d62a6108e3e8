package dev.axme.server.outbox;

import dev.axme.engine.Answer;
import dev.axme.engine.Engine;
import dev.axme.engine.Submission;
import dev.axme.store.StoreException;

/** Gives the server's own orders and waits until they are on disk. Blocks. */
public final class Orders {
  private static final int TRIES = 3;

  private final Engine engine;

  public Orders(Engine engine) {
    this.engine = engine;
  }

  /** Throws {@link StoreException} when it cannot be known to be carried out. */
  public void carryOut(Submission order) {
    if (!carriedOut(order)) {
      throw new StoreException(StoreException.Kind.UNAVAILABLE, "The committer takes no orders");
    }
  }

  /**
   * Whether it is done, or was done before, or must not be done any more; false when the store does
   * not answer.
   */
  public boolean carriedOut(Submission order) {
    try {
      for (int i = 0; i < TRIES; i++) {
        switch (engine.ask(order)) {
          case Answer.Unavailable away -> Thread.sleep(away.retryAfter());
          case Answer.Broken broken ->
              throw new IllegalStateException(
                  "Expected to carry out " + order.command(), broken.cause());
          case Answer.Accepted _,
              Answer.Remembered _,
              Answer.Unchanged _,
              Answer.Refused _,
              Answer.KeyReused _,
              Answer.Taken _,
              Answer.Unauthorized _ -> {
            return true;
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }
}
