package dev.axme.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.server.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * The published command line of AXME, as far as its documented requests tell (protocol section 15):
 * the same headers, the same bodies in the same order, and only the fields that it reads.
 */
final class PublishedCli {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** For what waits: the common pool has too few threads for that. */
  static final Executor BESIDE = task -> Thread.ofVirtual().start(task);

  private final String baseUrl;
  private final String key;
  private final String organization;
  private final String workspace;

  /** {@code scenario-agents.json}: the newest key of each address. */
  private final Map<String, String> keys = new LinkedHashMap<>();

  /** Logs in by {@code login --api-key}, then {@code context use}. */
  PublishedCli(String baseUrl, String key) {
    this.baseUrl = baseUrl;
    this.key = key;
    JsonNode context = call("GET", "/v1/portal/personal/context").path("context");
    this.organization = text(context, "org_id");
    this.workspace = text(context, "workspace_id");
  }

  /** What it prints for an answer that is no success: it reads {@code detail} as a string. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    Refused(int status, String detail) {
      super(detail);
      this.status = status;
    }

    int status() {
      return status;
    }
  }

  /** A request without a body. */
  ObjectNode call(String method, String path) {
    return call(method, path, key, Optional.empty());
  }

  ObjectNode call(String method, String path, JsonNode body) {
    return call(method, path, key, Optional.of(body));
  }

  ObjectNode call(String method, String path, String as, Optional<JsonNode> body) {
    HttpResponse<String> answer = send(method, path, as, body);
    ObjectNode json = Json.readObject(answer.body().getBytes(StandardCharsets.UTF_8));
    if (answer.statusCode() >= 400) {
      throw new Refused(answer.statusCode(), text(json, "detail"));
    }
    return json;
  }

  private HttpResponse<String> send(
      String method, String path, String as, Optional<JsonNode> body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(baseUrl + path))
            .timeout(Duration.ofSeconds(60))
            .header("accept", "application/json")
            .header("X-Axme-Client", "axme-cli/0.2.0")
            .header("x-api-key", as)
            .method(
                method,
                body.map(Json::text)
                    .map(BodyPublishers::ofString)
                    .orElseGet(BodyPublishers::noBody));
    body.ifPresent(_ -> request.header("content-type", "application/json"));
    return send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  private static <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> how) {
    try {
      return HTTP.send(request, how);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A field that it decodes into a string: anything else is lost. */
  static String text(JsonNode json, String field) {
    return json.path(field).isTextual() ? json.path(field).textValue() : "";
  }

  static JsonNode json(String text) {
    return Json.readObject(text.getBytes(StandardCharsets.UTF_8));
  }

  /** {@code scenarios validate FILE}: the file as it is; what is no string vanishes. */
  List<String> validate(String bundle) {
    List<String> lines = new ArrayList<>();
    JsonNode answer = call("POST", "/v1/scenarios/validate", json(bundle));
    answer.path("errors").forEach(e -> lines.add("error: " + e.textValue()));
    answer.path("warnings").forEach(w -> lines.add("warning: " + w.textValue()));
    return lines;
  }

  /** {@code scenarios apply FILE}: what survives its own fields; answers the intent's id. */
  String apply(String bundle) {
    provision(json(bundle));
    return submit(PublishedBundle.asSent(json(bundle)));
  }

  /** The last step of apply and of {@code examples run}. */
  String submit(JsonNode bundle) {
    ObjectNode answer = call("POST", "/v1/scenarios/apply", bundle);
    String id = text(answer, "intent_id");
    if (id.isEmpty() || text(answer, "compile_id").isEmpty()) {
      throw new AssertionError("Expected intent_id and compile_id, found " + answer);
    }
    return id;
  }

  /** Makes the agents that are to be made, all at once, and a key for each. */
  void provision(JsonNode bundle) {
    List<JsonNode> wanted = new ArrayList<>();
    bundle.path("agents").forEach(wanted::add);
    wanted.removeIf(
        a -> !a.path("create_if_missing").booleanValue() || keys.containsKey(text(a, "address")));
    if (wanted.isEmpty()) {
      return;
    }
    JsonNode known =
        call("GET", "/v1/service-accounts?org_id=" + organization + "&workspace_id=" + workspace)
            .path("service_accounts");
    wanted.stream()
        .map(agent -> CompletableFuture.runAsync(() -> provision(agent, known), BESIDE))
        .toList()
        .forEach(CompletableFuture::join);
  }

  private void provision(JsonNode agent, JsonNode known) {
    String name = text(agent, "address");
    JsonNode account = Json.object();
    for (JsonNode one : known) {
      account = text(one, "name").equals(name) ? one : account;
    }
    if (account.isEmpty()) {
      ObjectNode draft = Json.object().put("name", name);
      draft.put("display_name", text(agent, "display_name"));
      draft.put("org_id", organization).put("workspace_id", workspace);
      account = call("POST", "/v1/service-accounts", draft).path("service_account");
    }
    String path = "/v1/service-accounts/" + text(account, "service_account_id") + "/keys";
    String token = text(call("POST", path, Json.object()).path("key"), "token");
    String address = text(account, "address");
    synchronized (keys) {
      keys.put(address.isEmpty() ? name : address, token);
    }
  }

  /** The stored key whose address contains the name. */
  String keyOf(String name) {
    synchronized (keys) {
      return keys.entrySet().stream()
          .filter(e -> e.getKey().contains(name))
          .map(Map.Entry::getValue)
          .findFirst()
          .orElseThrow();
    }
  }

  /** A built-in agent of {@code examples run}. */
  PublishedAgent agent(String name) {
    return new PublishedAgent(this, name, keyOf(name));
  }

  /** Reads a stream whole; empty when the client gave up first. */
  Optional<String> stream(String path, String as, Duration patience) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(baseUrl + path))
            .header("accept", "application/json")
            .header("X-Axme-Client", "axme-cli/0.2.0")
            .header("x-api-key", as)
            .build();
    return HTTP.sendAsync(request, BodyHandlers.ofString(StandardCharsets.UTF_8))
        .thenApply(answer -> Optional.of(answer.body()))
        .completeOnTimeout(Optional.empty(), patience.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }

  /** {@code --watch}: the lines that it prints. */
  List<String> watch(String intent) {
    return new PublishedWatch(this, intent).lines();
  }

  /** One connection of a watch: it sends no more headers than these. */
  InputStream open(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(baseUrl + path))
            .header("Accept", "text/event-stream")
            .header("X-Api-Key", key)
            .build();
    return send(request, BodyHandlers.ofInputStream()).body();
  }

  /** {@code tasks list}: id, type and title. */
  List<String> tasks() {
    List<String> lines = new ArrayList<>();
    for (JsonNode task : call("GET", "/v1/me/tasks").path("tasks")) {
      lines.add(
          text(task, "intent_id")
              + " "
              + text(task, "intent_type")
              + " "
              + text(task.path("human_task"), "title"));
    }
    return lines;
  }

  JsonNode intent(String id) {
    return call("GET", "/v1/intents/" + id).path("intent");
  }

  /** {@code tasks approve|reject|... ID}: fields are flat and always strings. */
  JsonNode decide(String id, String outcome, String comment, Map<String, String> fields) {
    ObjectNode body = Json.object();
    ObjectNode result = body.putObject("task_result").put("outcome", outcome);
    if (!comment.isEmpty()) {
      result.put("comment", comment);
    }
    fields.forEach(result::put);
    return call("POST", "/v1/intents/" + id + "/resume", body);
  }
}
