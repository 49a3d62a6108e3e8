package dev.axme.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.core.WorkspaceId;
import dev.axme.store.Threads.Entry;
import dev.axme.store.Threads.Written;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Threads on two nodes: they take turns, and a key that both use is used once. */
class PostgresThreadTest {
  private static final int EACH = 30;

  @Test
  void twoNodesThatReplyToOneThreadLoseNothingAndDoNothingTwice() throws Exception {
    WorkspaceId workspace = Samples.workspace();
    UUID thread = UUID.randomUUID();
    try (TwoNodes nodes = new TwoNodes()) {
      List<Future<Integer>> writers = new ArrayList<>();
      for (Store node : List.of(nodes.one(), nodes.other())) {
        writers.add(nodes.start(() -> reply(node, workspace, thread)));
        writers.add(nodes.start(() -> reply(node, workspace, thread)));
      }
      int done = 0;
      for (Future<Integer> writer : writers) {
        done += writer.get();
      }

      List<Entry> entries = nodes.other().threads().entries(workspace, thread, 1_000);
      assertThat(done).isEqualTo(EACH);
      assertThat(entries).hasSize(EACH);
      assertThat(entries.stream().map(Entry::position)).isSorted().doesNotHaveDuplicates();
      assertThat(entries.stream().map(Entry::at)).isSorted();
      assertThat(nodes.one().threads().whole(workspace, thread).orElseThrow().entries())
          .isEqualTo(EACH);
    }
  }

  /** Says everything under the keys that the other writers use as well; how much was not said. */
  private static int reply(Store node, WorkspaceId workspace, UUID thread) {
    int done = 0;
    for (int i = 0; i < EACH; i++) {
      RequestKey key = new RequestKey("ann", "POST /reply", "k" + i, Blob.sha256("r" + i));
      Threads.Scope scope =
          new Threads.Scope(
              workspace,
              workspace,
              thread,
              new LinkedHashSet<>(),
              Optional.empty(),
              Optional.of(key));
      Written written =
          node.threads().write(scope, ThreadContract.says(workspace, thread, "r" + i));
      done += written instanceof Written.Done ? 1 : 0;
    }
    return done;
  }
}
