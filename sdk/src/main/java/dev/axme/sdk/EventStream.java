package dev.axme.sdk;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One connection that server-sent events come over, read line by line by the thread that asks. A
 * stream that says nothing for three heartbeats is taken for dead.
 */
final class EventStream implements AutoCloseable {
  private static final Duration SILENCE = Duration.ofSeconds(30);

  /** The server ends its streams after a minute. */
  private static final Duration LONGEST = Duration.ofMinutes(2);

  /** What the connection brings. */
  private sealed interface Signal {
    record Line(String text) implements Signal {}

    record Refused(HttpResponse<String> response) implements Signal {}

    record Broken(IOException cause) implements Signal {}

    record Ended() implements Signal {}
  }

  /** One event: its name and its data, lines joined. */
  record Frame(String event, String data) {
    Fields json() {
      try {
        return new Fields(Json.parseObject(data));
      } catch (IllegalArgumentException e) {
        throw AxmeException.foreign("Expected JSON in " + event + ", found " + e.getMessage());
      }
    }
  }

  private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
  private final AtomicReference<Flow.@Nullable Subscription> subscription = new AtomicReference<>();
  private final Transport transport;
  private final Thread reader;

  private EventStream(Transport transport, HttpRequest request) {
    this.transport = transport;
    reader = new Thread(() -> read(request), "axme-stream");
    reader.setDaemon(true);
    reader.start();
  }

  /** In a thread of its own: the client's futures need the common pool, which may be busy. */
  private void read(HttpRequest request) {
    try {
      HttpResponse<String> response = transport.http().send(request, this::handle);
      signals.add(
          streams(response.statusCode(), response.headers())
              ? new Signal.Ended()
              : new Signal.Refused(response));
    } catch (IOException e) {
      signals.add(new Signal.Broken(e));
    } catch (InterruptedException closed) {
      signals.add(new Signal.Ended());
    }
  }

  static EventStream open(Transport transport, String path) {
    HttpRequest request =
        transport
            .request(path)
            .setHeader("Accept", "text/event-stream")
            .timeout(LONGEST)
            .GET()
            .build();
    return new EventStream(transport, request);
  }

  /**
   * The next event; empty when the server has closed the stream in order.
   *
   * @throws AxmeException when the connection broke or the server refused
   */
  Optional<Frame> next(Duration atMost) {
    StringBuilder data = new StringBuilder();
    String event = "";
    long until = System.nanoTime() + atMost.toNanos();
    while (true) {
      Signal signal = take(until);
      if (!(signal instanceof Signal.Line line)) {
        return ended(signal);
      }
      String text = line.text();
      if (text.isEmpty() && data.length() > 0) {
        return Optional.of(new Frame(event, data.toString()));
      } else if (text.startsWith("event:")) {
        event = value(text);
      } else if (text.startsWith("data:")) {
        data.append(data.length() > 0 ? "\n" : "").append(value(text));
      }
    }
  }

  @Override
  public void close() {
    Flow.Subscription open = subscription.get();
    if (open != null) {
      open.cancel();
    }
    reader.interrupt();
    signals.add(new Signal.Ended());
  }

  private Signal take(long until) {
    long wait = Math.min(SILENCE.toNanos(), until - System.nanoTime());
    try {
      Signal signal = signals.poll(Math.max(0, wait), TimeUnit.NANOSECONDS);
      if (signal != null) {
        return signal;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AxmeException.interrupted(e);
    }
    return System.nanoTime() >= until
        ? new Signal.Ended()
        : new Signal.Broken(new IOException("The stream fell silent"));
  }

  private Optional<Frame> ended(Signal signal) {
    if (signal instanceof Signal.Broken broken) {
      throw transport.lost(broken.cause());
    }
    if (signal instanceof Signal.Refused refused) {
      HttpResponse<String> response = refused.response();
      if (response.statusCode() == 200) {
        throw AxmeException.foreign(response.uri() + " answers, but not with a stream of events");
      }
      throw Transport.refused(response.statusCode(), response.body(), response.headers());
    }
    return Optional.empty();
  }

  private HttpResponse.BodySubscriber<String> handle(HttpResponse.ResponseInfo info) {
    return streams(info.statusCode(), info.headers())
        ? BodySubscribers.fromLineSubscriber(new Lines(), lines -> "", StandardCharsets.UTF_8, null)
        : BodySubscribers.ofString(StandardCharsets.UTF_8);
  }

  private static boolean streams(int status, HttpHeaders headers) {
    return status == 200
        && headers.firstValue("Content-Type").orElse("").startsWith("text/event-stream");
  }

  /** What follows the first colon, without the one space after it. */
  private static String value(String line) {
    String value = line.substring(line.indexOf(':') + 1);
    return value.startsWith(" ") ? value.substring(1) : value;
  }

  /** Puts each line into the queue. */
  private final class Lines implements Flow.Subscriber<String> {
    @Override
    public void onSubscribe(Flow.Subscription opened) {
      subscription.set(opened);
      opened.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
      signals.add(new Signal.Line(line));
    }

    @Override
    public void onError(Throwable failure) {
      signals.add(new Signal.Broken(new IOException(failure)));
    }

    @Override
    public void onComplete() {}
  }
}
