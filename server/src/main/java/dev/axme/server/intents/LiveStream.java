package dev.axme.server.intents;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.engine.Feeds;
import dev.axme.server.http.Json;
import dev.axme.server.http.Streaming;
import dev.axme.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's stream of what is stored: it watches first, then reads what is there, then goes live,
 * and ends after its time with {@code stream.timeout} (sections 3.5 and 3.10). Reads happen on
 * workers, one at a time; an idle stream costs no thread.
 */
abstract class LiveStream implements Streaming {
  private static final Logger LOG = LoggerFactory.getLogger(LiveStream.class);

  /** The CLI's scanner stops silently at a longer line. */
  static final int MAX_LINE = 60 * 1024;

  private static final long KEEP_ALIVE_MILLIS = 9_000;

  private final long waitMillis;
  private final AtomicBoolean reading = new AtomicBoolean();
  private final AtomicBoolean changed = new AtomicBoolean();
  private @Nullable Sink sink;
  private Feeds.@Nullable Watch watch;
  private volatile boolean over;

  LiveStream(long waitMillis) {
    this.waitMillis = waitMillis;
  }

  /** Begins to watch; blocks shortly. */
  abstract Feeds.Watch watch(Runnable onChange);

  /** What was not read yet; blocks. */
  abstract List<Frame> next();

  /** Whether nothing more can be sent. */
  final boolean over() {
    return over;
  }

  /** The number that {@code stream.timeout} names; on the event loop. */
  abstract long nextSeq();

  /** A frame was written; on the event loop. */
  abstract void written(Sink to, Frame frame);

  /**
   * An event to send.
   *
   * @param last whether nothing can follow it
   * @param taken what to do when it was written
   */
  record Frame(long seq, String text, boolean last, Runnable taken) {
    static Frame of(long seq, String event, String data, boolean last, Runnable taken) {
      String text = "id: %d\nevent: %s\ndata: %s\n\n".formatted(seq, event, data);
      return new Frame(seq, text, last, taken);
    }
  }

  /** About how much one connection is sent before it has to come back for more. */
  static final int MAX_BYTES = 512 * 1024;

  static boolean tooLong(String line) {
    return line.getBytes(StandardCharsets.UTF_8).length > MAX_LINE;
  }

  @Override
  public final void open(Sink to) {
    sink = to;
    to.after(waitMillis, this::stop);
    keepAlive(to);
    to.work(
        () -> {
          try {
            Feeds.Watch opened = watch(() -> read(to));
            to.execute(() -> watching(opened));
            read(to);
          } catch (RuntimeException e) {
            failed(to, e);
          }
        });
  }

  /** The client comes back after a goodbye; what is no outage is somebody's bug. */
  private void failed(Sink to, RuntimeException e) {
    if (!(e instanceof StoreException)) {
      LOG.error("A stream could not be read", e);
    }
    to.execute(this::stop);
  }

  private void watching(Feeds.Watch opened) {
    if (over) {
      opened.close();
    } else {
      watch = opened;
    }
  }

  private void keepAlive(Sink to) {
    to.after(
        KEEP_ALIVE_MILLIS,
        () -> {
          if (to.write(": keep-alive\n\n")) {
            keepAlive(to);
          }
        });
  }

  /** Reads on a worker, one read at a time; a change during a read causes another. */
  private void read(Sink to) {
    changed.set(true);
    if (reading.compareAndSet(false, true)) {
      to.work(() -> readAll(to));
    }
  }

  private void readAll(Sink to) {
    while (changed.getAndSet(false)) {
      try {
        List<Frame> frames = next();
        to.execute(() -> write(to, frames));
      } catch (RuntimeException e) {
        failed(to, e);
      }
    }
    reading.set(false);
    if (changed.get()) {
      read(to);
    }
  }

  private void write(Sink to, List<Frame> frames) {
    for (Frame frame : frames) {
      if (over) {
        return;
      }
      if (!to.write(frame.text())) {
        finish(to);
        return;
      }
      written(to, frame);
      frame.taken().run();
      if (frame.last()) {
        finish(to);
      }
    }
  }

  @Override
  public final void stop() {
    Sink to = sink;
    if (!over && to != null) {
      ObjectNode data = Json.ok().put("next_seq", nextSeq());
      to.write("event: stream.timeout\ndata: " + Json.text(data) + "\n\n");
      finish(to);
    }
  }

  private void finish(Sink to) {
    over = true;
    to.end();
  }

  @Override
  public final void closed() {
    over = true;
    if (watch != null) {
      watch.close();
      watch = null;
    }
  }
}
