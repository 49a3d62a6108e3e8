package dev.axme.sdk;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Follows one intent to its end, over as many connections as that takes. Each event is handed on
 * once and in order: the next connection asks for what comes after the last one seen.
 */
final class Watch {
  /** As good as for ever, and still a number of nanoseconds. */
  static final Duration FOREVER = Duration.ofDays(36_500);

  private static final int LONGEST_STREAM_SECONDS = 60;

  private final Transport transport;
  private final UUID intentId;
  private final Consumer<IntentEvent> listener;
  private final long until;
  private long seen;

  Watch(
      Transport transport,
      UUID intentId,
      long since,
      Duration atMost,
      Consumer<IntentEvent> listener) {
    this.transport = transport;
    this.intentId = intentId;
    this.listener = listener;
    this.seen = since;
    this.until = System.nanoTime() + (atMost.compareTo(FOREVER) < 0 ? atMost : FOREVER).toNanos();
  }

  /** The end; empty when the time was up before. */
  Optional<Result> run() {
    Optional<Result> known = look();
    int failures = 0;
    while (known.isEmpty() && left() > 0) {
      try {
        known = listen();
        failures = 0;
      } catch (AxmeException e) {
        if (!e.passing()) {
          throw e;
        }
        long pause = Transport.pause(failures++, e).toNanos();
        Transport.sleep(Duration.ofNanos(Math.min(pause, Math.max(0, left()))));
      }
    }
    return known;
  }

  /** First contact: an id or key that is wrong, or a server that is not there, shows here. */
  private Optional<Result> look() {
    Optional<Result> end = Optional.empty();
    for (Fields json : transport.get(eventsSince(seen)).each("events")) {
      end = accept(IntentEvent.of(json));
    }
    return end;
  }

  /**
   * One connection. The look at the intent afterwards sees an end that lies before where we began.
   */
  private Optional<Result> listen() {
    long seconds =
        Math.max(1, Math.min(LONGEST_STREAM_SECONDS, Duration.ofNanos(left()).toSeconds() + 1));
    String path =
        "/v1/intents/" + intentId + "/events/stream?since=" + seen + "&wait_seconds=" + seconds;
    try (EventStream stream = EventStream.open(transport, path)) {
      while (true) {
        Optional<EventStream.Frame> frame = stream.next(Duration.ofNanos(Math.max(0, left())));
        if (frame.isEmpty() || frame.get().event().equals("stream.timeout")) {
          return Result.of(Intent.of(transport.get("/v1/intents/" + intentId).in("intent")));
        }
        Optional<Result> end = accept(frame.get());
        if (end.isPresent()) {
          return end;
        }
      }
    }
  }

  private Optional<Result> accept(EventStream.Frame frame) {
    if (!frame.event().startsWith("intent.")) {
      return Optional.empty();
    }
    Fields json = frame.json();
    if (json.flag("truncated")) {
      return look();
    }
    return accept(IntentEvent.of(json));
  }

  private Optional<Result> accept(IntentEvent event) {
    if (event.seq() > seen) {
      seen = event.seq();
      listener.accept(event);
    }
    return event.terminal() ? Optional.of(Result.of(event)) : Optional.empty();
  }

  private String eventsSince(long since) {
    return "/v1/intents/" + intentId + "/events?since=" + since;
  }

  private long left() {
    return until - System.nanoTime();
  }
}
