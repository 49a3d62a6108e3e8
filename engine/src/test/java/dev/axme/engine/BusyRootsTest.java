package dev.axme.engine;

import static dev.axme.engine.Fixtures.WORKSPACE;
import static dev.axme.engine.Fixtures.adjust;
import static dev.axme.engine.Fixtures.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.store.Change;
import dev.axme.store.Found;
import dev.axme.store.Snapshot;
import dev.axme.store.Store;
import dev.axme.store.Want;
import dev.axme.store.testing.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Another connection holds a root, as another node does while it commits. */
final class BusyRootsTest {
  private final String url = PostgresServer.shared().createDatabase();
  private final Semaphore met = new Semaphore(0);

  @Test
  void commandsForAHeldRootWaitInOrderWhileOthersGoOn() throws Exception {
    Ref held = Ref.fresh();
    Ref free = Ref.fresh();
    try (Node node = Node.postgres(url, this::watched).start()) {
      node.accepted(send(held));
      node.accepted(send(free));
      List<Told> waiting = new ArrayList<>();
      try (Connection other = hold(held)) {
        waiting.add(node.submit(adjust(held)));
        // Met twice: the first time it is parked, the second time it was taken from its line.
        assertThat(met.tryAcquire(2, 30, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < 20; i++) {
          waiting.add(node.submit(adjust(held)));
        }

        for (int i = 0; i < 10; i++) {
          node.accepted(adjust(free));
        }

        assertThat(waiting).allMatch(Told::waiting);
        assertThat(node.engine().waiting()).isEqualTo(waiting.size());
        other.rollback();
      }

      for (int i = 0; i < waiting.size(); i++) {
        assertThat(waiting.get(i).accepted().append().number()).isEqualTo(i + 2);
      }
      assertThat(waiting).allMatch(t -> t.times() == 1);
    }
  }

  @Test
  void aRootThatIsHeldTooLongIsGivenUpOnOnce() throws Exception {
    List<Ref> held = Stream.generate(Ref::fresh).limit(40).toList();
    try (Node node = Node.postgres(url, Duration.ofMillis(200), this::watched).start()) {
      held.forEach(ref -> node.submit(send(ref)).accepted());
      List<Told> waiting = new ArrayList<>();
      try (Connection other = hold(held.toArray(Ref[]::new))) {
        for (Ref ref : held) {
          waiting.add(node.submit(adjust(ref)));
          waiting.add(node.submit(adjust(ref)));
          // So that they are given up on at many different moments.
          node.accepted(send(Ref.fresh()));
        }

        for (Told told : waiting) {
          assertThat(told.answer(Answer.Unavailable.class).retryAfter()).isPositive();
        }

        node.accepted(send(Ref.fresh()));
        met.drainPermits();
        node.accepted(send(Ref.fresh()));
        assertThat(met.availablePermits()).as("nobody tries again").isZero();
        assertThat(node.engine().waiting()).isZero();
        other.rollback();
      }

      held.forEach(ref -> assertThat(node.accepted(adjust(ref)).append().number()).isEqualTo(2));
      assertThat(waiting).allMatch(t -> t.times() == 1);
    }
  }

  @Test
  void closingWaitsForWhatWaits() throws Exception {
    Ref held = Ref.fresh();
    Told told;
    try (Node node = Node.postgres(url, this::watched).start()) {
      node.accepted(send(held));
      Connection other = hold(held);
      told = node.submit(adjust(held));
      assertThat(met.tryAcquire(2, 30, TimeUnit.SECONDS)).isTrue();
      Thread.ofPlatform().start(() -> letGoWhenMetAgain(other));
    }

    told.accepted();
  }

  private void letGoWhenMetAgain(Connection other) {
    try (other) {
      met.acquire(3);
      other.rollback();
    } catch (SQLException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Connection hold(Ref... refs) throws SQLException {
    Connection connection = DriverManager.getConnection(url);
    connection.setAutoCommit(false);
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT version FROM roots WHERE workspace_id = ? AND root_id = ? FOR UPDATE")) {
      for (Ref ref : refs) {
        statement.setObject(1, WORKSPACE.value());
        statement.setObject(2, ref.id());
        statement.executeQuery().close();
      }
    }
    return connection;
  }

  /** Gives a permit whenever a batch meets a root that is held. */
  private Store watched(Store store) {
    return new FrontedStore(store) {
      @Override
      public void write(List<Want> wants, Function<Snapshot, List<Change>> rule) {
        super.write(
            wants,
            snapshot -> {
              if (snapshot.found().stream().anyMatch(f -> f.state() instanceof Found.State.Busy)) {
                met.release();
              }
              return rule.apply(snapshot);
            });
      }
    };
  }
}
