package dev.axme.engine;

import static dev.axme.engine.Fixtures.adjust;
import static dev.axme.engine.Fixtures.ask;
import static dev.axme.engine.Fixtures.complete;
import static dev.axme.engine.Fixtures.decide;
import static dev.axme.engine.Fixtures.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.core.Phase;
import dev.axme.core.Refusal;
import dev.axme.store.Store;
import dev.axme.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CommitterTest {
  private final ManualClock clock = new ManualClock();
  @TempDir Path directory;

  @Test
  void anAnswerComesOnceAndAfterItIsOnDisk() {
    Ref ref = Ref.fresh();
    List<Integer> onDisk = new ArrayList<>();
    Told told = new Told();
    Completion looking =
        new Completion() {
          @Override
          public Executor executor() {
            return Runnable::run;
          }

          @Override
          public void complete(Answer answer) {
            // Another process that opens the file now sees what this one is told.
            try (Store other = SqliteStore.open(directory.resolve("axme.db"), clock)) {
              onDisk.add(other.log(ref.workspace(), ref.root()).size());
            }
            told.complete(answer);
          }
        };

    try (Node node = Node.sqlite(directory, clock).start()) {
      node.engine().submit(send(ref), looking);
      told.accepted();
    }

    assertThat(onDisk).containsExactly(1);
    assertThat(told.times()).isEqualTo(1);
    try (Node again = Node.sqlite(directory, clock)) {
      assertThat(again.log(ref)).hasSize(1);
    }
  }

  @Test
  void theAnswersOfOneBatchReachAnExecutorInOneTask() {
    ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    ConcurrentLinkedQueue<Runnable> otherTasks = new ConcurrentLinkedQueue<>();
    Executor one = tasks::add;
    Executor other = otherTasks::add;
    List<Told> all = new ArrayList<>();

    try (Node node = Node.sqlite(directory, clock)) {
      for (int i = 0; i < 100; i++) {
        Told told = new Told(i % 2 == 0 ? one : other);
        node.engine().submit(send(Ref.fresh()), told);
        all.add(told);
      }
      node.start();
    }

    assertThat(tasks).hasSize(1);
    assertThat(otherTasks).hasSize(1);
    tasks.forEach(Runnable::run);
    otherTasks.forEach(Runnable::run);
    assertThat(all).allMatch(t -> t.times() == 1 && t.answer() instanceof Answer.Accepted);
  }

  @Test
  void aCompletionThatThrowsHarmsNobody() {
    try (Node node = Node.sqlite(directory, clock)) {
      node.engine().submit(send(Ref.fresh()), throwing(new IllegalStateException("test")));
      Told neighbour = node.submit(send(Ref.fresh()));
      node.engine().submit(send(Ref.fresh()), throwing(new AssertionError("test")));
      Told last = node.submit(send(Ref.fresh()));
      node.start();

      neighbour.accepted();
      last.accepted();
      node.accepted(send(Ref.fresh()));
    }
  }

  @Test
  void anExecutorThatRejectsHarmsNobody() {
    Executor closed =
        _ -> {
          throw new RejectedExecutionException("test");
        };
    try (Node node = Node.sqlite(directory, clock)) {
      node.engine().submit(send(Ref.fresh()), new Told(closed));
      Told neighbour = node.submit(send(Ref.fresh()));
      node.start();

      neighbour.accepted();
      node.accepted(send(Ref.fresh()));
    }
  }

  @Test
  void aLaterCommandOfABatchSeesAnEarlierOnesEffect() {
    Ref ref = Ref.fresh();
    try (Node node = Node.sqlite(directory, clock)) {
      Told created = node.submit(send(ref));
      Told adjusted = node.submit(adjust(ref));
      Told completed = node.submit(complete(ref));
      node.start();

      assertThat(created.accepted().append().number()).isEqualTo(1);
      assertThat(adjusted.accepted().append().number()).isEqualTo(2);
      assertThat(completed.accepted().append().number()).isEqualTo(3);
      assertThat(node.phase(ref)).isInstanceOf(Phase.Completed.class);
      assertThat(node.store().heads(List.of(ref.workspace()))).containsEntry(ref.workspace(), 3L);
    }
  }

  @Test
  void ofTwoDecisionsInOneBatchTheFirstWins() {
    Ref ref = Ref.fresh();
    try (Node node = Node.sqlite(directory, clock)) {
      node.submit(ask(ref));
      Told yes = node.submit(decide(ref, "approved"));
      Told no = node.submit(decide(ref, "rejected"));
      node.start();

      yes.accepted();
      assertThat(no.answer(Answer.Refused.class).refusal())
          .isInstanceOfSatisfying(
              Refusal.IntentEnded.class,
              ended -> assertThat(ended.phase()).isInstanceOf(Phase.Completed.class));
      assertThat(node.log(ref)).hasSize(2);
    }
  }

  @Test
  void aBugInOneCommandBreaksThatCommandAlone() {
    Ref ref = Ref.fresh();
    try (Node node = Node.sqlite(directory, clock)) {
      Told before = node.submit(send(ref));
      Told bug = node.submit(Fixtures.unruly(ref));
      Told after = node.submit(complete(ref));
      node.start();

      before.accepted();
      assertThat(bug.answer(Answer.Broken.class).cause()).isInstanceOf(IllegalStateException.class);
      after.accepted();
    }
  }

  private static Completion throwing(Throwable failure) {
    return new Completion() {
      @Override
      public Executor executor() {
        return Runnable::run;
      }

      @Override
      public void complete(Answer answer) {
        switch (failure) {
          case Error e -> throw e;
          case RuntimeException e -> throw e;
          default -> throw new IllegalArgumentException(failure);
        }
      }
    };
  }
}
