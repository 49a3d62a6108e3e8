package dev.axme.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.axme.core.IntentId;
import dev.axme.core.RootId;
import dev.axme.core.WorkspaceId;
import dev.axme.store.testing.PostgresServer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Commits that wait for a replica that never comes: what is not confirmed is not told as done. */
class PostgresCommitTest {
  private static final PostgresServer SERVER = PostgresServer.start(Map.of());
  private static final String WAITING =
      "FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'SyncRep'";

  private final WorkspaceId workspace = Samples.workspace();

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void aCancelledWaitForTheReplicaIsUnknownAndNotDone() throws Exception {
    assertThat(endTheWaitBy("pg_cancel_backend").kind()).isEqualTo(StoreException.Kind.UNKNOWN);
  }

  @Test
  void aConnectionThatEndsWhileItCommitsIsUnknownToo() throws Exception {
    assertThat(endTheWaitBy("pg_terminate_backend").kind()).isEqualTo(StoreException.Kind.UNKNOWN);
  }

  private StoreException endTheWaitBy(String function) throws Exception {
    try (TwoNodes nodes = new TwoNodes(SERVER)) {
      nodes.sql().run("ALTER SYSTEM SET synchronous_standby_names = 'ghost'");
      nodes.sql().rows("SELECT pg_reload_conf()");
      Future<StoreException> writer = nodes.start(() -> writeUntilItFails(nodes.one()));
      TwoNodes.await(() -> nodes.sql().number("SELECT COUNT(*) " + WAITING) > 0);
      nodes.sql().rows("SELECT " + function + "(pid) " + WAITING);

      StoreException failure = writer.get();
      nodes.sql().run("ALTER SYSTEM RESET synchronous_standby_names");
      nodes.sql().rows("SELECT pg_reload_conf()");
      // Unknown it is, not undone: here the row is there, after a failover it would not be.
      long head = Objects.requireNonNull(nodes.other().heads(List.of(workspace)).get(workspace));
      assertThat(nodes.other().changedRoots(workspace, 0, head)).contains(last);
      assertThat(new Scribe(nodes.one()).write(Order.create(workspace, Samples.intent())))
          .isInstanceOf(Scribe.Answer.Accepted.class);
      assertThat(nodes.differences()).isEmpty();
      return failure;
    }
  }

  private volatile RootId last = new RootId(Samples.id());

  /** The server takes its new setting some time after it was told. */
  private StoreException writeUntilItFails(Store store) {
    while (true) {
      IntentId intent = Samples.intent();
      last = new RootId(intent.value());
      StoreException failure =
          catchThrowableOfType(
              StoreException.class,
              () -> new Scribe(store).accept(Order.create(workspace, intent)));
      if (failure != null) {
        return failure;
      }
    }
  }
}
