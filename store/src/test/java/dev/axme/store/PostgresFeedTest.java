package dev.axme.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.core.IntentId;
import dev.axme.core.RootId;
import dev.axme.core.WorkspaceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a reader sees of two nodes that write: every row once and in order. */
class PostgresFeedTest {
  private static final int BATCHES = 40;
  private static final int PER_BATCH = 25;
  private static final int TOTAL = 2 * BATCHES * PER_BATCH;

  private final WorkspaceId workspace = Samples.workspace();
  private final TwoNodes nodes = new TwoNodes();

  @AfterEach
  void close() {
    assertThat(nodes.differences()).isEmpty();
    nodes.close();
  }

  @Test
  void aReaderThatTakesTheHeadFirstMissesNothing() throws Exception {
    List<Future<List<RootId>>> readers =
        Stream.of(nodes.one(), nodes.other())
            .map(store -> nodes.start(() -> follow(store)))
            .toList();
    List<Future<Integer>> writers =
        Stream.of(nodes.one(), nodes.other()).map(store -> nodes.start(() -> fill(store))).toList();
    for (Future<Integer> writer : writers) {
      assertThat(writer.get()).isEqualTo(BATCHES);
    }

    List<RootId> inOrder = nodes.one().changedRoots(workspace, 0, TOTAL);
    assertThat(inOrder).hasSize(TOTAL).doesNotHaveDuplicates();
    for (Future<List<RootId>> reader : readers) {
      assertThat(reader.get()).isEqualTo(inOrder);
    }
    assertThat(
            nodes
                .sql()
                .number(
                    "SELECT MAX(position) - MIN(position) + 1 FROM log WHERE workspace_id = ?",
                    workspace.value()))
        .as("contiguous")
        .isEqualTo(TOTAL);
  }

  private int fill(Store store) {
    Scribe scribe = new Scribe(store);
    for (int i = 0; i < BATCHES; i++) {
      scribe.batch(
          IntStream.range(0, PER_BATCH)
              .mapToObj(_ -> Order.create(workspace, Samples.intent()))
              .toList());
    }
    return BATCHES;
  }

  private List<RootId> follow(Store store) {
    List<RootId> seen = new ArrayList<>();
    long cursor = 0;
    while (cursor < TOTAL) {
      long head = head(store);
      seen.addAll(store.changedRoots(workspace, cursor, head));
      cursor = head;
    }
    return seen;
  }

  private long head(Store store) {
    return Objects.requireNonNull(store.heads(List.of(workspace)).get(workspace));
  }

  @Test
  void aCursorFromAHeadThatIsReadAfterTheRowsLosesWhatCameBetween() {
    List<RootId> rows = nodes.one().changedRoots(workspace, 0, Long.MAX_VALUE);
    new Scribe(nodes.other()).accept(Order.create(workspace, Samples.intent()));
    long cursor = head(nodes.one());

    List<RootId> next = nodes.one().changedRoots(workspace, cursor, Long.MAX_VALUE);

    assertThat(rows).isEmpty();
    assertThat(next).as("the row that nobody will ever see").isEmpty();
    assertThat(nodes.one().changedRoots(workspace, 0, cursor)).hasSize(1);
  }

  @Test
  void whatAnotherNodeWroteReplacesWhatThisOneRemembers() {
    IntentId intent = Samples.intent();
    Scribe one = new Scribe(nodes.one());
    Scribe other = new Scribe(nodes.other());
    one.accept(Order.create(workspace, intent));
    other.accept(Order.handOver(workspace, intent, Samples.SECOND.address()));

    Scribe.Answer.Accepted third = one.accept(Order.proceed(workspace, intent, OptionalInt.of(1)));

    assertThat(third.append().number()).isEqualTo(3);
    assertThat(third.after().intent(intent).orElseThrow().holder())
        .isEqualTo(Samples.SECOND.address());
  }

  @Test
  void aWriteRingsTheBellOfTheOtherNode() throws InterruptedException {
    CountDownLatch rung = new CountDownLatch(1);
    nodes
        .other()
        .listen(
            w -> {
              if (w.equals(workspace)) {
                rung.countDown();
              }
            });
    TwoNodes.await(
        () ->
            nodes
                    .sql()
                    .number(
                        "SELECT COUNT(*) FROM pg_stat_activity WHERE query LIKE 'LISTEN %'"
                            + " AND datname = current_database() AND state = 'idle'")
                == 1);

    new Scribe(nodes.one()).accept(Order.create(workspace, Samples.intent()));

    assertThat(rung.await(10, TimeUnit.SECONDS)).isTrue();
  }
}
