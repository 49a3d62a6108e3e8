package dev.axme.server.intents;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.core.IntentEvent;
import dev.axme.core.IntentId;
import dev.axme.core.Told;
import dev.axme.engine.Feeds;
import dev.axme.server.http.Json;
import dev.axme.store.Place;
import dev.axme.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One client's stream of an intent's events (section 3.5): whatever has a higher {@code seq} than
 * was sent before.
 */
final class EventStream extends LiveStream {
  private final Store store;
  private final Feeds feeds;
  private final Place place;
  private final IntentId intent;
  private final long since;
  private int sent = -1;
  private volatile int newest;
  private volatile boolean full;
  private volatile Feeds.@Nullable Follower follower;

  EventStream(Store store, Feeds feeds, Place place, IntentId intent, long since, int waitSeconds) {
    super(TimeUnit.SECONDS.toMillis(waitSeconds));
    this.store = store;
    this.feeds = feeds;
    this.place = place;
    this.intent = intent;
    this.since = since;
  }

  @Override
  Feeds.Watch watch(Runnable onChange) {
    Feeds.Follower begun = feeds.watch(place.home(), place.root(), onChange);
    follower = begun;
    return begun;
  }

  @Override
  List<Frame> next() {
    List<Told> story = Told.history(store.log(place.home(), place.root()), intent);
    WireEvents wire = new WireEvents(new Bodies(store, place, List.of()));
    List<Frame> frames = new ArrayList<>();
    int last = story.getLast().event().seq();
    long from = sent < 0 ? Math.min(since, last) : sent;
    int bytes = 0;
    for (Told told : story) {
      if (told.event().seq() > from && bytes <= MAX_BYTES) {
        Frame frame = frame(told, wire);
        frames.add(frame);
        bytes += frame.text().length();
        last = told.event().seq();
      }
    }
    full = bytes > MAX_BYTES;
    sent = last;
    newest = last;
    return frames;
  }

  @Override
  long nextSeq() {
    return newest + 1L;
  }

  /** A history that is too long for one connection goes on in the next. */
  @Override
  void written(Sink to, Frame frame) {
    if (full && frame.seq() == newest) {
      stop();
    }
  }

  private Frame frame(Told told, WireEvents wire) {
    ObjectNode event = wire.event(told);
    String line = Json.text(event);
    return Frame.of(
        told.event().seq(),
        event.get("event_type").textValue(),
        tooLong(line) ? Json.text(cut(event)) : line,
        told.after().phase().status().terminal(),
        told.event() instanceof IntentEvent.TaskDecided ? this::passedOn : () -> {});
  }

  private void passedOn() {
    Feeds.Follower following = follower;
    if (following != null) {
      following.passedOn();
    }
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
}
