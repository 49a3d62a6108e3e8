package dev.axme.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.server.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** A real server on a directory of its own, and the words that tests say to it. */
final class Running implements AutoCloseable {
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  private final Path data;
  private final Server server;
  private final Credentials credentials;

  private Running(Path data, Server server) {
    this.data = data;
    this.server = server;
    this.credentials = server.credentials().orElseThrow();
  }

  /** A server on {@code data}, on a free port. */
  static Running start(Path data, String... flags) {
    return startWith(Map.of(), data, flags);
  }

  /** The same in an environment that has these variables. */
  static Running startWith(Map<String, String> variables, Path data, String... flags) {
    List<String> args = new ArrayList<>(List.of("--data", data.toString(), "--port", "0"));
    args.addAll(List.of(flags));
    return new Running(data, Server.start(Settings.parse(args, variables)));
  }

  Server server() {
    return server;
  }

  int port() {
    return URI.create(server.baseUrl()).getPort();
  }

  /** The owner's key: it decides. */
  String login() {
    return credentials.apiKey();
  }

  /** The agent's key: it never decides. */
  String agent() {
    return credentials.agentApiKey();
  }

  /** An organization of somebody else's; the key is its owner's. */
  ObjectNode stranger(String company) {
    return send(
            "POST",
            "/v1/alpha/bootstrap",
            "",
            "{\"email\":\"eve@%s.test\",\"use_case\":\"tests\",\"company\":\"%s\"}"
                .formatted(company, company))
        .ok();
  }

  /** The link of that generation with which somebody answers what the request asks. */
  String link(String id, int generation) {
    return new TaskLinks(data)
        .path(credentials.workspaceId(), id, "ext@partner.example", generation);
  }

  /** A request without a key when {@code key} is empty, without a body when that is. */
  Got send(String method, String path, String key, String body, String... headers) {
    return read(request(method, path, key, body, headers));
  }

  private HttpRequest request(
      String method, String path, String key, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.baseUrl() + path))
            .timeout(Duration.ofSeconds(100))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!key.isEmpty()) {
      request.header("x-api-key", key);
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return request.build();
  }

  private static Got read(HttpRequest request) {
    try {
      return got(HTTP.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Got got(HttpResponse<String> answer) {
    return new Got(answer.statusCode(), answer.headers().map(), answer.body());
  }

  Got get(String path) {
    return send("GET", path, agent(), "");
  }

  /** An agent's write. */
  Got post(String path, String body, String... headers) {
    return send("POST", path, agent(), body, headers);
  }

  /** A person's write. */
  Got decide(String path, String body, String... headers) {
    return send("POST", path, login(), body, headers);
  }

  /** Reads a stream to its end, in the background. */
  CompletableFuture<Got> stream(String path) {
    return HTTP.sendAsync(
            request("GET", path, agent(), ""), BodyHandlers.ofString(StandardCharsets.UTF_8))
        .thenApply(Running::got);
  }

  /** A new agent of the workspace: its service account. */
  JsonNode register(String name) {
    return send("POST", "/v1/service-accounts", login(), "{\"name\":\"%s\"}".formatted(name))
        .ok()
        .path("service_account");
  }

  /** A new key of a service account. */
  String key(String account) {
    return send("POST", "/v1/service-accounts/" + account + "/keys", login(), "{}")
        .ok()
        .path("api_key")
        .textValue();
  }

  /** The full address of an agent of the workspace. */
  String address(String name) {
    String path = "/v1/agents/" + name;
    return send("GET", path, login(), "").ok().at("/agent/address").textValue();
  }

  /** An agent sends an intent; its id. */
  String create(String body) {
    return post("/v1/intents", body).ok().path("intent_id").textValue();
  }

  /** A request that waits for a person. */
  String ask() {
    return create(
        "{\"intent_type\":\"human_approval\",\"to_agent\":\"agent://approver\","
            + "\"payload\":{\"task\":\"Deploy model v2.3 to production\"}}");
  }

  /** A request that waits in an agent's mailbox. */
  String mail() {
    return create(
        "{\"intent_type\":\"report.build.v1\",\"to_agent\":\"agent\",\"payload\":{\"month\":11}}");
  }

  /** A push to where nobody listens, tried once; its delivery. */
  JsonNode undelivered() {
    String agent =
        "{\"name\":\"pushed\",\"delivery_mode\":\"http\",\"callback_url\":\"%s\"}"
            .formatted(AgentEndpoint.nobody());
    send("POST", "/v1/service-accounts", login(), agent).ok();
    String intent = create("{\"intent_type\":\"report.build.v1\",\"to_agent\":\"pushed\"}");
    String id = delivery(intent).path("delivery_id").textValue();
    AgentEndpoint.await(() -> attempts(id) == 1);
    return delivery(intent);
  }

  /** How often a delivery was tried. */
  int attempts(String delivery) {
    String path = "/v1/outbox/" + delivery;
    return send("GET", path, login(), "").ok().at("/delivery/attempts").size();
  }

  /** The newest push of an intent. */
  JsonNode delivery(String intent) {
    return get("/v1/intents/" + intent + "/deliveries").ok().at("/deliveries/0");
  }

  JsonNode intent(String id) {
    return get("/v1/intents/" + id).ok().path("intent");
  }

  List<JsonNode> events(String id) {
    List<JsonNode> events = new ArrayList<>();
    get("/v1/intents/" + id + "/events").ok().path("events").forEach(events::add);
    return events;
  }

  /** Type and status of each event. */
  List<String> story(String id) {
    return events(id).stream()
        .map(e -> e.path("event_type").textValue() + " " + e.path("status").textValue())
        .toList();
  }

  /** Everything that the workspace holds, to compare before and after. */
  String everything() {
    StringBuilder all = new StringBuilder();
    String cursor = "";
    do {
      ObjectNode page = get("/v1/intents?limit=1000" + cursor).ok();
      for (JsonNode row : page.path("intents")) {
        all.append(Json.text(row));
        all.append(get("/v1/intents/" + row.path("intent_id").textValue() + "/events").body());
      }
      cursor =
          page.path("next_cursor").isNull() ? "" : "&cursor=" + page.path("next_cursor").asText();
    } while (!cursor.isEmpty());
    return all.toString();
  }

  /** Sends bytes as they are, and reads until the server closes. */
  Got raw(String request) {
    return Raw.exchange(port(), request.getBytes(StandardCharsets.ISO_8859_1));
  }

  int openStreams() {
    return server.openStreams();
  }

  /** Waits until so many streams are open. */
  void awaitStreams(int count, Duration atMost) {
    Executor soon = CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS);
    Instant end = Instant.now().plus(atMost);
    while (openStreams() != count) {
      assertThat(Instant.now()).as("%d streams are open", openStreams()).isBefore(end);
      CompletableFuture.runAsync(() -> {}, soon).join();
    }
  }

  static String nobody() {
    return UUID.randomUUID().toString();
  }

  void isHealthy() {
    assertThat(send("GET", "/health", "", "").status()).isEqualTo(200);
  }

  @Override
  public void close() {
    server.close();
  }
}
