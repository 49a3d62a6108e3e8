package dev.axme.bench.crash;

import dev.axme.bench.process.Launch;
import dev.axme.bench.process.ServerProcess;
import dev.axme.bench.process.Up;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The server that is killed and started again on the same data. Clients that find it gone wait here
 * until it is back. Killing and starting happen on one thread, sending on many.
 */
final class Victim implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long PAUSE_NANOS = 10_000_000;

  private final Launch launch;
  private final Findings findings;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final AtomicLong answers = new AtomicLong();
  private final Map<String, String> keys = new ConcurrentHashMap<>();
  private Optional<ServerProcess> process = Optional.empty();
  private Optional<Up> up = Optional.empty();

  Victim(Launch launch, Findings findings) {
    this.launch = launch;
    this.findings = findings;
  }

  /** Starts it and waits until it serves. */
  void start() {
    begin();
    Up now = running().awaitUp();
    synchronized (this) {
      up = Optional.of(now);
      notifyAll();
    }
  }

  /** Starts it without waiting. */
  void begin() {
    process = Optional.of(ServerProcess.start(launch));
  }

  /** SIGKILL. */
  void kill() {
    synchronized (this) {
      up = Optional.empty();
    }
    running().kill();
    process = Optional.empty();
  }

  /** Stops it in an orderly way. */
  void stop() {
    synchronized (this) {
      up = Optional.empty();
    }
    int code = running().stop();
    process = Optional.empty();
    findings.expect(code == 0 || code == 143, "An orderly stop ended with a failure", code);
  }

  /** Sends a write until it is answered by something else than 503. */
  Call.Answer answer(Call call) throws InterruptedException {
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < giveUp) {
      Up now = awaitUp();
      try {
        var answer = http.send(post(now, call), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 503) {
          answers.incrementAndGet();
          return new Call.Answer(call, answer.statusCode(), answer.body());
        }
        findings.expect(
            answer.headers().firstValue("Retry-After").isPresent(),
            "503 without Retry-After",
            answer.body());
      } catch (IOException e) {
        // Killed while it was under way: whether it was done is unknown, so it is sent again.
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    throw new IllegalStateException("No answer for " + PATIENCE + " to " + call);
  }

  /** How many writes were answered until now. */
  long answers() {
    return answers.get();
  }

  /** Reads with the agent's key; empty when the server was away. */
  Optional<String> read(String path) throws InterruptedException {
    Up now = awaitUp();
    try {
      var answer =
          http.send(
              request(now, path, Call.REQUESTER).GET().build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200 && answer.statusCode() != 503) {
        findings.add("A read failed", path, answer.statusCode(), answer.body());
      }
      return answer.statusCode() == 200 ? Optional.of(answer.body()) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** An agent and its key. */
  void know(String agent, String key) {
    keys.put(agent, key);
  }

  HttpRequest post(Up up, Call call) {
    return request(up, call.path(), call.by())
        .header("Idempotency-Key", call.key())
        .POST(HttpRequest.BodyPublishers.ofString(call.body()))
        .build();
  }

  HttpRequest.Builder request(Up up, String path, String by) {
    return HttpRequest.newBuilder(URI.create(up.baseUrl() + path))
        .timeout(Duration.ofSeconds(30))
        .header("content-type", "application/json")
        .header("x-api-key", key(up, by));
  }

  private String key(Up up, String by) {
    return switch (by) {
      case Call.PERSON -> up.loginKey();
      case Call.REQUESTER -> up.agentKey();
      default -> Objects.requireNonNull(keys.get(by), by);
    };
  }

  /** Where it serves; waits until it does. */
  synchronized Up awaitUp() throws InterruptedException {
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    while (up.isEmpty()) {
      if (System.nanoTime() > giveUp) {
        throw new IllegalStateException("The server did not come back within " + PATIENCE);
      }
      wait(1000);
    }
    return up.get();
  }

  private ServerProcess running() {
    return process.orElseThrow(() -> new IllegalStateException("Expected a running server"));
  }

  @Override
  public void close() {
    process.ifPresent(ServerProcess::close);
    http.close();
  }
}
