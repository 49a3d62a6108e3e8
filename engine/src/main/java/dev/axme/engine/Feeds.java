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
import java.util.function.Consumer;
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

  /** Ends the watching when closed. */
  public interface Watch extends AutoCloseable {
    @Override
    void close();
  }

  private static final class Watched {
    final Map<RootId, List<Runnable>> roots = new ConcurrentHashMap<>();
    final Map<Address, List<Runnable>> mailboxes = new ConcurrentHashMap<>();
    final List<Consumer<RootId>> all = new CopyOnWriteArrayList<>();
    volatile long cursor;

    Watched(long cursor) {
      this.cursor = cursor;
    }
  }

  private final Store store;
  private final Map<WorkspaceId, Watched> workspaces = new ConcurrentHashMap<>();
  private final Semaphore bell = new Semaphore(0);
  private final Thread thread = Thread.ofPlatform().name("axme-feeds").unstarted(this::loop);
  private volatile boolean closed;

  Feeds(Store store) {
    this.store = store;
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
  public Watch watch(WorkspaceId workspace, RootId root, Runnable onChange) {
    return add(watched(workspace).roots, root, onChange);
  }

  /**
   * Calls {@code onChange} after something came into the mailbox {@code address} of the workspace,
   * as {@link #watch} does.
   */
  public Watch watchMailbox(WorkspaceId workspace, Address address, Runnable onChange) {
    return add(watched(workspace).mailboxes, address, onChange);
  }

  private static <K> Watch add(Map<K, List<Runnable>> watchers, K key, Runnable onChange) {
    watchers.compute(
        key,
        (_, list) -> {
          List<Runnable> all = list == null ? new CopyOnWriteArrayList<>() : list;
          all.add(onChange);
          return all;
        });
    return () ->
        watchers.computeIfPresent(
            key,
            (_, list) -> {
              list.remove(onChange);
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
      watched.roots.getOrDefault(root, List.of()).forEach(Feeds::run);
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
