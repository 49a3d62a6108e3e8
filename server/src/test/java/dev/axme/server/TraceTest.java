package dev.axme.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.axme.core.IntentId;
import dev.axme.core.Root;
import dev.axme.core.RootId;
import dev.axme.server.traces.Traces;
import dev.axme.store.Place;
import dev.axme.store.Store;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A trace that comes in with a request comes out with all that is said about it. */
final class TraceTest {
  private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  private static final String UUID_OF_IT = "4bf92f35-77b3-4da6-a3ce-929d0e0e4736";
  private static final String WORK =
      "{\"intent_type\":\"report.build.v1\",\"to_agent\":\"agent\",\"payload\":{}}";

  @TempDir private Path directory;
  private Running running;

  @BeforeEach
  void start() {
    running = Running.start(directory);
  }

  @AfterEach
  void stop() {
    running.close();
  }

  private String create(String body, String... headers) {
    return running.post("/v1/intents", body, headers).ok().path("intent_id").textValue();
  }

  private String traceparent(String id) {
    return running.intent(id).path("traceparent").asText("none");
  }

  @Test
  void theTraceIsOnTheIntentItsEventsAndTheDelivery() {
    String id = create(WORK, "traceparent", PARENT);

    assertThat(traceparent(id)).isEqualTo(PARENT);
    assertThat(running.events(id)).allMatch(e -> e.path("traceparent").asText().equals(PARENT));
    String stream = running.get("/v1/agents/agent/intents/stream?since=0&wait_seconds=5").body();
    assertThat(stream).contains("\"traceparent\":\"" + PARENT + "\"");
    assertThat(running.get("/v1/intents/" + id + "/events/stream?wait_seconds=1").body())
        .contains("\"traceparent\":\"" + PARENT + "\"");
  }

  @Test
  void theTraceOutlivesARestart() {
    String id = create(WORK, "traceparent", PARENT);

    running.close();
    running = Running.start(directory);

    assertThat(traceparent(id)).isEqualTo(PARENT);
  }

  @Test
  void theStepsOfAWorkflowArePartOfItsTrace() {
    String bundle =
        """
        {"scenario_id":"traced","description":"A trace goes through.","agents":[{"role":"worker","address":"agent"}],
         "workflow":{"steps":[{"step_id":"one","assigned_to":"worker"}]},
         "intent":{"type":"report.build.v1","payload":{}}}
        """;

    String id =
        running
            .post("/v1/scenarios/apply", bundle, "traceparent", PARENT)
            .ok()
            .path("intent_id")
            .textValue();

    assertThat(traceparent(id)).isEqualTo(PARENT);
    String stream = running.get("/v1/agents/agent/intents/stream?since=0&wait_seconds=5").body();
    assertThat(stream)
        .contains("\"parent_intent_id\":\"" + id + "\"")
        .contains("\"traceparent\":\"" + PARENT + "\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"garbage", "00-zz-1-01", "00-00000000000000000000000000000000-0-00"})
  void garbageIsIgnoredAndNeverAnError(String garbage) {
    String id = create(WORK, "traceparent", garbage);

    JsonNode intent = running.intent(id);
    assertThat(intent.has("traceparent")).isFalse();
    assertThat(running.events(id)).noneMatch(e -> e.has("traceparent"));
  }

  @Test
  void whatLeavesTheServerCarriesBothNames() {
    String w3c = create(WORK, "traceparent", PARENT, "X-Trace-Id", UUID.randomUUID().toString());
    String own = create(WORK, "X-Trace-Id", UUID_OF_IT);
    String none = create(WORK, "X-Trace-Id", "not-a-uuid");
    running.close();

    assertThat(headers(w3c))
        .containsExactly(Map.entry("traceparent", PARENT), Map.entry("X-Trace-Id", UUID_OF_IT));
    assertThat(headers(own)).containsExactly(Map.entry("X-Trace-Id", UUID_OF_IT));
    assertThat(headers(none)).isEmpty();
    running = Running.start(directory);
  }

  /** Read from the file, as the outbox will. */
  private Map<String, String> headers(String id) {
    IntentId intent = new IntentId(UUID.fromString(id));
    try (Store store =
        Server.open(Settings.parse(List.of("--data", directory.toString()), Map.of()))) {
      var workspace = store.directory().workspaces().getFirst().id();
      Root root = store.root(new Place(workspace, new RootId(intent.value())));
      return Traces.headers(root.intent(intent).orElseThrow());
    }
  }
}
