package dev.axme.sdk;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Talks to one axme server with one key. Safe for many threads; keep one and share it.
 *
 * <p>An agent asks and waits, for as long as people need, over restarts of either side:
 *
 * <pre>{@code
 * AxmeClient axme = AxmeClient.fromEnvironment();
 * Sent sent =
 *     axme.send(IntentRequest.approval("Deploy model v2.3 to production").payload("risk_level", "high").build());
 * Result result = axme.waitFor(sent.intentId());
 * if (result instanceof Result.Approved approved) {
 *   deploy(approved.answer().comment());
 * }
 * }</pre>
 *
 * <p>An agent that is handed work, also again after it was killed in the middle:
 *
 * <pre>{@code
 * for (Delivery work : axme.listen("deployer")) {
 *   Sent sent =
 *       axme.send(
 *           IntentRequest.approval("Deploy " + work.payload().get("version"))
 *               .idempotencyKey(work.keyFor("approval"))
 *               .build());
 *   Result result = axme.waitFor(sent.intentId());
 *   if (result instanceof Result.Approved) {
 *     axme.complete(work.intentId(), Map.of("deployed", deployOnce(sent.intentId())));
 *   } else {
 *     axme.fail(work.intentId(), result.sentence());
 *   }
 * }
 * }</pre>
 *
 * <p>Reads, and writes (all carry an idempotency key), are repeated on a lost connection, 429 and
 * 503 until {@link Builder#retryFor} has passed; what fails then, or is refused, is an {@link
 * AxmeException}.
 */
public final class AxmeClient {
  /** Where {@code axme up} listens when nobody says otherwise. */
  public static final String DEFAULT_BASE_URL = "http://127.0.0.1:8420";

  private static final String VERSION =
      Optional.ofNullable(AxmeClient.class.getPackage().getImplementationVersion()).orElse("dev");

  private static final int EVENTS_PER_ANSWER = 1_000;

  private final Transport transport;
  private final Directory directory;

  private AxmeClient(Builder builder) {
    transport = new Transport(builder.settings(), builder.http());
    directory = new Directory(transport);
  }

  public static Builder builder() {
    return new Builder();
  }

  /** A client with {@code AXME_BASE_URL} and {@code AXME_API_KEY}. */
  public static AxmeClient fromEnvironment() {
    return builder().environment().build();
  }

  /** Sends a request. When this returns, it is on the server's disk. */
  public Sent send(IntentRequest request) {
    return Sent.of(transport.post("/v1/intents", request.body(), request.idempotencyKey()));
  }

  public Intent get(UUID intentId) {
    return Intent.of(transport.get(path(intentId)).in("intent"));
  }

  /** One page of the intents of the workspace, newest first. */
  public Page<Intent> list(IntentQuery query) {
    Fields answer = transport.get(query.path());
    List<Intent> intents = answer.each("intents").stream().map(Intent::of).toList();
    return new Page<>(intents, answer.optional("next_cursor"));
  }

  /** Who was told of it and what became of that, oldest first. */
  public List<Notification> notifications(UUID intentId) {
    return transport.get(path(intentId) + "/notifications").each("notifications").stream()
        .map(Notification::of)
        .toList();
  }

  /** What happened after that number, oldest first; 0 for all of it. */
  public List<IntentEvent> events(UUID intentId, long since) {
    List<IntentEvent> all = new ArrayList<>();
    long last = since;
    List<Fields> part;
    do {
      part = transport.get(path(intentId) + "/events?since=" + last).each("events");
      for (Fields json : part) {
        IntentEvent event = IntentEvent.of(json);
        all.add(event);
        last = event.seq();
      }
    } while (part.size() >= EVENTS_PER_ANSWER);
    return all;
  }

  /** Waits for the end, however long that takes. */
  public Result waitFor(UUID intentId) {
    return watch(intentId, 0, Watch.FOREVER, event -> {}).orElseThrow();
  }

  /**
   * Waits for the end; empty when it has not come by then, which changes nothing about the request.
   */
  public Optional<Result> waitFor(UUID intentId, Duration atMost) {
    return watch(intentId, 0, atMost, event -> {});
  }

  /** Waits likewise and hears every event after that number, each once, as it happens. */
  public Optional<Result> watch(
      UUID intentId, long since, Duration atMost, Consumer<IntentEvent> listener) {
    return new Watch(transport, intentId, since, atMost, listener).run();
  }

  /** Answers a question. Needs a person's credential: an agent's key is refused. */
  public Applied decide(UUID intentId, Decision decision) {
    return resume(intentId, decision.toJson());
  }

  /**
   * The work of the agent with that address or name. Begins with everything that is not finished
   * yet, so a restarted agent gets again what it was killed over. Nothing is sent before somebody
   * iterates.
   */
  public Deliveries listen(String address) {
    return listen(address, 0);
  }

  /** The work that came after that number of the mailbox, for agents that keep their place. */
  public Deliveries listen(String address, long since) {
    return new Deliveries(transport, address, since);
  }

  /**
   * Reports that an agent's work is done, and what came of it. Repeating the same report, also in a
   * later run, gives the first answer again; another one is refused with {@code intent_terminal}.
   *
   * @throws IllegalArgumentException when a field of the result has a name that the protocol takes
   *     for itself
   */
  public Applied complete(UUID intentId, Map<String, ?> result) {
    return report(intentId, Reports.complete(result));
  }

  /** Reports that an agent's work could not be done, and why. Repeats as {@link #complete}. */
  public Applied fail(UUID intentId, String reason) {
    return report(intentId, Reports.fail(reason));
  }

  private Applied report(UUID intentId, Map<String, @Nullable Object> body) {
    return resume(intentId, body, Reports.key(body));
  }

  /** Goes on with an intent as the protocol's {@code resume} says. */
  public Applied resume(UUID intentId, Map<String, ?> body) {
    return resume(intentId, body, UUID.randomUUID().toString());
  }

  /** Goes on likewise; with the same key the same body counts once. */
  public Applied resume(UUID intentId, Map<String, ?> body, String idempotencyKey) {
    return Applied.of(transport.post(path(intentId) + "/resume", body, idempotencyKey));
  }

  /** Ends an intent as the protocol's {@code resolve} says. */
  public Applied resolve(UUID intentId, Map<String, ?> body) {
    return resolve(intentId, body, UUID.randomUUID().toString());
  }

  /** Ends it likewise; with the same key the same body counts once. */
  public Applied resolve(UUID intentId, Map<String, ?> body, String idempotencyKey) {
    return Applied.of(transport.post(path(intentId) + "/resolve", body, idempotencyKey));
  }

  /** Takes a request back. */
  public Applied cancel(UUID intentId, String reason) {
    return resolve(intentId, Map.of("status", "CANCELED", "reason", reason));
  }

  /**
   * Takes back the links to the question that a request asks now: whoever opens one is told so. For
   * people who may decide it; messages that are sent later carry new links.
   */
  public void revokeLinks(UUID intentId) {
    transport.post(path(intentId) + "/links/revoke", Map.of(), UUID.randomUUID().toString());
  }

  /** The questions that wait for whoever this key belongs to. */
  public Page<Task> tasks(TaskQuery query) {
    Fields answer = transport.get(query.path());
    List<Task> tasks = answer.each("tasks").stream().map(Task::of).toList();
    return new Page<>(tasks, answer.optional("next_cursor"));
  }

  /** People, agents and keys. */
  public Directory directory() {
    return directory;
  }

  /** What came to the address that this client acts for. */
  public Inbox inbox() {
    return new Inbox(transport);
  }

  /** Workflows of agents and people. */
  public Scenarios scenarios() {
    return new Scenarios(transport);
  }

  /** Who else is told what happens. */
  public Webhooks webhooks() {
    return new Webhooks(transport);
  }

  /** What leaves the server. */
  public Outbox outbox() {
    return new Outbox(transport);
  }

  /** Whose key this is. */
  public Me me() {
    return Me.of(transport.get("/v1/me"));
  }

  /** Where the person behind this login key is. */
  public PersonalContext personalContext() {
    return PersonalContext.of(transport.get("/v1/portal/personal/context"));
  }

  /** Chooses where the person behind this key is; 403 for a place where they have no part. */
  public PersonalContext selectWorkspace(String orgId, String workspaceId) {
    Map<String, String> body = Map.of("org_id", orgId, "workspace_id", workspaceId);
    return PersonalContext.of(transport.post("/v1/portal/personal/workspace-selection", body));
  }

  /** Where programs are logged in as this person; {@code endedToo} shows what is over. */
  public List<LoginSession> sessions(boolean endedToo) {
    return transport.get("/v1/auth/sessions?include_revoked=" + endedToo).each("sessions").stream()
        .map(LoginSession::of)
        .toList();
  }

  /** Ends such a session. */
  public void revokeSession(String sessionId) {
    transport.post("/v1/auth/sessions/revoke", Map.of("session_id", sessionId));
  }

  public Health health() {
    return Health.of(transport.get("/health"));
  }

  public ServerVersion version() {
    return ServerVersion.of(transport.get("/version"));
  }

  private static String path(UUID intentId) {
    return "/v1/intents/" + intentId;
  }

  /** Collects a client's settings. Not for several threads. */
  public static final class Builder {
    private final Map<String, String> headers = new LinkedHashMap<>();
    private String baseUrl = DEFAULT_BASE_URL;
    private Duration connectTimeout = Duration.ofSeconds(10);
    private Duration requestTimeout = Duration.ofSeconds(60);
    private Duration retryFor = Duration.ofSeconds(30);
    private @Nullable HttpClient http;

    private Builder() {
      headers.put("Accept", "application/json");
      headers.put("X-Axme-Client", "axme-sdk-java/" + VERSION);
    }

    /** Takes {@code AXME_BASE_URL} and {@code AXME_API_KEY}, where they are set. */
    public Builder environment() {
      variable("AXME_BASE_URL").ifPresent(this::baseUrl);
      variable("AXME_API_KEY").ifPresent(this::apiKey);
      return this;
    }

    public Builder baseUrl(String url) {
      baseUrl = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
      return this;
    }

    /** An agent key or a login key. */
    public Builder apiKey(String key) {
      return header("x-api-key", key);
    }

    /** An actor token, beside a key or instead of one. */
    public Builder actorToken(String token) {
      return header("Authorization", "Bearer " + token);
    }

    /** Acts on behalf of this address. */
    public Builder ownerAgent(String address) {
      return header("x-owner-agent", address);
    }

    /** What the server's operator sees as the calling program. */
    public Builder clientName(String name) {
      return header("X-Axme-Client", name);
    }

    public Builder connectTimeout(Duration span) {
      connectTimeout = span;
      return this;
    }

    /** How long one answer may take. */
    public Builder requestTimeout(Duration span) {
      requestTimeout = span;
      return this;
    }

    /**
     * How long to repeat what did not get through; zero fails at once. An agent that shall outlive
     * its server's absence takes days.
     */
    public Builder retryFor(Duration span) {
      retryFor = span;
      return this;
    }

    /** Uses this client instead of one of our own: for proxies and private certificates. */
    public Builder httpClient(HttpClient client) {
      http = client;
      return this;
    }

    public AxmeClient build() {
      return new AxmeClient(this);
    }

    private static Optional<String> variable(String name) {
      return Optional.ofNullable(System.getenv(name)).filter(text -> !text.isEmpty());
    }

    private Builder header(String name, String value) {
      headers.put(name, value);
      return this;
    }

    private Transport.Settings settings() {
      return new Transport.Settings(
          URI.create(baseUrl), Map.copyOf(headers), requestTimeout, retryFor);
    }

    private HttpClient http() {
      return http != null
          ? http
          : HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(connectTimeout)
              .build();
    }
  }
}
