package dev.axme.engine;

import static dev.axme.engine.Fixtures.WORKSPACE;
import static dev.axme.engine.Fixtures.adjust;
import static dev.axme.engine.Fixtures.ask;
import static dev.axme.engine.Fixtures.complete;
import static dev.axme.engine.Fixtures.decide;
import static dev.axme.engine.Fixtures.keyed;
import static dev.axme.engine.Fixtures.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.core.DeadlineRule;
import dev.axme.core.Ruling;
import dev.axme.store.Memo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IdempotencyTest {
  private final ManualClock clock = new ManualClock();
  @TempDir Path directory;

  @Test
  void aRepeatInTheSameBatchGetsTheFirstAnswer() {
    Ref first = Ref.fresh();
    Ref second = Ref.fresh();
    try (Node node = Node.sqlite(directory, clock)) {
      Told one = node.submit(keyed(send(first), "k", "body"));
      Told two = node.submit(keyed(send(second), "k", "body"));
      node.start();

      one.accepted();
      assertThat(two.answer()).isEqualTo(remembered(first, 1));
      assertThat(node.log(second)).isEmpty();
    }
  }

  @Test
  void aRepeatInALaterBatchGetsTheFirstAnswerEvenAfterARestart() {
    Ref first = Ref.fresh();
    try (Node node = Node.sqlite(directory, clock).start()) {
      node.accepted(keyed(send(first), "k", "body"));

      Told again = node.submit(keyed(send(Ref.fresh()), "k", "body"));

      assertThat(again.answer()).isEqualTo(remembered(first, 1));
    }
    try (Node node = Node.sqlite(directory, clock).start()) {
      Told again = node.submit(keyed(send(Ref.fresh()), "k", "body"));

      assertThat(again.answer()).isEqualTo(remembered(first, 1));
    }
  }

  @Test
  void manyThreadsWithOneKeyCreateOneIntent() throws InterruptedException {
    int threads = 16;
    int each = 25;
    CountDownLatch ready = new CountDownLatch(threads);
    List<Told> all = new ArrayList<>();
    try (Node node = Node.sqlite(directory, clock).start()) {
      List<Thread> clients = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        List<Told> mine = IntStream.range(0, each).mapToObj(_ -> new Told()).toList();
        all.addAll(mine);
        clients.add(Thread.startVirtualThread(() -> hurry(node, ready, mine)));
      }
      for (Thread client : clients) {
        client.join();
      }

      List<Answer> answers = all.stream().map(Told::answer).toList();
      Answer.Accepted created =
          answers.stream()
              .filter(Answer.Accepted.class::isInstance)
              .map(Answer.Accepted.class::cast)
              .reduce((_, b) -> b)
              .orElseThrow();
      Ref ref = new Ref(WORKSPACE, created.after().id().value());
      assertThat(answers).filteredOn(Answer.Accepted.class::isInstance).hasSize(1);
      assertThat(answers)
          .filteredOn(a -> !(a instanceof Answer.Accepted))
          .allMatch(remembered(ref, 1)::equals);
      assertThat(node.store().heads(List.of(WORKSPACE))).containsEntry(WORKSPACE, 1L);
    }
  }

  private static void hurry(Node node, CountDownLatch ready, List<Told> mine) {
    ready.countDown();
    try {
      ready.await();
    } catch (InterruptedException e) {
      return;
    }
    mine.forEach(told -> node.engine().submit(keyed(send(Ref.fresh()), "k", "body"), told));
  }

  @Test
  void anotherBodyUnderTheSameKeyIsAConflictInOneBatchAndInTwo() {
    try (Node node = Node.sqlite(directory, clock)) {
      node.submit(keyed(send(Ref.fresh()), "k", "body"));
      Told together = node.submit(keyed(send(Ref.fresh()), "k", "another body"));
      node.start();
      together.answer(Answer.KeyReused.class);

      Told later = node.submit(keyed(send(Ref.fresh()), "k", "another body"));

      later.answer(Answer.KeyReused.class);
      assertThat(node.store().heads(List.of(WORKSPACE))).containsEntry(WORKSPACE, 1L);
    }
  }

  @Test
  void oneKeyInTwoWorkspacesIsTwoKeys() {
    try (Node node = Node.sqlite(directory, clock).start()) {
      node.accepted(keyed(send(Ref.fresh()), "k", "body"));

      node.accepted(keyed(send(Ref.fresh(Fixtures.OTHER_WORKSPACE)), "k", "body"));
    }
  }

  @Test
  void aRefusedCommandIsNotRemembered() {
    Ref ref = Ref.fresh();
    try (Node node = Node.sqlite(directory, clock).start()) {
      node.accepted(ask(ref));
      Told refused = node.submit(keyed(decide(ref, "perhaps"), "k", "perhaps"));
      refused.answer(Answer.Refused.class);

      Told corrected = node.submit(keyed(decide(ref, "approved"), "k", "approved"));

      corrected.accepted();
    }
  }

  @Test
  void aLostCompareAndSetIsRemembered() {
    Ref ref = Ref.fresh();
    Submission late =
        keyed(adjust(ref, new DeadlineRule.Keep(), OptionalInt.of(0)), "late", "generation 0");
    try (Node node = Node.sqlite(directory, clock)) {
      node.submit(send(ref));
      node.submit(adjust(ref));
      Told stale = node.submit(late);
      Told sameBatch = node.submit(late);
      node.start();
      assertThat(stale.answer(Answer.Unchanged.class).ruling())
          .isEqualTo(new Ruling.StaleGeneration(1));
      Answer same =
          new Answer.Remembered(new Memo.StaleGeneration(ref.intent(), 1, ManualClock.NOON));
      assertThat(sameBatch.answer()).isEqualTo(same);

      node.accepted(complete(ref));

      assertThat(node.submit(late).answer()).isEqualTo(same);
    }
  }

  static Answer.Remembered remembered(Ref ref, int append) {
    return new Answer.Remembered(new Memo.Accepted(ref.intent(), append, List.of()));
  }
}
