package dev.axme.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.core.Append;
import dev.axme.core.IntentId;
import dev.axme.core.RootId;
import dev.axme.core.WorkspaceId;
import dev.axme.store.verify.PlainSql;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Why a batch does its steps in their order: another order is shown to go wrong, ours not to. */
class PostgresOrderTest {
  private final WorkspaceId workspace = Samples.workspace();
  private final TwoNodes nodes = new TwoNodes();

  @AfterEach
  void close() {
    assertThat(nodes.differences()).isEmpty();
    nodes.close();
  }

  @Test
  void lockingAndLoadingInOneStatementReadsAStaleLog() throws Exception {
    IntentId intent = Samples.intent();
    new Scribe(nodes.one()).accept(Order.create(workspace, intent));
    PlainSql reader = nodes.connect();
    Callable<List<PlainSql.Row>> lockAndLoad =
        () ->
            reader.rows(
                """
                SELECT r.version, l.append_no
                  FROM roots r
                  JOIN log l ON l.workspace_id = r.workspace_id AND l.root_id = r.root_id
                 WHERE r.workspace_id = ?
                 ORDER BY l.append_no
                   FOR UPDATE OF r
                """,
                workspace.value());
    List<Future<List<PlainSql.Row>>> started = new ArrayList<>();
    Runnable meanwhile =
        () -> {
          started.add(nodes.start(lockAndLoad));
          TwoNodes.await(nodes::somebodyWaits);
        };

    new Scribe(nodes.one(), meanwhile)
        .accept(Order.proceed(workspace, intent, OptionalInt.empty()));
    List<PlainSql.Row> read = started.getFirst().get();

    assertThat(read).as("appends").hasSize(1);
    assertThat(read.getFirst().number(1)).as("version").isEqualTo(2);
  }

  @Test
  void twoNodesThatAppendToOneRootNeverFoldAStaleOne() throws Exception {
    IntentId intent = Samples.intent();
    new Scribe(nodes.one()).accept(Order.create(workspace, intent));

    List<Future<Integer>> writers =
        Stream.of(nodes.one(), nodes.other())
            .map(store -> nodes.start(() -> proceed(new Scribe(store), intent, 100)))
            .toList();
    for (Future<Integer> writer : writers) {
      assertThat(writer.get()).isEqualTo(100);
    }

    assertThat(nodes.one().log(workspace, root(intent)))
        .extracting(Append::number)
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 201).boxed().toList());
  }

  private int proceed(Scribe scribe, IntentId intent, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(scribe.persist(Order.proceed(workspace, intent, OptionalInt.empty())))
          .isInstanceOf(Scribe.Answer.Accepted.class);
    }
    return times;
  }

  @Test
  void recallingBeforeTheLockWouldRefuseWhatSucceeded() {
    IntentId intent = Samples.intent();
    Order decide = Order.answer(workspace, intent, Samples.ALICE, "approved");
    Order keyed = decide.keyed(Samples.key("decide"));
    new Scribe(nodes.one()).accept(Order.ask(workspace, intent, Samples.approval()));

    long recalled =
        nodes
            .sql()
            .number("SELECT COUNT(*) FROM idempotency WHERE workspace_id = ?", workspace.value());
    new Scribe(nodes.one()).accept(keyed);
    Scribe.Answer lockedAfterwards = new Scribe(nodes.other()).write(decide);

    assertThat(recalled).isZero();
    assertThat(lockedAfterwards).isInstanceOf(Scribe.Answer.Refused.class);
    assertThat(new Scribe(nodes.other()).write(keyed))
        .isEqualTo(new Scribe.Answer.Remembered(new Memo.Accepted(intent, 2, List.of()), true));
  }

  @Test
  void ofTwoNodesWithTheSameDecisionOneDecidesAndTheOtherSaysTheSame() throws Exception {
    for (int round = 0; round < 25; round++) {
      IntentId intent = Samples.intent();
      new Scribe(nodes.one()).accept(Order.ask(workspace, intent, Samples.approval()));
      Order decide =
          Order.answer(workspace, intent, Samples.ALICE, "approved")
              .keyed(Samples.key("decide-" + round));
      CyclicBarrier together = new CyclicBarrier(2);

      List<Future<Scribe.Answer>> answers =
          Stream.of(nodes.one(), nodes.other())
              .map(
                  store ->
                      nodes.start(
                          () -> {
                            together.await();
                            return new Scribe(store).persist(decide);
                          }))
              .toList();

      assertThat(List.of(answers.get(0).get(), answers.get(1).get()))
          .satisfiesOnlyOnce(a -> assertThat(a).isInstanceOf(Scribe.Answer.Accepted.class))
          .satisfiesOnlyOnce(
              a ->
                  assertThat(a)
                      .isEqualTo(
                          new Scribe.Answer.Remembered(
                              new Memo.Accepted(intent, 2, List.of()), true)));
    }
  }

  @Test
  void ofTwoNodesThatCreateUnderOneKeyTheLaterIsInConflictAndThenRecalls() throws Exception {
    RequestKey key = Samples.key("create");
    CyclicBarrier bothRuled = new CyclicBarrier(2);

    List<Future<Scribe.Answer>> answers =
        Stream.of(nodes.one(), nodes.other())
            .map(store -> nodes.start(() -> create(store, key, bothRuled)))
            .toList();
    List<Scribe.Answer> both = List.of(answers.get(0).get(), answers.get(1).get());

    Scribe.Answer.Accepted created =
        both.stream()
            .filter(Scribe.Answer.Accepted.class::isInstance)
            .map(Scribe.Answer.Accepted.class::cast)
            .findFirst()
            .orElseThrow();
    IntentId intent = new IntentId(created.after().id().value());
    assertThat(both)
        .containsOnlyOnce(
            created, new Scribe.Answer.Remembered(new Memo.Accepted(intent, 1, List.of()), true));
    assertThat(nodes.one().heads(List.of(workspace))).containsEntry(workspace, 1L);
  }

  /** Both have recalled nothing before one of them writes; the loser asks again. */
  private Scribe.Answer create(Store store, RequestKey key, CyclicBarrier bothRuled) {
    Order order = Order.create(workspace, Samples.intent()).keyed(key);
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
  void aCountThatIsSeenAfterTheCommitIsTooLate() throws SQLException {
    UUID other = Samples.id();
    PlainSql writer = nodes.connect();
    writer.connection().setAutoCommit(false);
    int count;
    try (Statement statement = writer.connection().createStatement()) {
      statement.execute(
          """
          UPDATE roots SET version = 3 WHERE workspace_id = '%1$s' AND version = 2;
          INSERT INTO heads (workspace_id, position) VALUES ('%1$s', 0);
          COMMIT
          """
              .formatted(other));
      count = statement.getUpdateCount();
    }
    writer.connection().rollback();

    assertThat(count).as("rows of the first statement").isZero();
    assertThat(nodes.sql().number("SELECT COUNT(*) FROM heads WHERE workspace_id = ?", other))
        .as("stored all the same")
        .isOne();
  }

  private static RootId root(IntentId intent) {
    return new RootId(intent.value());
  }
}
