package dev.axme.engine;

import static dev.axme.engine.Fixtures.keyed;
import static dev.axme.engine.Fixtures.send;
import static dev.axme.engine.NewAccounts.account;
import static dev.axme.engine.NewAccounts.apply;
import static dev.axme.engine.NewAccounts.names;
import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.store.testing.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two equal nodes over one PostgreSQL that are asked for the same accounts at the same time. */
final class NewAccountsRaceTest {
  private static final int NAMES = 150;

  private final String url = PostgresServer.shared().createDatabase();
  private Node one;
  private Node two;

  @BeforeEach
  void start() {
    one = Node.postgres(url).start();
    two = Node.postgres(url).start();
    NewAccounts.found(one.store());
  }

  @AfterEach
  void stop() {
    one.close();
    two.close();
  }

  private record Asked(Ref ref, List<String> names, Told told) {}

  @Test
  void everyNameIsAddedOnceAndNoCommandIsLost() throws InterruptedException {
    long seed = new Random().nextLong();
    List<Asked> first = new ArrayList<>();
    List<Asked> second = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(seed);
    Thread client = client(one, random.split(), first);
    Thread other = client(two, random.split(), second);
    client.join();
    other.join();

    List<String> brought = new ArrayList<>();
    for (Asked asked : first) {
      brought.addAll(brought(asked, seed));
    }
    for (Asked asked : second) {
      brought.addAll(brought(asked, seed));
    }
    assertThat(brought).as("seed %d", seed).doesNotHaveDuplicates();
    assertThat(names(one.store()))
        .as("seed %d", seed)
        .containsExactlyElementsOf(new TreeSet<>(brought));
  }

  /** Some wait for nobody, some for an answer, so that batches are of every size. */
  private static Thread client(Node node, RandomGenerator random, List<Asked> asked) {
    return Thread.startVirtualThread(
        () -> {
          for (int i = 0; i < NAMES; i++) {
            Ref ref = Ref.fresh();
            TreeSet<String> names = new TreeSet<>(List.of("worker-" + i));
            for (int more = random.nextInt(3); more > 0; more--) {
              names.add("worker-" + random.nextInt(NAMES));
            }
            List<String> inAnyOrder =
                random.nextBoolean() ? List.copyOf(names) : List.copyOf(names.descendingSet());
            Told told = node.submit(apply(ref, inAnyOrder.toArray(String[]::new)));
            asked.add(new Asked(ref, inAnyOrder, told));
            if (random.nextInt(3) == 0) {
              told.answer();
            }
          }
        });
  }

  /** Whom this one added: all of them, with its intent, or nobody. */
  private List<String> brought(Asked asked, long seed) {
    boolean accepted =
        switch (asked.told().answer()) {
          case Answer.Accepted _ -> true;
          case Answer.Taken _ -> false;
          case Answer a -> throw new AssertionError("seed " + seed + ": found " + a);
        };
    assertThat(asked.told().times()).isEqualTo(1);
    assertThat(two.log(asked.ref())).hasSize(accepted ? 1 : 0);
    return accepted ? asked.names() : List.of();
  }

  @Test
  void oneApplyOnTwoNodesUnderOneKeyIsOneIntentWithOneAnswer() {
    for (int round = 0; round < 50; round++) {
      String name = "worker-" + round;
      Ref first = Ref.fresh();
      Ref second = Ref.fresh();

      Told a = one.submit(keyed(send(first), name, "body").bringing(List.of(account(name))));
      Told b = two.submit(keyed(send(second), name, "body").bringing(List.of(account(name))));

      List<Answer> both = List.of(a.answer(), b.answer());
      assertThat(both)
          .satisfiesOnlyOnce(answer -> assertThat(answer).isInstanceOf(Answer.Accepted.class))
          .satisfiesOnlyOnce(answer -> assertThat(answer).isInstanceOf(Answer.Remembered.class));
    }
    assertThat(names(two.store())).hasSize(50);
  }

  @Test
  void whoHoldsTheDirectoryTakesOnlyThoseDownWhoBringSomebody() throws Exception {
    try (Connection stranger = DriverManager.getConnection(url);
        Statement statement = stranger.createStatement()) {
      stranger.setAutoCommit(false);
      statement.execute("UPDATE directory_version SET version = version + 1 WHERE id = 1");
      Node node = Node.postgres(url);
      try (node) {
        Told bringing = node.submit(apply(Ref.fresh(), "worker"));
        Told plain = node.submit(send(Ref.fresh()));
        node.start();

        bringing.answer(Answer.Unavailable.class);
        plain.accepted();
      }
    }
    one.accepted(apply(Ref.fresh(), "worker"));
  }
}
