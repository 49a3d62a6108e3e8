package dev.axme.engine;

import static dev.axme.engine.Fixtures.WORKSPACE;
import static dev.axme.engine.Fixtures.ask;
import static dev.axme.engine.Fixtures.decide;
import static dev.axme.engine.Fixtures.keyed;
import static dev.axme.engine.Fixtures.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.core.DeadlineRule;
import dev.axme.core.IntentEvent;
import dev.axme.core.Refusal;
import dev.axme.store.testing.PostgresServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two equal nodes over one PostgreSQL, asked at the same time. */
final class TwoNodesTest {
  private static final int ROUNDS = 100;

  private Node one;
  private Node two;

  @BeforeEach
  void start() {
    String url = PostgresServer.shared().createDatabase();
    one = Node.postgres(url).start();
    two = Node.postgres(url).start();
  }

  @AfterEach
  void stop() {
    one.close();
    two.close();
  }

  @Test
  void oneKeyOnTwoNodesCreatesOneIntent() throws Exception {
    List<Told> first = new ArrayList<>();
    List<Told> second = new ArrayList<>();
    CyclicBarrier together = new CyclicBarrier(2);
    Thread client = client(together, one, first);
    Thread other = client(together, two, second);
    client.join();
    other.join();

    for (int round = 0; round < ROUNDS; round++) {
      Answer a = first.get(round).answer();
      Answer b = second.get(round).answer();
      assertThat(List.of(a, b)).filteredOn(Answer.Accepted.class::isInstance).hasSize(1);
      Answer.Accepted created = (Answer.Accepted) (a instanceof Answer.Accepted ? a : b);
      Ref ref = new Ref(WORKSPACE, created.after().id().value());
      assertThat(a instanceof Answer.Accepted ? b : a)
          .isEqualTo(IdempotencyTest.remembered(ref, 1));
    }
    assertThat(one.store().heads(List.of(WORKSPACE))).containsEntry(WORKSPACE, (long) ROUNDS);
  }

  /** Each round waits for its answer, so that both nodes race for each key. */
  private static Thread client(CyclicBarrier together, Node node, List<Told> answers) {
    return Thread.startVirtualThread(
        () -> {
          for (int round = 0; round < ROUNDS; round++) {
            try {
              together.await(30, TimeUnit.SECONDS);
            } catch (Exception e) {
              return;
            }
            Told told = node.submit(keyed(send(Ref.fresh()), "k" + round, "body"));
            told.answer();
            answers.add(told);
          }
        });
  }

  @Test
  void anotherBodyOnTheOtherNodeIsAConflict() {
    one.accepted(keyed(send(Ref.fresh()), "k", "body"));

    two.submit(keyed(send(Ref.fresh()), "k", "another body")).answer(Answer.KeyReused.class);
  }

  @Test
  void ofTwoDecisionsOnTwoNodesOneWins() {
    for (int round = 0; round < ROUNDS; round++) {
      Ref ref = Ref.fresh();
      one.accepted(ask(ref));

      Told yes = one.submit(decide(ref, "approved"));
      Told no = two.submit(decide(ref, "rejected"));

      List<Answer> answers = List.of(yes.answer(), no.answer());
      assertThat(answers).filteredOn(Answer.Accepted.class::isInstance).hasSize(1);
      assertThat(answers)
          .filteredOn(
              a -> a instanceof Answer.Refused r && r.refusal() instanceof Refusal.IntentEnded)
          .hasSize(1);
      assertThat(two.log(ref)).hasSize(2);
    }
  }

  @Test
  void aTimerThatBothNodesFindFiresOnce() throws InterruptedException {
    List<Ref> refs = Stream.generate(Ref::fresh).limit(200).toList();
    CountDownLatch ended = new CountDownLatch(refs.size());
    for (Ref ref : refs) {
      one.engine()
          .feeds()
          .watch(
              WORKSPACE,
              ref.root(),
              () -> {
                if (timeOuts(ref) > 0) {
                  ended.countDown();
                }
              });
    }
    refs.forEach(
        ref -> one.submit(send(ref, new DeadlineRule.In(Duration.ofMillis(1_500)))).accepted());

    assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();

    assertThat(refs).allMatch(ref -> timeOuts(ref) == 1);
  }

  private long timeOuts(Ref ref) {
    return two.events(ref).stream().filter(IntentEvent.TimedOut.class::isInstance).count();
  }
}
