package dev.axme.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.server.http.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * An agent that is built into the published command line (protocol sections 3.10 and 15.6): it
 * looks once with a patience of a second and skips what it sees, then polls for two seconds at a
 * time, from one behind the last number.
 */
final class PublishedAgent implements AutoCloseable {
  private static final Set<String> ACTS_ON = Set.of("DELIVERED", "CREATED");
  private static final Set<String> OPEN =
      Set.of("", "CREATED", "DELIVERED", "ACKNOWLEDGED", "IN_PROGRESS", "WAITING");

  private final PublishedCli cli;
  private final String name;
  private final String key;
  private final List<JsonNode> handled = new CopyOnWriteArrayList<>();
  private final List<RuntimeException> failures = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Duration> probed = new CompletableFuture<>();
  private Thread loop = Thread.ofVirtual().unstarted(() -> {});
  private volatile boolean closed;
  private long since;

  PublishedAgent(PublishedCli cli, String name, String key) {
    this.cli = cli;
    this.name = name;
    this.key = key;
  }

  /** Starts; each job's payload goes in, and what comes out is reported. */
  PublishedAgent start(Function<JsonNode, ObjectNode> work) {
    loop = Thread.ofVirtual().start(() -> run(work));
    return this;
  }

  /** How long the probe took. */
  Duration probed() {
    return probed.join();
  }

  /** The payloads that it worked on. */
  List<JsonNode> handled() {
    return handled;
  }

  List<RuntimeException> failures() {
    return failures;
  }

  private void run(Function<JsonNode, ObjectNode> work) {
    long begin = System.nanoTime();
    read("since=0&wait_seconds=1", Duration.ofSeconds(1)).ifPresent(this::skip);
    probed.complete(Duration.ofNanos(System.nanoTime() - begin));
    while (!closed) {
      try {
        for (JsonNode event :
            read("since=" + since + "&wait_seconds=2", Duration.ofSeconds(20)).orElseThrow()) {
          since = event.path("seq").longValue() + 1;
          if (ACTS_ON.contains(PublishedCli.text(event, "status"))) {
            act(PublishedCli.text(event, "intent_id"), work);
          }
        }
      } catch (RuntimeException e) {
        if (!closed) {
          failures.add(e);
        }
      }
    }
  }

  private void skip(List<JsonNode> events) {
    events.forEach(event -> since = event.path("seq").longValue() + 1);
  }

  private Optional<List<JsonNode>> read(String query, Duration patience) {
    return cli.stream("/v1/agents/" + name + "/intents/stream?" + query, key, patience)
        .map(body -> new Got(200, Map.of(), body).frames())
        .map(
            frames ->
                frames.stream()
                    .filter(frame -> frame.event().startsWith("intent."))
                    .map(Got.Frame::json)
                    .toList());
  }

  private void act(String intent, Function<JsonNode, ObjectNode> work) {
    JsonNode read = cli.call("GET", "/v1/intents/" + intent, key, Optional.empty()).path("intent");
    if (!OPEN.contains(PublishedCli.text(read, "lifecycle_status"))) {
      return;
    }
    JsonNode payload = read.path("payload");
    payload = payload.path("parent_payload").isObject() ? payload.path("parent_payload") : payload;
    handled.add(payload);
    String path = "/v1/intents/" + intent + "/resume?owner_agent=" + name;
    cli.call("POST", path, key, Optional.of(work.apply(payload)));
  }

  /** A report of success, with these fields. */
  static ObjectNode complete(String fields) {
    ObjectNode report = Json.object().put("action", "complete");
    report.setAll((ObjectNode) PublishedCli.json(fields));
    return report;
  }

  @Override
  public void close() {
    closed = true;
    try {
      loop.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
