package dev.axme.engine;

import dev.axme.store.Store;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * The engine of one node: the committer, the timers and the feeds over one store. {@link #submit}
 * may be called from any thread and never blocks.
 */
public final class Engine implements AutoCloseable {
  private static final Completion UNHEARD =
      new Completion() {
        @Override
        public Executor executor() {
          return Runnable::run;
        }

        @Override
        public void complete(Answer answer) {}
      };

  private final Feeds feeds;
  private final Committer committer;
  private final TimerLoop timers;

  /** Builds the engine; nothing runs before {@link #start}. */
  public Engine(Store store) {
    this(store, BusyRoots.PATIENCE);
  }

  Engine(Store store, Duration patience) {
    this.feeds = new Feeds(store);
    this.committer = new Committer(store, feeds::ring, patience);
    this.timers = new TimerLoop(store, committer);
    store.listen(feeds::ring);
  }

  /** Starts the loops. */
  public void start() {
    feeds.start();
    committer.start();
    timers.start();
  }

  /** Hands a command over; the completion is called exactly once, after the commit. */
  public void submit(Submission submission, Completion completion) {
    committer.submit(submission, completion);
  }

  /** Hands over a command whose outcome nobody waits for. */
  public void submit(Submission submission) {
    submit(submission, UNHEARD);
  }

  /** News of what was committed, on this node and on others. */
  public Feeds feeds() {
    return feeds;
  }

  /** How many commands wait for the committer. */
  public int waiting() {
    return committer.waiting();
  }

  /** Takes no more commands, commits what waits, tells everybody, then stops. */
  @Override
  public void close() {
    timers.close();
    committer.close();
    feeds.close();
  }
}
