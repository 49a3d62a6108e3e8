package dev.axme.engine;

import dev.axme.store.StoreException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that goes round after round: after a while, at once on a bell, and a second later when
 * the store is away, of which the committer tells. Whatever else a round throws is logged.
 */
final class Loop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Loop.class);

  /** What is done each time. */
  @FunctionalInterface
  interface Round {
    /** Answers whether there is more to do at once. */
    boolean run();
  }

  private final long pollMillis;
  private final Round round;
  private final Semaphore bell = new Semaphore(0);
  private final Thread thread;
  private volatile boolean closed;

  /** Rounds that are {@code pollMillis} apart when nothing rings. */
  Loop(String name, long pollMillis, Round round) {
    this.pollMillis = pollMillis;
    this.round = round;
    this.thread = Thread.ofPlatform().name(name).unstarted(this::loop);
  }

  void start() {
    thread.start();
  }

  /** There may be something to do; a hint, the next round comes anyway. */
  void ring() {
    bell.release();
  }

  private void loop() {
    try {
      while (!closed) {
        if (bell.tryAcquire(millisAfterRound(), TimeUnit.MILLISECONDS)) {
          bell.drainPermits();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private long millisAfterRound() {
    try {
      return round.run() ? 1 : pollMillis;
    } catch (StoreException e) {
      return TimeUnit.SECONDS.toMillis(1);
    } catch (RuntimeException e) {
      LOG.error("A round of {} failed", thread.getName(), e);
      return TimeUnit.SECONDS.toMillis(1);
    }
  }

  /** Lets the round that is under way come to its end. */
  @Override
  public void close() {
    closed = true;
    bell.release();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
