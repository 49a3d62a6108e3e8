package dev.axme.engine;

import static dev.axme.engine.Fixtures.WORKSPACE;
import static dev.axme.engine.Fixtures.ask;
import static dev.axme.engine.Fixtures.moveDeadline;
import static dev.axme.engine.Fixtures.send;
import static dev.axme.engine.ManualClock.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.core.DeadlineRule;
import dev.axme.core.IntentEvent;
import dev.axme.core.Phase;
import dev.axme.core.ReminderPlan;
import dev.axme.core.Timer;
import dev.axme.store.Change;
import dev.axme.store.DueTimer;
import dev.axme.store.Snapshot;
import dev.axme.store.Store;
import dev.axme.store.StoreException;
import dev.axme.store.Want;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TimerLoopTest {
  private static final System.Logger LOG = System.getLogger(TimerLoopTest.class.getName());
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final ManualClock clock = new ManualClock();
  @TempDir Path directory;

  @Test
  void aDeadlineFiresSoonAfterItIsDueOnAnIdleEngine() throws InterruptedException {
    Ref ref = Ref.fresh();
    try (Node node = Node.sqlite(directory, InstantSource.system()).start()) {
      CountDownLatch ended = ended(node, ref);
      Instant due = Instant.now().plusMillis(700);
      node.accepted(send(ref, new DeadlineRule.At(due)));

      assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();

      Duration late = Duration.between(due, Instant.now());
      LOG.log(System.Logger.Level.INFO, "A deadline was told of {0} ms after it", late.toMillis());
      assertThat(late).isBetween(Duration.ZERO, SECOND);
    }
  }

  @Test
  void aDeadlineSurvivesARestart() throws InterruptedException {
    Ref ref = Ref.fresh();
    try (Node node = Node.sqlite(directory, clock).start()) {
      node.accepted(send(ref, new DeadlineRule.In(HOUR)));
    }
    clock.move(HOUR);
    try (Node node = Node.sqlite(directory, clock)) {
      CountDownLatch ended = ended(node, ref);
      node.start();

      assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(node.store().dueTimers(clock.instant(), 10)).isEmpty();
    }
  }

  @Test
  void afterDaysOfDowntimeAReminderIsSentOnce() throws InterruptedException {
    Ref ref = Ref.fresh();
    Ref marker = Ref.fresh();
    try (Node node = Node.sqlite(directory, clock).start()) {
      node.accepted(ask(ref, new ReminderPlan(HOUR, HOUR.multipliedBy(2), 5, Optional.empty())));
      node.accepted(send(marker, new DeadlineRule.In(HOUR.multipliedBy(2))));
    }
    clock.move(Duration.ofDays(5));
    try (Node node = Node.sqlite(directory, clock)) {
      CountDownLatch ended = ended(node, marker);
      node.start();
      assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
      pollsTwice(node);

      assertThat(reminders(node, ref)).containsExactly(1);
      clock.move(HOUR.multipliedBy(2));
      pollsTwice(node);

      assertThat(reminders(node, ref)).containsExactly(1, 2);
    }
  }

  @Test
  void aDeadlineThatMovedDoesNotFireAtItsOldTime() {
    Ref ref = Ref.fresh();
    try (Node node = Node.sqlite(directory, clock).start()) {
      node.accepted(send(ref, new DeadlineRule.In(HOUR)));
      node.accepted(moveDeadline(ref, NOON.plus(HOUR.multipliedBy(3))));
      clock.move(HOUR.multipliedBy(2));
      pollsTwice(node);
      assertThat(node.phase(ref)).isInstanceOf(Phase.Mailed.class);
      clock.move(HOUR);
      pollsTwice(node);

      assertThat(node.phase(ref)).isInstanceOf(Phase.TimedOut.class);
    }
  }

  @Test
  void aTimerThatWasFoundBeforeItsDeadlineMovedChangesNothing() {
    Ref ref = Ref.fresh();
    try (Node node = Node.sqlite(directory, clock)) {
      Told created = node.submit(send(ref, new DeadlineRule.In(HOUR)));
      Told moved = node.submit(moveDeadline(ref, NOON.plus(HOUR.multipliedBy(3))));
      DueTimer found = deadline(ref, NOON.plus(HOUR));
      Told late = node.submit(Submission.fire(found));
      node.engine().start();
      created.accepted();
      moved.accepted();
      late.answer(Answer.Unchanged.class);

      clock.move(HOUR.multipliedBy(2));
      assertThat(node.submit(Submission.fire(found)).answer()).isInstanceOf(Answer.Unchanged.class);

      assertThat(node.phase(ref)).isInstanceOf(Phase.Mailed.class);
      clock.move(HOUR);
      pollsTwice(node);
      assertThat(node.phase(ref)).isInstanceOf(Phase.TimedOut.class);
    }
  }

  @Test
  void aClockThatStepsBackLosesNoTimer() {
    Ref ref = Ref.fresh();
    try (Node node = Node.sqlite(directory, clock).start()) {
      node.accepted(send(ref, new DeadlineRule.In(HOUR)));

      Told early = node.submit(Submission.fire(deadline(ref, NOON.plus(HOUR))));

      early.answer(Answer.Unchanged.class);
      clock.move(HOUR);
      pollsTwice(node);
      assertThat(node.phase(ref)).isInstanceOf(Phase.TimedOut.class);
    }
  }

  @Test
  void aTimerThatCannotBeStoredIsPutOffAndTheOthersGoOn() throws InterruptedException {
    Ref poisoned = Ref.fresh();
    List<Ref> others = List.of(Ref.fresh(), Ref.fresh(), Ref.fresh());
    AtomicBoolean poison = new AtomicBoolean(true);
    CountDownLatch deferred = new CountDownLatch(1);
    try (Node node =
        Node.sqlite(directory, clock, store -> new Poisoned(store, poisoned, poison, deferred))
            .start()) {
      node.accepted(send(poisoned, new DeadlineRule.In(HOUR)));
      others.forEach(ref -> node.accepted(send(ref, new DeadlineRule.In(HOUR.plus(SECOND)))));
      clock.move(HOUR.multipliedBy(2));
      assertThat(deferred.await(30, TimeUnit.SECONDS)).isTrue();
      pollsTwice(node);

      assertThat(others).allMatch(ref -> node.phase(ref) instanceof Phase.TimedOut);
      assertThat(node.phase(poisoned)).isInstanceOf(Phase.Mailed.class);
      assertThat(node.store().dueTimers(clock.instant(), 10)).isEmpty();

      poison.set(false);
      clock.move(Duration.ofMinutes(2));
      pollsTwice(node);
      assertThat(node.phase(poisoned)).isInstanceOf(Phase.TimedOut.class);
    }
  }

  /**
   * Waits until the loop has dealt with all that is due now, and has looked once more: a marker
   * that falls due after everything else ends, twice.
   */
  private void pollsTwice(Node node) {
    for (int i = 0; i < 2; i++) {
      Ref marker = Ref.fresh();
      CountDownLatch ended = ended(node, marker);
      node.accepted(send(marker, new DeadlineRule.In(SECOND)));
      clock.move(SECOND);
      try {
        assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  private static CountDownLatch ended(Node node, Ref ref) {
    CountDownLatch ended = new CountDownLatch(1);
    node.engine()
        .feeds()
        .watch(
            ref.workspace(),
            ref.root(),
            () -> {
              if (node.events(ref).stream().anyMatch(IntentEvent.TimedOut.class::isInstance)) {
                ended.countDown();
              }
            });
    return ended;
  }

  private static List<Integer> reminders(Node node, Ref ref) {
    return node.events(ref).stream()
        .filter(IntentEvent.Reminded.class::isInstance)
        .map(e -> ((IntentEvent.Reminded) e).number())
        .toList();
  }

  private static DueTimer deadline(Ref ref, Instant due) {
    return new DueTimer(WORKSPACE, ref.root(), new Timer(ref.intent(), Timer.Kind.DEADLINE), due);
  }

  /** Cannot write what a timer does to one root. */
  private static final class Poisoned extends FrontedStore {
    private final Ref ref;
    private final AtomicBoolean poison;
    private final CountDownLatch deferred;

    Poisoned(Store store, Ref ref, AtomicBoolean poison, CountDownLatch deferred) {
      super(store);
      this.ref = ref;
      this.poison = poison;
      this.deferred = deferred;
    }

    @Override
    public void deferTimer(DueTimer timer, Instant until) {
      super.deferTimer(timer, until);
      deferred.countDown();
    }

    @Override
    public void write(List<Want> wants, Function<Snapshot, List<Change>> rule) {
      super.write(
          wants,
          snapshot -> {
            List<Change> changes = rule.apply(snapshot);
            if (poison.get()
                && changes.stream()
                    .flatMap(c -> c.fired().stream())
                    .anyMatch(t -> t.root().equals(ref.root()))) {
              throw new StoreException(StoreException.Kind.POISON, "test");
            }
            return changes;
          });
    }
  }
}
