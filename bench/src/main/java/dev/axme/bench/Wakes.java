package dev.axme.bench;

import dev.axme.bench.load.Creates;
import dev.axme.bench.load.Decides;
import dev.axme.bench.process.Up;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * From a decision sent to the waiting client told. Each intent has a client with an open stream
 * that has shown the history before the decision is sent.
 */
final class Wakes {
  private static final int WARM_UP = 100;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Up up;

  private Wakes(Up up) {
    this.up = up;
  }

  /** Measures {@code count} decisions, {@code rate} a second, after some that warm up. */
  static Histogram measure(Up up, int rate, int count, Report report)
      throws IOException, InterruptedException, ExecutionException {
    var run = new Wakes(up);
    List<String> ids = Creates.make(up.baseUrl(), up.agentKey(), count + WARM_UP);
    var micros = new Histogram(60_000_000, 3);
    long next = System.nanoTime();
    long shown = next;
    for (int i = 0; i < ids.size(); i++) {
      long taken = run.wake(ids.get(i));
      if (i >= WARM_UP) {
        micros.recordValue(taken / 1000);
        next += 1_000_000_000L / rate;
        LockSupport.parkNanos(next - System.nanoTime());
      } else {
        next = System.nanoTime();
      }
      if (System.nanoTime() - shown > 1_000_000_000L) {
        shown = System.nanoTime();
        report.progress("wake", Duration.ofSeconds(i / rate), i);
      }
    }
    return micros;
  }

  private long wake(String id) throws InterruptedException, ExecutionException {
    var live = new CountDownLatch(1);
    var told = new FutureTask<>(() -> listen(id, live));
    Thread.ofPlatform().name("waiting-client").start(told);
    if (!live.await(15, TimeUnit.SECONDS)) {
      throw new IllegalStateException("The stream of " + id + " did not show its history");
    }
    LockSupport.parkNanos(5_000_000);
    long sent = System.nanoTime();
    var answer = decide(id);
    long taken = told.get() - sent;
    if (answer.get().statusCode() != 200) {
      throw new IllegalStateException("Decide answered " + answer.get().body());
    }
    return taken;
  }

  /** Reads the stream; answers when the terminal event had arrived. */
  private long listen(String id, CountDownLatch live) throws IOException, InterruptedException {
    var request =
        request("/v1/intents/" + id + "/events/stream?since=0&wait_seconds=60", up.agentKey());
    var answer = http.send(request.GET().build(), HttpResponse.BodyHandlers.ofInputStream());
    try (var lines =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.equals("event: intent.human_task_assigned")) {
          live.countDown();
        } else if (line.equals("event: intent.completed")) {
          return System.nanoTime();
        }
      }
    }
    throw new IllegalStateException("The stream of " + id + " ended without its completion");
  }

  private CompletableFuture<HttpResponse<String>> decide(String id) {
    var body = HttpRequest.BodyPublishers.ofString(Decides.BODY);
    var request = request("/v1/intents/" + id + "/resume", up.loginKey()).POST(body).build();
    return http.sendAsync(request, HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path, String key) {
    return HttpRequest.newBuilder(URI.create(up.baseUrl() + path))
        .timeout(Duration.ofSeconds(90))
        .header("content-type", "application/json")
        .header("x-api-key", key);
  }
}
