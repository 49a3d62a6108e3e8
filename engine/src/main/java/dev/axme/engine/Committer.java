package dev.axme.engine;

import dev.axme.core.WorkspaceId;
import dev.axme.store.Store;
import dev.axme.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that commits: it drains what waits into a transaction, without waiting for more,
 * and tells everybody afterwards. One sync of the disk pays for a whole batch.
 */
final class Committer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Committer.class);
  private static final int CONFLICT_RETRIES = 10;
  private static final long IDLE_MILLIS = 1_000;
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final Store store;
  private final Outlets outlets;
  private final Aftermath aftermath;
  private final Inbox inbox = new Inbox();
  private final BusyRoots busy;
  private final Thread thread = Thread.ofPlatform().name("axme-commit").unstarted(this::loop);
  private boolean storeAway;

  /** {@code patience} is how long a command waits for a root that another node holds. */
  Committer(Store store, Outlets outlets, Aftermath aftermath, Duration patience) {
    this.store = store;
    this.outlets = outlets;
    this.aftermath = aftermath;
    this.busy = new BusyRoots(patience);
  }

  void start() {
    thread.start();
  }

  void submit(Submission submission, Completion completion) {
    Pending pending =
        new Pending(
            submission, completion, ThreadLocalRandom.current().nextLong(), System.nanoTime());
    if (!inbox.offer(pending)) {
      tell(
          List.of(
              Map.entry(
                  pending,
                  new Answer.Unavailable(
                      "the server has more work than it can take", RETRY_AFTER))));
    }
  }

  int waiting() {
    return inbox.waiting() + busy.size();
  }

  private void loop() {
    try {
      while (!inbox.drained() || busy.size() > 0) {
        long now = System.nanoTime();
        busy.expired(now).forEach(Committer::giveUp);
        List<Pending> batch = busy.due(now);
        batch.addAll(busy.join(inbox.take(busy.waitMillis(IDLE_MILLIS, batch))));
        if (!batch.isEmpty()) {
          commit(batch, 0);
        }
        inbox.aside(busy.size(), busy.bytes());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable t) {
      LOG.error("The committer stopped; nothing more can be stored until a restart", t);
      throw t;
    }
  }

  private static void giveUp(Pending pending) {
    tell(
        List.of(
            Map.entry(
                pending, new Answer.Unavailable("another node holds this intent", RETRY_AFTER))));
  }

  private void commit(List<Pending> commands, int attempt) {
    Batch batch = new Batch(commands, outlets);
    long began = System.nanoTime();
    try {
      store.write(commands.stream().map(Pending::want).toList(), batch::rule);
    } catch (StoreException e) {
      run(() -> aftermath.failed(e.kind()));
      failed(commands, e, attempt);
      return;
    } catch (RuntimeException e) {
      takeOut(commands, e);
      return;
    }
    if (storeAway) {
      storeAway = false;
      LOG.info("The store is back");
    }
    busy.park(batch.busy(), System.nanoTime());
    batch.answers().keySet().forEach(busy::settled);
    run(() -> aftermath.committed(commands, batch, System.nanoTime() - began));
    tell(batch.answers().entrySet());
  }

  private void failed(List<Pending> commands, StoreException e, int attempt) {
    switch (e.kind()) {
      case CONFLICT -> {
        if (attempt < CONFLICT_RETRIES) {
          commit(commands, attempt + 1);
        } else {
          takeOut(commands, e);
        }
      }
      case POISON -> takeOut(commands, e);
      case UNAVAILABLE -> apart(commands, e);
      // Who has no idempotency key must not be run twice.
      case UNKNOWN -> away(commands, e);
    }
  }

  private record Group(WorkspaceId workspace, boolean bringing) {}

  /**
   * A workspace whose head is held must not take the others with it, nor must somebody who holds an
   * account or the directory's version take those with it that bring no accounts.
   */
  private void apart(List<Pending> commands, StoreException e) {
    Map<Group, List<Pending>> groups = new LinkedHashMap<>();
    for (Pending p : commands) {
      Group group = new Group(p.submission().workspace(), !p.submission().newcomers().isEmpty());
      groups.computeIfAbsent(group, _ -> new ArrayList<>()).add(p);
    }
    if (groups.size() > 1) {
      groups.values().forEach(group -> commit(group, 0));
    } else {
      away(commands, e);
    }
  }

  private void away(List<Pending> commands, StoreException e) {
    if (!storeAway) {
      storeAway = true;
      LOG.warn("The store does not answer: {}", e.getMessage());
    }
    commands.forEach(busy::settled);
    tell(
        commands.stream()
            .map(
                p ->
                    Map.<Pending, Answer>entry(
                        p, new Answer.Unavailable("the store does not answer", RETRY_AFTER)))
            .toList());
  }

  /** Halves the batch until the command that the store cannot take stands alone. */
  private void takeOut(List<Pending> commands, RuntimeException e) {
    if (commands.size() > 1) {
      int middle = commands.size() / 2;
      commit(commands.subList(0, middle), 0);
      commit(commands.subList(middle, commands.size()), 0);
      return;
    }
    Pending pending = commands.getFirst();
    LOG.error("Cannot store {}", pending.submission().command().getClass().getSimpleName(), e);
    busy.settled(pending);
    tell(List.of(Map.entry(pending, new Answer.Broken(e))));
  }

  private static void tell(Iterable<? extends Map.Entry<Pending, ? extends Answer>> answers) {
    Map<Executor, List<Runnable>> tasks = new LinkedHashMap<>();
    for (Map.Entry<Pending, ? extends Answer> entry : answers) {
      Completion completion = entry.getKey().completion();
      tasks
          .computeIfAbsent(completion.executor(), _ -> new ArrayList<>())
          .add(() -> completion.complete(entry.getValue()));
    }
    tasks.forEach(
        (executor, list) -> run(() -> executor.execute(() -> list.forEach(Committer::run))));
  }

  /** Whatever a listener throws is its own affair: the committer and its neighbours go on. */
  private static void run(Runnable listener) {
    try {
      listener.run();
    } catch (Throwable e) {
      LOG.error("Somebody could not be told of what was committed", e);
    }
  }

  @Override
  public void close() {
    inbox.close();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
