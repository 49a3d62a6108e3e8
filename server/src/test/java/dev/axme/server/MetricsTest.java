package dev.axme.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axme.core.WorkspaceId;
import dev.axme.engine.Attempt;
import dev.axme.engine.Engine;
import dev.axme.server.PrometheusText.Family;
import dev.axme.server.PrometheusText.Sample;
import dev.axme.server.http.HttpPort;
import dev.axme.server.metrics.Metrics;
import dev.axme.store.Parcel;
import dev.axme.store.Store;
import dev.axme.store.sqlite.SqliteStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a running server measures, who may read it, and that the document names all of it. */
final class MetricsTest {
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(axme_\\w+)` \\| (\\w+) \\|([^|]*)\\| (.*) \\|$");
  private static final Pattern NAME = Pattern.compile("`(\\w+)`");

  @TempDir private Path directory;

  private static Map<String, Family> read(Running running) {
    return PrometheusText.parse(running.send("GET", "/metrics", "", "").body());
  }

  private static double value(Map<String, Family> families, String name, String... labels) {
    Map<String, String> wanted = new TreeMap<>();
    for (int i = 0; i < labels.length; i += 2) {
      wanted.put(labels[i], labels[i + 1]);
    }
    return families.values().stream()
        .flatMap(f -> f.samples().stream())
        .filter(s -> s.name().equals(name) && s.labels().entrySet().containsAll(wanted.entrySet()))
        .mapToDouble(Sample::value)
        .sum();
  }

  @Test
  void requestsCommitsAndWhatWaitsAreCounted() {
    try (Running running = Running.start(directory)) {
      running.ask();
      running.ask();
      running.get("/v1/intents/" + Running.nobody());
      running.send("GET", "/nothing/here", "", "");
      running.send("BREW", "/nothing/here", "", "");
      running.post("/v1/intents", "x".repeat(3 << 20));

      Map<String, Family> families = read(running);

      String requests = "axme_http_request_duration_seconds_count";
      assertThat(
              value(families, requests, "method", "POST", "route", "/v1/intents", "status", "2xx"))
          .isEqualTo(2);
      assertThat(value(families, requests, "route", "/v1/intents/{id}", "status", "4xx"))
          .isEqualTo(1);
      assertThat(value(families, requests, "method", "GET", "route", "none", "status", "4xx"))
          .isEqualTo(1);
      assertThat(value(families, requests, "method", "other", "route", "none")).isEqualTo(1);
      assertThat(value(families, requests, "method", "POST", "route", "none", "status", "4xx"))
          .as("a body that is too large was never read")
          .isEqualTo(1);
      assertThat(value(families, "axme_commit_commands_sum")).isGreaterThanOrEqualTo(2);
      assertThat(value(families, "axme_commit_bytes_sum")).isGreaterThan(1_024);
      assertThat(value(families, "axme_commit_duration_seconds_sum")).isPositive();
      assertThat(value(families, "axme_open_tasks", "age", "below_1m")).isEqualTo(2);
      assertThat(value(families, "axme_open_tasks")).isEqualTo(2);
      assertThat(value(families, "axme_store_up")).isEqualTo(1);
      assertThat(value(families, "jvm_threads_live_threads")).isPositive();
    }
  }

  @Test
  void aDecisionIsMeasuredUntilItIsWrittenToWhoeverWaits() {
    try (Running running = Running.start(directory)) {
      String asked = running.ask();
      CompletableFuture<Got> stream =
          running.stream("/v1/intents/" + asked + "/events/stream?wait_seconds=30");
      running.awaitStreams(1, Duration.ofSeconds(10));
      assertThat(value(read(running), "axme_open_streams")).isEqualTo(1);

      running.decide("/v1/intents/" + asked + "/resume", "{\"approved\":true}").ok();

      assertThat(stream.join().body()).contains("intent.completed");
      Map<String, Family> families = read(running);
      assertThat(value(families, "axme_decide_to_wake_seconds_count")).isEqualTo(1);
      assertThat(value(families, "axme_decide_to_wake_seconds_sum")).isBetween(0.0, 10.0);
      // Who looks later has not waited for it.
      running.get("/v1/intents/" + asked + "/events/stream?since=0");
      assertThat(value(read(running), "axme_decide_to_wake_seconds_count")).isEqualTo(1);
    }
  }

  @Test
  void onLoopbackNobodyNeedsAKeyAndElsewhereAnAdministratorsIsNeeded() {
    try (Running running = Running.start(directory.resolve("here"))) {
      assertThat(running.send("GET", "/metrics", "", "").status()).isEqualTo(200);
    }
    for (String flags : List.of("--public-url https://axme.example.com", "--host 0.0.0.0")) {
      try (Running running =
          Running.start(directory.resolve(flags.substring(2, 6)), flags.split(" ", -1))) {
        assertThat(running.send("GET", "/metrics", "", "").status()).isEqualTo(401);
        assertThat(running.send("GET", "/metrics", running.agent(), "").status()).isEqualTo(403);
        assertThat(running.send("GET", "/metrics", running.login(), "").status()).isEqualTo(200);
      }
    }
  }

  @Test
  void thePortOfItsOwnAnswersThatAndHealthAndNothingElse() {
    try (Running running =
        Running.start(directory, "--metrics-port", "0", "--public-url", "https://a.example.com")) {
      String own = running.server().metricsUrl().orElseThrow();

      assertThat(own).doesNotEndWith(":" + running.port());
      for (String path : List.of("/metrics", "/health", "/health/live", "/health/ready")) {
        assertThat(got(own + path).statusCode()).as(path).isEqualTo(200);
      }
      for (String path : List.of("/", "/v1/health", "/v1/intents", "/tasks", "/openapi.json")) {
        assertThat(got(own + path).statusCode()).as(path).isEqualTo(404);
      }
      PrometheusText.parse(got(own + "/metrics").body());
      running.isHealthy();
    }
  }

  @Test
  void aMetricsPortThatIsTakenStopsTheStartAndIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());

      assertThatThrownBy(() -> Running.start(directory, "--metrics-port", port))
          .isInstanceOfSatisfying(
              HttpPort.CannotListen.class, e -> assertThat(e.second()).isTrue());
    }
    Running.start(directory).close();
  }

  @Test
  void aScraperThatAcceptsOpenMetricsGetsThat() {
    try (Running running = Running.start(directory)) {
      Got got =
          running.send(
              "GET", "/metrics", "", "", "Accept", "application/openmetrics-text;version=1.0.0");

      assertThat(got.header("content-type").orElseThrow())
          .startsWith("application/openmetrics-text");
      assertThat(got.body()).endsWith("# EOF\n");
      assertThat(running.send("GET", "/metrics", "", "").header("content-type"))
          .hasValue("text/plain; version=0.0.4; charset=utf-8");
    }
  }

  private static HttpResponse<String> got(String url) {
    try {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create(url)).build(),
              HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What the document says of one: its kind and its labels. */
  private record Told(String type, Set<String> labels) {}

  @Test
  void theDocumentNamesEveryMetricWithItsKindAndLabels() throws IOException {
    Map<String, Told> documented = new TreeMap<>();
    String document = Files.readString(Path.of("../docs/metrics.md"));
    ROW.matcher(document)
        .results()
        .forEach(r -> documented.put(r.group(1), new Told(r.group(2), names(r.group(3)))));
    Map<String, Told> exported = new TreeMap<>();
    Set<String> others = new TreeSet<>();

    try (Running running = Running.start(directory)) {
      running.ask();
      Map<String, Family> all = new TreeMap<>(sending());
      all.putAll(read(running));
      for (Family family : all.values()) {
        if (family.name().endsWith("_max")) {
          assertThat(family.samples()).as(family.name()).isNotEmpty();
        } else if (family.name().startsWith("axme_")) {
          assertThat(family.help()).as(family.name()).isNotBlank();
          exported.put(family.name(), new Told(family.type(), family.labels()));
        } else {
          others.add(family.name().substring(0, family.name().indexOf('_') + 1));
        }
      }
    }

    assertThat(exported).isEqualTo(documented);
    assertThat(Stream.of("jvm_", "process_", "system_").collect(Collectors.toSet()))
        .isEqualTo(others);
    others.forEach(prefix -> assertThat(document).contains("`" + prefix + "`"));
  }

  private static Set<String> names(String cell) {
    return NAME.matcher(cell).results().map(m -> m.group(1)).collect(Collectors.toSet());
  }

  /** What is measured only when something leaves the server. */
  private Map<String, Family> sending() {
    Path file = directory.resolve("outbox.db");
    try (Store store = SqliteStore.open(file, InstantSource.system());
        Metrics metrics = new Metrics("test");
        Engine idle = new Engine(store)) {
      Instant made = store.now().minusSeconds(100);
      WorkspaceId workspace = new WorkspaceId(UUID.randomUUID());
      Parcel parcel =
          Parcel.fresh(
              workspace, UUID.randomUUID(), "mail", "a@b.test", UUID.randomUUID(), "{}", made);
      store.outbox().add(List.of(parcel));
      metrics.over(store, idle, () -> 0);
      metrics
          .engine()
          .sent(parcel, new Attempt(Attempt.Result.FAILED, 451, Duration.ofMillis(7), "later"));

      Map<String, Family> families = PrometheusText.parse(metrics.text(Metrics.Form.PROMETHEUS));

      assertThat(value(families, "axme_outbox_parcels", "channel", "mail", "state", "pending"))
          .isEqualTo(1);
      assertThat(value(families, "axme_outbox_oldest_seconds", "channel", "mail"))
          .isBetween(100.0, 200.0);
      assertThat(
              value(
                  families,
                  "axme_outbox_attempt_duration_seconds_sum",
                  "channel",
                  "mail",
                  "result",
                  "failed"))
          .isEqualTo(0.007);
      return families;
    }
  }
}
