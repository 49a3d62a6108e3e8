package dev.axme.server.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** The listening port: several event loops that share it, and the streams that are open on them. */
public final class HttpPort implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 10;

  private final Vertx vertx = Vertx.vertx();
  private final Dispatcher dispatcher;
  private final Executor workers;
  private final int maxBody;
  private final Waits waits;
  private final AtomicInteger rechecks = new AtomicInteger();
  private final Set<OpenStream> streams = ConcurrentHashMap.newKeySet();

  /**
   * How long clients are waited for.
   *
   * @param body from a request's head to the end of its body
   * @param idle without a byte in either direction; more than the pause between two signs of life
   *     of a stream
   */
  record Waits(Duration body, Duration idle) {
    static final Waits USUAL = new Waits(Duration.ofSeconds(30), Duration.ofMinutes(5));
  }

  /** A port that takes bodies of up to {@code maxBody} bytes. */
  public HttpPort(Dispatcher dispatcher, Executor workers, int maxBody) {
    this(dispatcher, workers, maxBody, Waits.USUAL);
  }

  HttpPort(Dispatcher dispatcher, Executor workers, int maxBody, Waits waits) {
    this.dispatcher = dispatcher;
    this.workers = workers;
    this.maxBody = maxBody;
    this.waits = waits;
  }

  /**
   * Listens; 0 takes a free port.
   *
   * @return the port that it listens on
   * @throws CannotListen when somebody else has it, or it is not ours to take
   */
  public int listen(String host, int wanted) {
    // The other processors commit: fewer loops hand over larger batches, and are woken less often.
    int loops = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    EventLoop.Door door = new EventLoop.Door(dispatcher, 1);
    int port = listenOnce(host, wanted, door);
    for (int i = 1; i < loops; i++) {
      listenOnce(host, wanted, door);
    }
    return port;
  }

  /** Listens on a second port with one loop more, for what {@code other} answers. */
  public int listenFor(Dispatcher other, String host, int wanted) {
    try {
      return listenOnce(host, wanted, new EventLoop.Door(other, 2));
    } catch (CannotListen e) {
      throw new CannotListen(String.valueOf(e.getMessage()), e, true);
    }
  }

  private int listenOnce(String host, int port, EventLoop.Door door) {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(host)
            .setPort(port)
            .setAcceptBacklog(4096)
            .setTcpNoDelay(true)
            .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
            .setIdleTimeout((int) waits.idle().toMillis())
            .setHandle100ContinueAutomatically(true)
            .setMaxInitialLineLength(8 * 1024)
            .setMaxHeaderSize(16 * 1024);
    EventLoop loop =
        new EventLoop(
            options, door, workers, new EventLoop.BodyLimits(maxBody, waits.body()), streams);
    await(vertx.deployVerticle(loop));
    return loop.port();
  }

  /** The address cannot be listened on. */
  public static final class CannotListen extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean second;

    CannotListen(String message, Throwable cause, boolean second) {
      super(message, cause);
      this.second = second;
    }

    /** Whether it is the second port's address, and not the server's own. */
    public boolean second() {
      return second;
    }
  }

  private static void await(Future<?> future) {
    try {
      future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new CannotListen(String.valueOf(cause.getMessage()), cause, false);
    } catch (TimeoutException e) {
      throw new IllegalStateException("Vert.x did not answer in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  /** Ends open streams with their goodbye, lets running requests finish, closes the port. */
  @Override
  public void close() {
    endStreams();
    try {
      await(vertx.close());
    } catch (CannotListen e) {
      throw new IllegalStateException("The port did not close", e);
    }
  }

  /** Ends the streams whose credential was revoked; they are checked on a worker. */
  public void recheckStreams() {
    if (!streams.isEmpty() && rechecks.getAndIncrement() == 0) {
      workers.execute(this::recheckAll);
    }
  }

  /** Changes that come while it looks make it look once more, not once each. */
  private void recheckAll() {
    int asked = rechecks.get();
    while (asked > 0) {
      try {
        streams.forEach(s -> s.recheck(dispatcher::mayGoOn));
      } finally {
        asked = rechecks.addAndGet(-asked);
      }
    }
  }

  /** How many clients are read to now. */
  public int openStreams() {
    return streams.size();
  }

  /** Says goodbye on every open stream, and waits until the clients have it. */
  public void endStreams() {
    CountDownLatch said = new CountDownLatch(streams.size());
    streams.forEach(stream -> stream.stop(said::countDown));
    try {
      said.await(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
