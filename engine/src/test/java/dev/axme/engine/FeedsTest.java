package dev.axme.engine;

import static dev.axme.engine.Fixtures.WORKSPACE;
import static dev.axme.engine.Fixtures.adjust;
import static dev.axme.engine.Fixtures.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.core.RootId;
import dev.axme.core.WorkspaceId;
import dev.axme.store.Store;
import dev.axme.store.StoreException;
import dev.axme.store.testing.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FeedsTest {
  private static final System.Logger LOG = System.getLogger(FeedsTest.class.getName());

  private final ManualClock clock = new ManualClock();
  @TempDir Path directory;

  @Test
  void aWatcherSeesEveryChangeToItsRootAndNoOthers() throws InterruptedException {
    Ref ref = Ref.fresh();
    Ref other = Ref.fresh();
    BlockingQueue<Integer> seen = new LinkedBlockingQueue<>();
    try (Node node = Node.sqlite(directory, clock).start()) {
      Feeds.Watch watch =
          node.engine().feeds().watch(WORKSPACE, ref.root(), () -> seen.add(node.log(ref).size()));
      node.accepted(send(ref));
      assertThat(seen.poll(30, TimeUnit.SECONDS)).isEqualTo(1);
      node.accepted(adjust(ref));
      assertThat(seen.poll(30, TimeUnit.SECONDS)).isEqualTo(2);

      node.accepted(send(other));
      node.accepted(adjust(ref));
      assertThat(seen.poll(30, TimeUnit.SECONDS)).isEqualTo(3);

      watch.close();
      assertToldOf(node, () -> node.accepted(adjust(ref)));
      assertThat(seen).isEmpty();
    }
  }

  @Test
  void nothingIsLostWhenCommitsGoOnWhileOneSubscribes() throws InterruptedException {
    List<Ref> refs = Stream.generate(Ref::fresh).limit(8).toList();
    int threads = 4;
    int each = 500;
    CountDownLatch halfway = new CountDownLatch(threads * each / 2);
    try (Node node = Node.sqlite(directory, clock).start()) {
      refs.forEach(ref -> node.accepted(send(ref)));
      List<Thread> writers = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        writers.add(Thread.startVirtualThread(() -> append(node, refs, each, halfway)));
      }
      assertThat(halfway.await(60, TimeUnit.SECONDS)).isTrue();

      // Subscribe first, then read the backlog, then follow the hints.
      BlockingQueue<RootId> hints = new LinkedBlockingQueue<>();
      node.engine().feeds().watchAll(WORKSPACE, hints::add);
      Map<RootId, Integer> read = new HashMap<>();
      refs.forEach(ref -> read.put(ref.root(), node.log(ref).size()));
      int all = refs.size() + threads * each;
      while (read.values().stream().mapToInt(n -> n).sum() < all) {
        RootId changed = hints.poll(30, TimeUnit.SECONDS);
        assertThat(changed).as("a hint after " + read).isNotNull();
        read.put(changed, node.store().log(WORKSPACE, changed).size());
      }

      for (Thread writer : writers) {
        writer.join();
      }
      assertThat(node.store().heads(List.of(WORKSPACE))).containsEntry(WORKSPACE, (long) all);
    }
  }

  private static void append(Node node, List<Ref> refs, int count, CountDownLatch halfway) {
    for (int i = 0; i < count; i++) {
      node.submit(adjust(refs.get(i % refs.size()))).accepted();
      halfway.countDown();
    }
  }

  @Test
  void aChangeIsSeenWithoutABellWithinThePollInterval() throws InterruptedException {
    Ref ref = Ref.fresh();
    try (Node node = Node.sqlite(directory, clock).start();
        Feeds deaf = new Feeds(node.store(), EngineMetrics.NONE)) {
      deaf.start();
      CountDownLatch seen = new CountDownLatch(1);
      deaf.watch(WORKSPACE, ref.root(), seen::countDown);
      node.accepted(send(ref));
      long began = System.nanoTime();

      assertThat(seen.await(30, TimeUnit.SECONDS)).isTrue();

      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(1));
    }
  }

  @Test
  void aWatcherThatThrowsHarmsNoOther() throws InterruptedException {
    Ref ref = Ref.fresh();
    CountDownLatch seen = new CountDownLatch(1);
    try (Node node = Node.sqlite(directory, clock).start()) {
      node.engine()
          .feeds()
          .watch(
              WORKSPACE,
              ref.root(),
              () -> {
                throw new IllegalStateException("test");
              });
      node.engine().feeds().watch(WORKSPACE, ref.root(), seen::countDown);
      node.accepted(send(ref));
      assertToldOf(node, () -> node.accepted(adjust(ref)));

      assertThat(seen.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void whatWasCommittedWhileTheStoreCouldNotBeReadIsSeenAfterwards() throws InterruptedException {
    Ref ref = Ref.fresh();
    AtomicInteger failures = new AtomicInteger();
    CountDownLatch failed = new CountDownLatch(3);
    CountDownLatch seen = new CountDownLatch(1);
    try (Node node = Node.sqlite(directory, clock, s -> unreadable(s, failures, failed)).start()) {
      node.engine().feeds().watch(WORKSPACE, ref.root(), seen::countDown);
      failures.set(3);
      node.accepted(send(ref));
      assertThat(failed.await(30, TimeUnit.SECONDS)).isTrue();

      assertThat(seen.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static Store unreadable(Store store, AtomicInteger failures, CountDownLatch failed) {
    return new FrontedStore(store) {
      @Override
      public Map<WorkspaceId, Long> heads(Collection<WorkspaceId> workspaces) {
        if (failures.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
          failed.countDown();
          throw new StoreException(StoreException.Kind.UNAVAILABLE, "test");
        }
        return super.heads(workspaces);
      }
    };
  }

  @Test
  void anotherNodeIsToldByNotification() throws InterruptedException {
    String url = PostgresServer.shared().createDatabase();
    BlockingQueue<WorkspaceId> rung = new LinkedBlockingQueue<>();
    try (Node writer = Node.postgres(url).start();
        Node reader = Node.postgres(url, s -> listening(s, rung)).start()) {
      // LISTEN begins on a thread of its own: until it has, a commit rings nobody.
      while (rung.poll(100, TimeUnit.MILLISECONDS) == null) {
        writer.accepted(send(Ref.fresh()));
      }

      assertThat(sees(writer, reader)).isLessThan(Duration.ofSeconds(1));
      assertThat(rung).contains(WORKSPACE);
    }
  }

  @Test
  void anotherNodeSeesAChangeWithoutNotification() throws InterruptedException {
    String url = PostgresServer.shared().createDatabase();
    try (Node writer = Node.postgres(url).start();
        Node reader = Node.postgres(url, FeedsTest::deaf).start()) {
      assertThat(sees(writer, reader)).isLessThan(Duration.ofSeconds(1));
    }
  }

  /** How long after the commit's answer on one node a watcher on the other was told of it. */
  private static Duration sees(Node writer, Node reader) throws InterruptedException {
    Ref ref = Ref.fresh();
    BlockingQueue<Integer> seen = new LinkedBlockingQueue<>();
    reader.engine().feeds().watch(WORKSPACE, ref.root(), () -> seen.add(reader.log(ref).size()));
    writer.accepted(send(ref));
    assertThat(seen.poll(30, TimeUnit.SECONDS)).isEqualTo(1);
    writer.accepted(adjust(ref));
    long began = System.nanoTime();
    assertThat(seen.poll(30, TimeUnit.SECONDS)).isEqualTo(2);
    Duration after = Duration.ofNanos(System.nanoTime() - began);
    LOG.log(System.Logger.Level.INFO, "The other node was told after {0} ms", after.toMillis());
    return after;
  }

  private static Store listening(Store store, BlockingQueue<WorkspaceId> rung) {
    return new FrontedStore(store) {
      @Override
      public void listen(Consumer<WorkspaceId> bell) {
        super.listen(
            workspace -> {
              bell.accept(workspace);
              rung.add(workspace);
            });
      }
    };
  }

  private static Store deaf(Store store) {
    return new FrontedStore(store) {
      @Override
      public void listen(Consumer<WorkspaceId> bell) {}
    };
  }

  /** Runs {@code change} and waits until the tailer has told everybody of it. */
  private static void assertToldOf(Node node, Runnable change) throws InterruptedException {
    CountDownLatch told = new CountDownLatch(1);
    node.engine().feeds().watchAll(WORKSPACE, _ -> told.countDown());
    change.run();
    assertThat(told.await(30, TimeUnit.SECONDS)).isTrue();
  }
}
