package dev.axme.engine;

import dev.axme.store.DueTimer;
import dev.axme.store.Store;
import dev.axme.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds due timers without locks and submits them as commands that rank behind everybody else's.
 * Every node runs it: a timer that two nodes find is stale for the second one.
 */
final class TimerLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TimerLoop.class);
  private static final long POLL_MILLIS = 100;
  private static final int AT_ONCE = 2_000;
  private static final Duration POISONED_FOR = Duration.ofMinutes(1);
  private static final Duration FORGET_EVERY = Duration.ofMinutes(1);
  private static final Duration FORGET_AFTER = Duration.ofHours(24);
  private static final int FORGET_AT_ONCE = 1_000;

  private static final Executor WORKERS = Thread::startVirtualThread;

  private final Store store;
  private final Committer committer;
  private final Set<DueTimer> inFlight = ConcurrentHashMap.newKeySet();
  private final Loop loop = new Loop("axme-timers", POLL_MILLIS, this::round);
  private Instant forgotten = Instant.EPOCH;

  TimerLoop(Store store, Committer committer) {
    this.store = store;
    this.committer = committer;
  }

  void start() {
    loop.start();
  }

  private boolean round() {
    Instant now = store.now();
    boolean more = fire(now);
    forget(now);
    return more;
  }

  private boolean fire(Instant now) {
    if (inFlight.size() >= AT_ONCE) {
      return true;
    }
    List<DueTimer> due = store.dueTimers(now, AT_ONCE);
    for (DueTimer timer : due) {
      if (inFlight.add(timer)) {
        committer.submit(Submission.fire(timer), new Fired(timer));
      }
    }
    return due.size() == AT_ONCE;
  }

  private void forget(Instant now) {
    if (Duration.between(forgotten, now).compareTo(FORGET_EVERY) > 0) {
      forgotten = now;
      if (store.forgetRequests(now, FORGET_AFTER, FORGET_AT_ONCE) == FORGET_AT_ONCE) {
        forgotten = Instant.EPOCH;
      }
    }
  }

  private final class Fired implements Completion {
    private final DueTimer timer;

    Fired(DueTimer timer) {
      this.timer = timer;
    }

    @Override
    public Executor executor() {
      return WORKERS;
    }

    @Override
    public void complete(Answer answer) {
      if (answer instanceof Answer.Broken) {
        defer();
      }
      inFlight.remove(timer);
    }

    private void defer() {
      try {
        store.deferTimer(timer, store.now().plus(POISONED_FOR));
      } catch (StoreException e) {
        LOG.warn("A timer that cannot be ruled on stays due: {}", e.getMessage());
      }
    }
  }

  @Override
  public void close() {
    loop.close();
  }
}
