package dev.axme.sdk;

import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The work of one agent, in the order of its mailbox, for as long as somebody iterates. Each
 * delivery comes once, over as many connections as that takes: one that drops, a server that
 * restarts, that is busy (429, 503) or away are waited out. Work may end by itself while it waits
 * for the agent, by a deadline or because somebody took it back: a report on it is then refused.
 *
 * <p>The iteration ends when {@link #close} is called, by any thread, and when the iterating thread
 * is interrupted. It throws an {@link AxmeException} when the server refuses for good: a key that
 * is not valid (401), another agent's address (403), an agent that does not exist (404). Only one
 * thread may iterate.
 */
public final class Deliveries implements Iterable<Delivery>, AutoCloseable {
  private static final int STREAM_SECONDS = 60;

  /** The server ends a stream before; heartbeats tell of one that died. */
  private static final Duration OVERDUE = Duration.ofSeconds(STREAM_SECONDS + 30);

  /** A stream that brought nothing and was shorter than this counts as a failure. */
  private static final Duration YOUNG = Duration.ofSeconds(1);

  private final Transport transport;
  private final String path;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicReference<@Nullable EventStream> open = new AtomicReference<>();
  private @Nullable Delivery ready;
  private long seen;
  private long openedAt;
  private boolean brought;
  private int failures;

  Deliveries(Transport transport, String address, long since) {
    this.transport = transport;
    this.path = "/v1/agents/" + Transport.address(address) + "/intents/stream";
    this.seen = since;
  }

  @Override
  public Iterator<Delivery> iterator() {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        if (ready == null) {
          ready = await().orElse(null);
        }
        return ready != null;
      }

      @Override
      public Delivery next() {
        Delivery next = hasNext() ? ready : null;
        if (next == null) {
          throw new NoSuchElementException("Nothing more is delivered: closed or interrupted");
        }
        ready = null;
        return next;
      }
    };
  }

  /** Ends the iteration, also while it waits. What it has handed out may still be finished. */
  @Override
  public void close() {
    closed.countDown();
    drop();
  }

  private Optional<Delivery> await() {
    while (!over()) {
      try {
        Optional<Delivery> next = read(stream());
        if (next.isPresent()) {
          return next;
        }
      } catch (AxmeException e) {
        drop();
        if (!over() && !passing(e)) {
          throw e;
        }
        pause(e);
      }
    }
    drop();
    return Optional.empty();
  }

  private EventStream stream() {
    EventStream stream = open.get();
    if (stream == null) {
      stream =
          EventStream.open(transport, path + "?since=" + seen + "&wait_seconds=" + STREAM_SECONDS);
      openedAt = System.nanoTime();
      brought = false;
      open.set(stream);
      if (over()) {
        drop();
      }
    }
    return stream;
  }

  private Optional<Delivery> read(EventStream stream) {
    EventStream.Frame frame =
        stream
            .next(OVERDUE)
            .orElseThrow(() -> transport.lost(new IOException("The stream ended early")));
    if (frame.event().equals("stream.timeout")) {
      drop();
      if (!brought && System.nanoTime() - openedAt < YOUNG.toNanos()) {
        pause(AxmeException.unreachable("The stream ended at once", new IOException()));
      }
      return Optional.empty();
    }
    return frame.event().equals("intent.delivered") ? read(frame.json()) : Optional.empty();
  }

  private Optional<Delivery> read(Fields json) {
    if (json.number("seq") <= seen) {
      return Optional.empty();
    }
    Fields whole = json.flag("truncated") ? intent(json.id("intent_id")) : json;
    Delivery delivery = Delivery.of(json, whole.in("payload").raw());
    seen = delivery.seq();
    brought = true;
    failures = 0;
    return Optional.of(delivery);
  }

  /** What was too long for a line of the stream. */
  private Fields intent(UUID id) {
    return transport.get("/v1/intents/" + id).in("intent");
  }

  private boolean over() {
    return closed.getCount() == 0 || Thread.currentThread().isInterrupted();
  }

  private void drop() {
    EventStream stream = open.getAndSet(null);
    if (stream != null) {
      stream.close();
    }
  }

  private void pause(AxmeException why) {
    long nanos = Transport.pause(failures++, why).toNanos();
    try {
      closed.await(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A server that trips over itself is waited out like one that is away. */
  private static boolean passing(AxmeException e) {
    return e.passing() || e.status() == 500;
  }
}
