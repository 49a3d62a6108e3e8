package dev.axme.engine;

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
 * Tells watchers which roots were appended to. One tailer a node reads the heads of the workspaces
 * that somebody watches, at once on a bell and every 250 ms without one: a bell is a hint and may
 * be lost, the heads are the truth. A watcher subscribes first and reads its backlog afterwards.
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
    Watched watched = watched(workspace);
    watched.roots.compute(
        root,
        (_, list) -> {
          List<Runnable> all = list == null ? new CopyOnWriteArrayList<>() : list;
          all.add(onChange);
          return all;
        });
    return () ->
        watched.roots.computeIfPresent(
            root,
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
                Set<RootId> changed =
                    new LinkedHashSet<>(store.changedRoots(workspace, watched.cursor, head));
                watched.cursor = head;
                changed.forEach(root -> tell(watched, root));
              }
            });
  }

  private static void tell(Watched watched, RootId root) {
    watched.roots.getOrDefault(root, List.of()).forEach(Feeds::run);
    watched.all.forEach(listener -> run(() -> listener.accept(root)));
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
