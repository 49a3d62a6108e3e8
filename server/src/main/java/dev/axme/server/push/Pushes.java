package dev.axme.server.push;

import dev.axme.channels.http.Outbound;
import dev.axme.engine.Channel;
import dev.axme.engine.Engine;
import dev.axme.server.http.Route;
import dev.axme.server.outbox.Outlet;
import dev.axme.store.Directory.Account;
import dev.axme.store.Store;
import dev.axme.store.StoreException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The parts of pushing, and what happens when an account begins to be pushed to, or is pushed
 * elsewhere: what waits for it goes there. Safe for any thread.
 */
public final class Pushes implements AutoCloseable {
  private static final long AGAIN_MILLIS = 1_000;

  private final Store store;
  private final Outbound outbound;
  private final PushedAccounts accounts;
  private final Backlog backlog;
  private final ScheduledExecutorService later =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("axme-pushes").daemon().factory());
  private volatile Runnable ring = () -> {};

  public Pushes(Store store, Outbound outbound) {
    this.store = store;
    this.outbound = outbound;
    this.accounts = new PushedAccounts(store.directory());
    this.backlog = new Backlog(store);
  }

  /** What is pushed because of an append. */
  public Outlet outlet() {
    return new PushOutlet(accounts);
  }

  /** What pushes it. */
  public Channel channel(Engine engine) {
    return new PushChannel(store, outbound, engine);
  }

  /** What clients may ask about it; {@code onNews} is told when something is due again. */
  public List<Route> routes(Runnable onNews) {
    return Stream.concat(
            new DeliveryRoutes(store, onNews).routes().stream(),
            new OutboxRoutes(store, onNews).routes().stream())
        .toList();
  }

  /**
   * Reads who is pushed to, and looks for what lay there while no server ran; {@code onNews} is
   * told when something was put into the outbox.
   */
  public void start(Runnable onNews) {
    ring = onNews;
    accounts.reload().forEach(a -> push(a, false));
  }

  /** Looks again who is pushed to, after every change of the directory. */
  public void directoryChanged() {
    try {
      accounts.reload().forEach(a -> push(a, true));
    } catch (StoreException e) {
      after(AGAIN_MILLIS, this::directoryChanged);
    }
  }

  /** Twice: an append that was on its way while the accounts were read is there by then. */
  private void push(Account account, boolean moved) {
    after(0, () -> look(account, moved));
    after(AGAIN_MILLIS, () -> look(account, false));
  }

  private void look(Account account, boolean moved) {
    try {
      backlog.push(account, moved);
      ring.run();
    } catch (StoreException e) {
      after(AGAIN_MILLIS, () -> look(account, moved));
    }
  }

  private void after(long millis, Runnable work) {
    try {
      var _ = later.schedule(work, millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // The server stops; the next start looks for all of it.
    }
  }

  @Override
  public void close() {
    later.shutdownNow();
  }
}
