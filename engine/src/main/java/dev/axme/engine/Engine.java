package dev.axme.engine;

import dev.axme.store.Store;
import dev.axme.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Function;

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

  private final EngineMetrics metrics;
  private final Feeds feeds;
  private final Committer committer;
  private final TimerLoop timers;
  private final Sender sender;

  /** An engine from which nothing leaves. */
  public Engine(Store store) {
    this(store, BusyRoots.PATIENCE);
  }

  Engine(Store store, Duration patience) {
    this(store, Outlets.NONE, _ -> List.of(), EngineMetrics.NONE, patience);
  }

  /**
   * Builds the engine; nothing runs before {@link #start}.
   *
   * @param outlets what leaves the server
   * @param channels by what it leaves, made with the engine because they give commands, too
   */
  public Engine(
      Store store,
      Outlets outlets,
      Function<Engine, List<Channel>> channels,
      EngineMetrics metrics) {
    this(store, outlets, channels, metrics, BusyRoots.PATIENCE);
  }

  private Engine(
      Store store,
      Outlets outlets,
      Function<Engine, List<Channel>> channels,
      EngineMetrics metrics,
      Duration patience) {
    this.metrics = metrics;
    this.feeds = new Feeds(store, metrics);
    this.sender = new Sender(store, channels.apply(this), metrics);
    this.committer = new Committer(store, outlets, new Listening(), patience);
    this.timers = new TimerLoop(store, committer);
    store.listen(feeds::ring);
  }

  /** Starts the loops. */
  public void start() {
    feeds.start();
    committer.start();
    timers.start();
    sender.start();
  }

  /** Hands a command over; the completion is called exactly once, after the commit. */
  public void submit(Submission submission, Completion completion) {
    committer.submit(submission, completion);
  }

  /** Hands over a command whose outcome nobody waits for. */
  public void submit(Submission submission) {
    submit(submission, UNHEARD);
  }

  /**
   * Hands a command over and waits for its outcome. Not for event loops.
   *
   * @throws InterruptedException when the waiting thread is stopped; the command may be carried out
   */
  public Answer ask(Submission submission) throws InterruptedException {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    submit(
        submission,
        new Completion() {
          @Override
          public Executor executor() {
            return Runnable::run;
          }

          @Override
          public void complete(Answer given) {
            answer.complete(given);
          }
        });
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("Expected an answer", e);
    }
  }

  /** Who hears of a transaction. */
  private final class Listening implements Aftermath {
    @Override
    public void committed(List<Pending> commands, Batch batch, long nanos) {
      long now = System.nanoTime();
      batch.decided().forEach(root -> feeds.decided(root, now));
      batch.changed().forEach(feeds::ring);
      if (batch.sends()) {
        sender.ring();
      }
      long bytes = 0;
      for (Pending command : commands) {
        bytes += command.bytes();
      }
      metrics.committed(commands.size(), bytes, nanos);
    }

    @Override
    public void failed(StoreException.Kind kind) {
      metrics.failed(kind);
    }
  }

  /** Says that something was put into the outbox. */
  public void ringOutbox() {
    sender.ring();
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
    sender.close();
    committer.close();
    feeds.close();
  }
}
