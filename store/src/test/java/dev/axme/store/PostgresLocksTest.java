package dev.axme.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.axme.core.IntentId;
import dev.axme.core.WorkspaceId;
import dev.axme.store.verify.PlainSql;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who waits for whom: only for heads, in one order, and never for ever. */
class PostgresLocksTest {
  private static final String TAKE_HEAD =
      "UPDATE heads SET position = position WHERE workspace_id = ?";

  private final TwoNodes nodes = new TwoNodes();

  @AfterEach
  void close() {
    assertThat(nodes.differences()).isEmpty();
    nodes.close();
  }

  @Test
  void batchesOverSeveralWorkspacesDoNotDeadlockWhateverTheirOrder() throws Exception {
    List<WorkspaceId> workspaces =
        IntStream.range(0, 5).mapToObj(_ -> Samples.workspace()).toList();

    List<Future<Integer>> writers =
        List.of(
            nodes.start(() -> fill(nodes.one(), workspaces, 60)),
            nodes.start(() -> fill(nodes.other(), workspaces.reversed(), 60)));

    for (Future<Integer> writer : writers) {
      assertThat(writer.get()).isEqualTo(60);
    }
    assertThat(nodes.one().heads(workspaces).values()).containsOnly(120L);
  }

  private static int fill(Store store, List<WorkspaceId> workspaces, int batches) {
    Scribe scribe = new Scribe(store);
    for (int i = 0; i < batches; i++) {
      scribe.batch(workspaces.stream().map(w -> Order.create(w, Samples.intent())).toList());
    }
    return batches;
  }

  @Test
  void headsThatAreTakenInAnyOrderDeadlockAndTheVictimRepeats() throws Exception {
    WorkspaceId first = Samples.workspace();
    WorkspaceId second = Samples.workspace();
    new Scribe(nodes.one())
        .batch(Order.create(first, Samples.intent()), Order.create(second, Samples.intent()));
    PlainSql stranger = nodes.connect();
    stranger.run("SET deadlock_timeout = '20s'");
    stranger.connection().setAutoCommit(false);
    stranger.run(TAKE_HEAD, second.value());

    Future<StoreException> victim =
        nodes.start(
            () ->
                catchThrowableOfType(
                    StoreException.class,
                    () ->
                        new Scribe(nodes.one())
                            .batch(
                                Order.create(first, Samples.intent()),
                                Order.create(second, Samples.intent()))));
    TwoNodes.await(nodes::somebodyWaits);
    stranger.run(TAKE_HEAD, first.value());
    stranger.connection().commit();

    assertThat(victim.get().kind()).isEqualTo(StoreException.Kind.CONFLICT);
    assertThat(nodes.one().heads(List.of(first, second))).isEqualTo(Map.of(first, 1L, second, 1L));
  }

  @Test
  void aHeadThatIsHeldTooLongIsUnavailableAndNothingIsWritten() throws SQLException {
    WorkspaceId held = Samples.workspace();
    WorkspaceId free = Samples.workspace();
    new Scribe(nodes.one()).accept(Order.create(held, Samples.intent()));
    PlainSql stranger = nodes.connect();
    stranger.connection().setAutoCommit(false);
    stranger.run(TAKE_HEAD, held.value());

    assertThatThrownBy(
            () ->
                new Scribe(nodes.one())
                    .batch(
                        Order.create(held, Samples.intent()), Order.create(free, Samples.intent())))
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.UNAVAILABLE));
    stranger.connection().rollback();

    assertThat(nodes.one().heads(List.of(held, free))).isEqualTo(Map.of(held, 1L, free, 0L));
    new Scribe(nodes.one()).accept(Order.create(held, Samples.intent()));
  }

  @Test
  void aFrozenRootIsBusyAndOthersGoOn() throws SQLException {
    WorkspaceId workspace = Samples.workspace();
    IntentId frozen = Samples.intent();
    IntentId other = Samples.intent();
    Scribe scribe = new Scribe(nodes.one());
    scribe.batch(Order.create(workspace, frozen), Order.create(workspace, other));
    PlainSql stranger = nodes.connect();
    stranger.connection().setAutoCommit(false);
    stranger.rows("SELECT 1 FROM roots WHERE root_id = ? FOR UPDATE", frozen.value());

    List<Scribe.Answer> meanwhile =
        scribe.batch(Order.report(workspace, frozen), Order.report(workspace, other));
    stranger.connection().rollback();

    assertThat(meanwhile)
        .hasExactlyElementsOfTypes(Scribe.Answer.Busy.class, Scribe.Answer.Accepted.class);
    assertThat(scribe.write(Order.report(workspace, frozen)))
        .isInstanceOf(Scribe.Answer.Accepted.class);
  }
}
