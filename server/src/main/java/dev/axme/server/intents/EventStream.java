package dev.axme.server.intents;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.core.Append;
import dev.axme.core.IntentId;
import dev.axme.core.RootId;
import dev.axme.core.Told;
import dev.axme.core.WorkspaceId;
import dev.axme.engine.Feeds;
import dev.axme.server.http.Json;
import dev.axme.server.http.Streaming;
import dev.axme.store.Store;
import dev.axme.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One client's stream of an intent's events (section 3.5): it watches first, then reads what is
 * there, then goes live and drops what it has sent by {@code seq}.
 */
final class EventStream implements Streaming {
  /** The CLI's scanner stops silently at a longer line. */
  private static final int MAX_LINE = 60 * 1024;

  private static final long KEEP_ALIVE_MILLIS = 9_000;

  private final Store store;
  private final Feeds feeds;
  private final WorkspaceId workspace;
  private final IntentId intent;
  private final int since;
  private final long waitMillis;
  private final AtomicBoolean reading = new AtomicBoolean();
  private final AtomicBoolean changed = new AtomicBoolean();
  private @Nullable Sink sink;
  private Feeds.@Nullable Watch watch;
  private int sent = -1;
  private int newest;
  private boolean over;

  EventStream(
      Store store,
      Feeds feeds,
      WorkspaceId workspace,
      IntentId intent,
      int since,
      int waitSeconds) {
    this.store = store;
    this.feeds = feeds;
    this.workspace = workspace;
    this.intent = intent;
    this.since = since;
    this.waitMillis = TimeUnit.SECONDS.toMillis(waitSeconds);
  }

  @Override
  public void open(Sink to) {
    sink = to;
    to.after(waitMillis, this::stop);
    keepAlive(to);
    to.work(
        () -> {
          try {
            RootId root = store.rootOf(workspace, intent).orElseThrow();
            Feeds.Watch opened = feeds.watch(workspace, root, () -> read(to, root));
            to.execute(() -> watching(opened));
            read(to, root);
          } catch (StoreException e) {
            to.execute(this::stop);
          }
        });
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
  private void read(Sink to, RootId root) {
    changed.set(true);
    if (reading.compareAndSet(false, true)) {
      to.work(() -> readAll(to, root));
    }
  }

  private void readAll(Sink to, RootId root) {
    while (changed.getAndSet(false)) {
      try {
        List<Append> appends = store.log(workspace, root);
        List<Told> story = Told.history(appends, intent);
        WireEvents wire = new WireEvents(new Bodies(store, workspace, root, List.of()));
        List<Frame> frames = new ArrayList<>();
        int last = story.getLast().event().seq();
        int from = sent < 0 ? Math.min(since, last) : sent;
        for (Told told : story) {
          if (told.event().seq() > from) {
            frames.add(frame(told, wire));
          }
        }
        sent = last;
        to.execute(() -> write(to, frames, last));
      } catch (StoreException e) {
        to.execute(this::stop);
      }
    }
    reading.set(false);
    if (changed.get()) {
      read(to, root);
    }
  }

  private record Frame(String text, boolean terminal) {}

  private void write(Sink to, List<Frame> frames, int last) {
    if (over) {
      return;
    }
    newest = last;
    for (Frame frame : frames) {
      if (!to.write(frame.text())) {
        finish(to);
        return;
      }
      if (frame.terminal()) {
        finish(to);
        return;
      }
    }
  }

  private static Frame frame(Told told, WireEvents wire) {
    ObjectNode event = wire.event(told);
    String line = Json.text(event);
    if (line.getBytes(StandardCharsets.UTF_8).length > MAX_LINE) {
      line = Json.text(cut(event));
    }
    String text =
        "id: %d\nevent: %s\ndata: %s\n\n"
            .formatted(told.event().seq(), event.get("event_type").textValue(), line);
    return new Frame(text, told.after().phase().status().terminal());
  }

  /** Keeps everything that steers a client; the whole event is a GET away. */
  private static ObjectNode cut(ObjectNode event) {
    for (String large : List.of("result", "data", "details", "human_task")) {
      if (event.hasNonNull(large)) {
        ObjectNode small = Json.object();
        event
            .get(large)
            .properties()
            .forEach(
                p -> {
                  if (p.getValue().isValueNode() && Json.text(p.getValue()).length() <= 2_500) {
                    small.set(p.getKey(), p.getValue());
                  }
                });
        event.set(large, Json.text(small).length() <= 12_000 ? small : Json.object());
      }
    }
    return event.put("truncated", true);
  }

  @Override
  public void stop() {
    Sink to = sink;
    if (!over && to != null) {
      ObjectNode data = Json.ok().put("next_seq", newest + 1);
      to.write("event: stream.timeout\ndata: " + Json.text(data) + "\n\n");
      finish(to);
    }
  }

  private void finish(Sink to) {
    over = true;
    to.end();
  }

  @Override
  public void closed() {
    over = true;
    if (watch != null) {
      watch.close();
      watch = null;
    }
  }
}
