package dev.axme.channels.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Looks names up. The system's calls block for as long as a dead name server likes and would hold
 * the carrier of a virtual thread, so they have platform threads of their own.
 */
final class Names implements AutoCloseable {
  private static final int AT_ONCE = 32;

  /** Who answers. */
  interface Source {
    InetAddress[] addresses(String name) throws UnknownHostException;
  }

  private final Source source;
  private final ExecutorService threads;

  Names(Source source) {
    this.source = source;
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            AT_ONCE,
            AT_ONCE,
            Duration.ofSeconds(30).toMillis(),
            TimeUnit.MILLISECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().name("axme-names-", 0).daemon().factory());
    pool.allowCoreThreadTimeOut(true);
    this.threads = pool;
  }

  /** The addresses of a name, in their order; completes with an empty list when it has none. */
  CompletableFuture<List<InetAddress>> find(String name) {
    Supplier<List<InetAddress>> ask =
        () -> {
          try {
            return List.of(source.addresses(name));
          } catch (UnknownHostException e) {
            return List.of();
          }
        };
    return CompletableFuture.supplyAsync(ask, threads);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
