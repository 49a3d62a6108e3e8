package dev.axme.server.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/** A stream that a client reads. What is written lives on the event loop alone. */
final class OpenStream implements Streaming.Sink {
  private static final int MAX_QUEUED = 1 << 20;

  private final Call call;
  private final Vertx vertx;
  private final HttpServerResponse response;
  private final Streaming streaming;
  private final Executor loop;
  private final Executor workers;
  private final Set<OpenStream> streams;
  private final AtomicBoolean ended = new AtomicBoolean();

  OpenStream(
      Call call,
      Vertx vertx,
      HttpServerResponse response,
      Streaming streaming,
      Executor loop,
      Executor workers,
      Set<OpenStream> streams) {
    this.call = call;
    this.vertx = vertx;
    this.response = response;
    this.streaming = streaming;
    this.loop = loop;
    this.workers = workers;
    this.streams = streams;
  }

  void start() {
    streams.add(this);
    response.setWriteQueueMaxSize(MAX_QUEUED);
    response.closeHandler(_ -> gone());
    // The head goes out at once: a client that waits for events must not wait for the first one.
    response.writeHead();
    streaming.open(this);
  }

  /** Ends it if what opened it may not go on; blocks. */
  void recheck(Predicate<Call> mayGoOn) {
    if (!mayGoOn.test(call)) {
      stop(() -> {});
    }
  }

  private void gone() {
    if (ended.compareAndSet(false, true)) {
      streams.remove(this);
      streaming.closed();
    }
  }

  void stop(Runnable said) {
    loop.execute(
        () -> {
          try {
            if (!ended.get()) {
              streaming.stop();
            }
          } finally {
            said.run();
          }
        });
  }

  @Override
  public boolean write(String frame) {
    if (ended.get() || response.closed()) {
      return false;
    }
    if (response.writeQueueFull()) {
      return false;
    }
    response.write(frame);
    return true;
  }

  @Override
  public void end() {
    loop.execute(
        () -> {
          boolean first = ended.compareAndSet(false, true);
          streams.remove(this);
          if (!response.ended() && !response.closed()) {
            response.end();
          }
          if (first) {
            streaming.closed();
          }
        });
  }

  @Override
  public void execute(Runnable task) {
    loop.execute(task);
  }

  @Override
  public void after(long millis, Runnable task) {
    vertx.setTimer(
        Math.max(1, millis),
        _ ->
            loop.execute(
                () -> {
                  if (!ended.get()) {
                    task.run();
                  }
                }));
  }

  @Override
  public void work(Runnable task) {
    workers.execute(task);
  }
}
