package dev.axme.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axme.core.Address;
import dev.axme.core.WorkspaceId;
import dev.axme.store.Directory.Account;
import dev.axme.store.Directory.Organization;
import dev.axme.store.Directory.Workspace;
import dev.axme.store.verify.PlainSql;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two nodes, or a node and a stranger, that add the same account at the same time. */
class PostgresNewAccountTest {
  private static final int NAMES = 60;

  private final TwoNodes nodes = new TwoNodes();
  private final WorkspaceId workspace = Samples.workspace();

  PostgresNewAccountTest() {
    Organization organization = new Organization(Samples.id(), "acme", "Acme");
    nodes
        .one()
        .directory()
        .add(organization, new Workspace(workspace, organization, "main", "Main", "production"));
  }

  @AfterEach
  void close() {
    assertThat(nodes.differences()).isEmpty();
    nodes.close();
  }

  private Account worker(String name) {
    return new Account(
        "sa_" + Samples.id(),
        workspace,
        Optional.empty(),
        name,
        new Address("agent://acme/main/" + name),
        Optional.empty(),
        Optional.empty(),
        "stream",
        Optional.empty(),
        Optional.empty(),
        "active",
        "apply",
        nodes.one().now(),
        nodes.one().now());
  }

  private Order apply(String name) {
    return Order.create(workspace, Samples.intent()).bringing(worker(name));
  }

  @Test
  void ofTwoNodesThatBothSawItFreeTheLaterIsInConflictAndThenSeesItTaken() throws Exception {
    CyclicBarrier bothRuled = new CyclicBarrier(2);

    List<Future<Scribe.Answer>> answers =
        Stream.of(nodes.one(), nodes.other())
            .map(store -> nodes.start(() -> write(store, apply("worker"), bothRuled)))
            .toList();

    assertThat(List.of(answers.get(0).get(), answers.get(1).get()))
        .satisfiesOnlyOnce(a -> assertThat(a).isInstanceOf(Scribe.Answer.Accepted.class))
        .satisfiesOnlyOnce(a -> assertThat(a).isInstanceOf(Scribe.Answer.Taken.class));
    assertThat(nodes.one().directory().accounts(workspace)).hasSize(1);
    assertThat(nodes.one().heads(List.of(workspace))).containsEntry(workspace, 1L);
  }

  /** Both have looked before one of them writes; the loser, and only it, looks again. */
  private static Scribe.Answer write(Store store, Order order, CyclicBarrier bothRuled) {
    try {
      return new Scribe(store, () -> await(bothRuled)).write(order);
    } catch (StoreException e) {
      assertThat(e.kind()).isEqualTo(StoreException.Kind.CONFLICT);
      return new Scribe(store).write(order);
    }
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void twoNodesThatApplyTheSameUnderOneKeyAnswerTheSame() throws Exception {
    CyclicBarrier bothRuled = new CyclicBarrier(2);
    RequestKey key = Samples.key("apply");

    List<Future<Scribe.Answer>> answers =
        Stream.of(nodes.one(), nodes.other())
            .map(store -> nodes.start(() -> write(store, apply("worker").keyed(key), bothRuled)))
            .toList();

    assertThat(List.of(answers.get(0).get(), answers.get(1).get()))
        .satisfiesOnlyOnce(a -> assertThat(a).isInstanceOf(Scribe.Answer.Accepted.class))
        .satisfiesOnlyOnce(a -> assertThat(a).isInstanceOf(Scribe.Answer.Remembered.class));
    assertThat(nodes.one().directory().accounts(workspace)).hasSize(1);
  }

  @Test
  void whoAddsAnAccountWithoutAnIntentMayComeFirst() throws Exception {
    Account worker = worker("worker");
    Runnable meanwhile = () -> nodes.other().directory().add(worker);

    assertThatThrownBy(() -> new Scribe(nodes.one(), meanwhile).write(apply("worker")))
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.CONFLICT));

    assertThat(new Scribe(nodes.one()).write(apply("worker")))
        .isInstanceOf(Scribe.Answer.Taken.class);
    assertThat(nodes.one().directory().accounts(workspace)).containsExactly(worker);
  }

  @Test
  void whoHoldsTheVersionKeepsOnlyThoseWaitingWhoBringSomebody() throws Exception {
    PlainSql stranger = nodes.connect();
    stranger.connection().setAutoCommit(false);
    stranger.run("UPDATE directory_version SET version = version + 1 WHERE id = 1");
    Future<Scribe.Answer> bringing =
        nodes.start(() -> new Scribe(nodes.one()).write(apply("worker")));
    TwoNodes.await(nodes::somebodyWaits);
    WorkspaceId elsewhere = Samples.workspace();

    Scribe.Answer other =
        new Scribe(nodes.other()).write(Order.create(elsewhere, Samples.intent()));
    assertThat(bringing.isDone()).isFalse();
    stranger.connection().commit();

    assertThat(other).isInstanceOf(Scribe.Answer.Accepted.class);
    assertThat(bringing.get()).isInstanceOf(Scribe.Answer.Accepted.class);
  }

  @Test
  void appliesAndPlainAccountsAtOnceLoseNobody() throws Exception {
    List<Future<Integer>> writers = new ArrayList<>();
    for (Store store : List.of(nodes.one(), nodes.other())) {
      writers.add(nodes.start(() -> applyAll(store)));
      writers.add(nodes.start(() -> addAll(store)));
    }

    int added = 0;
    for (Future<Integer> writer : writers) {
      added += writer.get();
    }
    assertThat(added).isEqualTo(NAMES);
    assertThat(nodes.one().directory().accounts(workspace)).hasSize(NAMES);
  }

  private int applyAll(Store store) {
    Scribe scribe = new Scribe(store);
    int accepted = 0;
    for (int i = 0; i < NAMES; i++) {
      switch (scribe.persist(apply("worker-" + i))) {
        case Scribe.Answer.Accepted _ -> accepted++;
        case Scribe.Answer.Taken _ -> {}
        case Scribe.Answer other -> throw new AssertionError("Expected one of two, found " + other);
      }
    }
    return accepted;
  }

  private int addAll(Store store) {
    int added = 0;
    for (int i = 0; i < NAMES; i++) {
      try {
        store.directory().add(worker("worker-" + i));
        added++;
      } catch (Directory.Taken e) {
        // Somebody else was first.
      }
    }
    return added;
  }
}
