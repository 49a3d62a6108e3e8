package dev.axme.bench.trouble;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.axme.bench.process.Launch;
import dev.axme.bench.process.ServerProcess;
import dev.axme.bench.process.Up;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** A running server and one client of it. */
final class Running implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ServerProcess process;
  private final Up up;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Running(ServerProcess process, Up up) {
    this.process = process;
    this.up = up;
  }

  static Running start(Launch launch) {
    ServerProcess process = ServerProcess.start(launch);
    try {
      return new Running(process, process.awaitUp());
    } catch (IllegalStateException e) {
      process.close();
      throw e;
    }
  }

  long pid() {
    return process.pid();
  }

  void stop() {
    process.stop();
  }

  /** Another server on the database of this one: whoever has a key here has it there. */
  Running beside(Launch launch) {
    ServerProcess another = ServerProcess.start(launch);
    try {
      URI there = another.awaitUp().baseUrl();
      return new Running(another, new Up(there, up.loginKey(), up.agentKey()));
    } catch (IllegalStateException e) {
      another.close();
      throw e;
    }
  }

  String loginKey() {
    return up.loginKey();
  }

  String agentKey() {
    return up.agentKey();
  }

  /** An answer as far as these tests look at it. */
  record Answer(int status, boolean retryAfter, String text) {
    JsonNode body() {
      try {
        return new ObjectMapper().readTree(text);
      } catch (JsonProcessingException e) {
        throw new AssertionError("Expected JSON, found: " + text, e);
      }
    }

    String code() {
      return body().path("error").path("code").asText();
    }
  }

  /** Asks for an approval under this key, which is its correlation id as well. */
  Answer create(UUID key) throws IOException, InterruptedException {
    String body =
        """
        {"intent_type":"human_approval","to_agent":"agent://approver","correlation_id":"%s",\
        "payload":{"task":"Deploy model v2.3 to production","note":"%s"}}"""
            .formatted(key, "n".repeat(2000));
    return send(
        request("/v1/intents", up.agentKey())
            .header("Idempotency-Key", key.toString())
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  Answer approve(String intent) throws IOException, InterruptedException {
    String body = "{\"task_result\":{\"outcome\":\"approved\"}}";
    return send(
        request("/v1/intents/" + intent + "/resume", up.loginKey())
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  /** A call that is on its way when this returns. */
  CompletableFuture<Answer> post(String path, String key, String body, String... headers) {
    HttpRequest.Builder request =
        request(path, key).POST(HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
        .thenApply(Running::answer);
  }

  Answer get(String path) throws IOException, InterruptedException {
    return send(request(path, up.agentKey()).GET());
  }

  /** How many intents there are under this key. */
  int count(UUID key) throws IOException, InterruptedException {
    return get("/v1/intents?correlation_id=" + key).body().path("intents").size();
  }

  /** A call that is repeated until its answer is as wanted, for a while. */
  static Answer eventually(Asking asking, Predicate<Answer> wanted)
      throws IOException, InterruptedException {
    Instant giveUp = Instant.now().plus(PATIENCE);
    Answer answer = asking.ask();
    while (!wanted.test(answer) && Instant.now().isBefore(giveUp)) {
      LockSupport.parkNanos(50_000_000);
      answer = asking.ask();
    }
    return answer;
  }

  /** A call. */
  interface Asking {
    Answer ask() throws IOException, InterruptedException;
  }

  private HttpRequest.Builder request(String path, String key) {
    return HttpRequest.newBuilder(URI.create(up.baseUrl() + path))
        .timeout(PATIENCE)
        .header("content-type", "application/json")
        .header("x-api-key", key);
  }

  private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return answer(http.send(request.build(), HttpResponse.BodyHandlers.ofString()));
  }

  private static Answer answer(HttpResponse<String> answer) {
    boolean retryAfter = answer.headers().firstValue("Retry-After").isPresent();
    return new Answer(answer.statusCode(), retryAfter, answer.body());
  }

  @Override
  public void close() {
    process.close();
    http.close();
  }
}
