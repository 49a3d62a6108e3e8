package dev.axme.server.http;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.SequencedSet;

/**
 * Waits for what clients have begun to send, and not for ever. Belongs to one event loop, on which
 * all of it runs; {@link #check} has to be called now and then.
 */
final class Patience {
  private final long nanos;
  private final SequencedSet<Wait> oldestFirst = new LinkedHashSet<>();

  Patience(Duration limit) {
    this.nanos = limit.toNanos();
  }

  /** Something that is waited for. */
  static final class Wait {
    private final long since = System.nanoTime();
    private final Runnable tooLate;

    private Wait(Runnable tooLate) {
      this.tooLate = tooLate;
    }
  }

  /** Calls {@code tooLate} at the end of patience, unless the wait is over before. */
  Wait begin(Runnable tooLate) {
    Wait wait = new Wait(tooLate);
    oldestFirst.add(wait);
    return wait;
  }

  /** It came, or never will. */
  void over(Wait wait) {
    oldestFirst.remove(wait);
  }

  /** Ends what has waited too long. */
  void check() {
    long now = System.nanoTime();
    while (!oldestFirst.isEmpty() && now - oldestFirst.getFirst().since > nanos) {
      oldestFirst.removeFirst().tooLate.run();
    }
  }
}
