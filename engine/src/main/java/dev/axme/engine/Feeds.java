package dev.axme.engine;

import dev.axme.core.Address;
import dev.axme.core.RootId;
import dev.axme.core.WorkspaceId;
import dev.axme.store.Store;
import dev.axme.store.StoreException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells watchers which roots were appended to and which mailboxes got something. One tailer a node
 * reads the heads of the workspaces that somebody watches, at once on a bell and every 250 ms
 * without one: a bell is a hint and may be lost, the heads are the truth. A watcher subscribes
 * first and reads its backlog afterwards.
 */
public final class Feeds implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Feeds.class);
  private static final long POLL_MILLIS = 250;

  /** No reading of the clock. */
  private static final long NOTHING = Long.MIN_VALUE;

  /** Ends the watching when closed. */
  public interface Watch extends AutoCloseable {
    @Override
    void close();
  }

  /** Watches a root, and knows since when there is a decision to pass on. */
  public static final class Follower implements Watch {
    private final Runnable onChange;
    private final EngineMetrics metrics;
    private final AtomicLong decidedAt = new AtomicLong(NOTHING);
    private volatile @Nullable Watch watch;

    private Follower(Runnable onChange, EngineMetrics metrics) {
      this.onChange = onChange;
      this.metrics = metrics;
    }

    /** A decision was written to whoever waits. */
    public void passedOn() {
      long at = decidedAt.getAndSet(NOTHING);
      if (at != NOTHING) {
        metrics.woken(System.nanoTime() - at);
      }
    }

    @Override
    public void close() {
      Watch ended = watch;
      if (ended != null) {
        ended.close();
      }
    }
  }

  private static final class Watched {
    final Map<RootId, List<Follower>> roots = new ConcurrentHashMap<>();
    final Map<Address, List<Runnable>> mailboxes = new ConcurrentHashMap<>();
    final List<Consumer<RootId>> all = new CopyOnWriteArrayList<>();
    volatile long cursor;

    Watched(long cursor) {
      this.cursor = cursor;
    }
  }

  private final Store store;
  private final EngineMetrics metrics;
  private final Map<WorkspaceId, Watched> workspaces = new ConcurrentHashMap<>();
  private final Semaphore bell = new Semaphore(0);
  private final Thread thread = Thread.ofPlatform().name("axme-feeds").unstarted(this::loop);
  private volatile boolean closed;

  Feeds(Store store, EngineMetrics metrics) {
    this.store = store;
    this.metrics = metrics;
  }

  void start() {
    thread.start();
  }

  void ring(WorkspaceId workspace) {
    if (workspaces.containsKey(workspace)) {
      bell.release();
    }
  }

  /**
   * Calls {@code onChange} after each append to {@code root}. Blocks shortly when this workspace
   * was not watched before. {@code onChange} must be quick: it runs on the tailer.
   */
  public Follower watch(WorkspaceId workspace, RootId root, Runnable onChange) {
    Follower follower = new Follower(onChange, metrics);
    follower.watch = add(watched(workspace).roots, root, follower);
    return follower;
  }

  /** Somebody decided in this root just now; before its watchers hear of the change. */
  void decided(Pending.Home home, long nanos) {
    Watched watched = workspaces.get(home.workspace());
    if (watched != null) {
      for (Follower follower : watched.roots.getOrDefault(home.root(), List.of())) {
        follower.decidedAt.set(nanos);
      }
    }
  }

  /**
   * Calls {@code onChange} after something came into the mailbox {@code address} of the workspace,
   * as {@link #watch} does.
   */
  public Watch watchMailbox(WorkspaceId workspace, Address address, Runnable onChange) {
    return add(watched(workspace).mailboxes, address, onChange);
  }

  private static <K, W> Watch add(Map<K, List<W>> watchers, K key, W watcher) {
    watchers.compute(
        key,
        (_, list) -> {
          List<W> all = list == null ? new CopyOnWriteArrayList<>() : list;
          all.add(watcher);
          return all;
        });
    return () ->
        watchers.computeIfPresent(
            key,
            (_, list) -> {
              list.remove(watcher);
              return list.isEmpty() ? null : list;
            });
  }

  /** Calls {@code onChange} with every root of the workspace that is appended to. */
  public Watch watchAll(WorkspaceId workspace, Consumer<RootId> onChange) {
    Watched watched = watched(workspace);
    watched.all.add(onChange);
    return () -> watched.all.remove(onChange);
  }

  /**
   * The head is read before the watcher is told of, so that nothing lies between it and a backlog.
   */
  private Watched watched(WorkspaceId workspace) {
    Watched known = workspaces.get(workspace);
    if (known != null) {
      return known;
    }
    long head = store.heads(List.of(workspace)).getOrDefault(workspace, 0L);
    return workspaces.computeIfAbsent(workspace, _ -> new Watched(head));
  }

  private void loop() {
    while (!closed) {
      try {
        if (bell.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
          bell.drainPermits();
        }
        tail();
      } catch (StoreException e) {
        // Polling goes on; what was committed meanwhile is found when the store is back.
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.error("Reading the feed failed", e);
      }
    }
  }

  private void tail() {
    store
        .heads(Set.copyOf(workspaces.keySet()))
        .forEach(
            (workspace, head) -> {
              Watched watched = workspaces.get(workspace);
              if (watched != null && head > watched.cursor) {
                tail(workspace, watched, head);
              }
            });
  }

  private void tail(WorkspaceId workspace, Watched watched, long head) {
    long from = watched.cursor;
    Set<RootId> roots = new LinkedHashSet<>(store.changedRoots(workspace, from, head));
    Set<Address> mailboxes =
        watched.mailboxes.isEmpty()
            ? Set.of()
            : new LinkedHashSet<>(store.changedMailboxes(workspace, from, head));
    watched.cursor = head;
    for (RootId root : roots) {
      watched.roots.getOrDefault(root, List.of()).forEach(f -> run(f.onChange));
      watched.all.forEach(listener -> run(() -> listener.accept(root)));
    }
    mailboxes.forEach(a -> watched.mailboxes.getOrDefault(a, List.of()).forEach(Feeds::run));
  }

  private static void run(Runnable listener) {
    try {
      listener.run();
    } catch (RuntimeException e) {
      LOG.error("A watcher failed", e);
    }
  }

  @Override
  public void close() {
    closed = true;
    bell.release();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
