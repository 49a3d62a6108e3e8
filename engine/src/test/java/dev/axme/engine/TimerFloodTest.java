package dev.axme.engine;

import static dev.axme.engine.Fixtures.ask;
import static dev.axme.engine.Fixtures.decide;
import static dev.axme.engine.Fixtures.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.core.DeadlineRule;
import dev.axme.store.Change;
import dev.axme.store.Snapshot;
import dev.axme.store.Store;
import dev.axme.store.Want;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TimerFloodTest {
  private static final System.Logger LOG = System.getLogger(TimerFloodTest.class.getName());
  private static final int TIMERS = Integer.getInteger("axme.test.timers", 100_000);
  private static final int BATCH = 2_000;
  private static final int DECISIONS = 50;
  private static final int COMMITS_AT_MOST = 3;
  private static final Duration HOUR = Duration.ofHours(1);

  private final ManualClock clock = new ManualClock();
  @TempDir Path directory;

  @Test
  void aFloodOfTimersDelaysADecisionByAFewCommitsAtMost() throws InterruptedException {
    Flood flood = new Flood();
    try (Node node = Node.sqlite(directory, clock, flood::over)) {
      long began = System.nanoTime();
      for (int i = 0; i < TIMERS; i += BATCH) {
        prepare(node.store());
      }
      logMillis("Setting up the timers", began);
      node.start();
      List<Ref> asked = new ArrayList<>();
      for (int i = 0; i < DECISIONS; i++) {
        Ref ref = Ref.fresh();
        node.accepted(ask(ref));
        asked.add(ref);
      }

      clock.move(HOUR);
      assertThat(flood.rising.await(30, TimeUnit.SECONDS)).isTrue();
      List<Counted> decisions = new ArrayList<>();
      for (Ref ref : asked) {
        Counted decision = new Counted(flood.commits);
        node.engine().submit(decide(ref, "approved"), decision);
        assertThat(decision.told.answer()).isInstanceOf(Answer.Accepted.class);
        decisions.add(decision);
      }
      boolean during = flood.left.getCount() > 0;
      assertThat(flood.left.await(120, TimeUnit.SECONDS)).isTrue();
      logMillis("From the first timer set up to the last one fired", began);

      assertThat(during).as("timers went on firing while people decided").isTrue();
      assertThat(decisions).allMatch(d -> d.commits() <= COMMITS_AT_MOST);
      assertThat(node.store().dueTimers(clock.instant(), 1)).isEmpty();
    }
  }

  /** Writes intents that all end at the same time, past the queue. */
  private static void prepare(Store store) {
    List<Pending> commands = new ArrayList<>(BATCH);
    for (int i = 0; i < BATCH; i++) {
      Submission create = send(Ref.fresh(), new DeadlineRule.In(HOUR));
      commands.add(new Pending(create, new Told(), i, 0));
    }
    Batch batch = new Batch(commands, Outlets.NONE);
    store.write(commands.stream().map(Pending::want).toList(), batch::rule);
  }

  private static void logMillis(String what, long began) {
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    LOG.log(System.Logger.Level.INFO, "{0}: {1} ms for {2}", what, millis, TIMERS);
  }

  /** Counts commits and fired timers. */
  private static final class Flood {
    final AtomicInteger commits = new AtomicInteger();
    final CountDownLatch rising = new CountDownLatch(1);
    final CountDownLatch left = new CountDownLatch(TIMERS);

    Store over(Store store) {
      return new FrontedStore(store) {
        @Override
        public void write(List<Want> wants, Function<Snapshot, List<Change>> rule) {
          List<Change> changes = new ArrayList<>();
          super.write(
              wants,
              snapshot -> {
                changes.addAll(rule.apply(snapshot));
                return changes;
              });
          commits.incrementAndGet();
          for (Change change : changes) {
            if (change.fired().isPresent() && change.appended().isPresent()) {
              rising.countDown();
              left.countDown();
            }
          }
        }
      };
    }
  }

  /** How many commits a decision waited for, its own included. */
  private static final class Counted implements Completion {
    final Told told = new Told();
    private final AtomicInteger counter;
    private final int before;
    private volatile int after;

    Counted(AtomicInteger counter) {
      this.counter = counter;
      this.before = counter.get();
    }

    int commits() {
      return after - before;
    }

    @Override
    public Executor executor() {
      return Runnable::run;
    }

    @Override
    public void complete(Answer answer) {
      after = counter.get();
      told.complete(answer);
    }
  }
}
