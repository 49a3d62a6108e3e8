package dev.axme.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.server.Collector.Span;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a collector is told, over OTLP as it goes over the wire. */
final class SpansTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String PARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";
  private static final String ASK =
      "{\"intent_type\":\"human_approval\",\"to_agent\":\"agent://approver\",\"payload\":{\"a\":1},"
          + "\"human_task\":{\"title\":\"Deploy?\",\"assignees\":[\"ann@example.com\"]}}";

  @TempDir private Path directory;
  private final Collector collector = new Collector();

  @AfterEach
  void close() {
    collector.close();
  }

  private Running start(Map<String, String> variables) {
    return Running.startWith(
        variables, directory, "--mail-file", directory.resolve("m").toString());
  }

  private Map<String, String> exporting() {
    return Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url(), "OTEL_BSP_SCHEDULE_DELAY", "50");
  }

  @Test
  void requestsCommitsAndDeliveriesAreToldOfWithTheTraceOfTheirIntent() {
    try (Running running = start(exporting())) {
      running.post("/v1/intents", ASK, "traceparent", PARENT).ok();

      Span request = collector.await(s -> s.name().equals("POST /v1/intents"));
      assertThat(request.service()).isEqualTo("axme");
      assertThat(request.trace()).isEqualTo(TRACE);
      assertThat(request.parent()).isEqualTo("00f067aa0ba902b7");
      assertThat(request.attributes())
          .containsEntry("http.request.method", "POST")
          .containsEntry("http.route", "/v1/intents")
          .containsEntry("http.response.status_code", "200");
      assertThat(request.nanos()).isPositive();
      Span commit = collector.await(s -> s.name().equals("commit"));
      assertThat(commit.attributes()).containsEntry("axme.commit.commands", "1");
      Span mail = collector.await(s -> s.name().equals("deliver mail"));
      assertThat(mail.links()).containsExactly(TRACE);
      assertThat(mail.trace()).isNotEqualTo(TRACE);
      assertThat(mail.attributes()).containsEntry("axme.result", "done");
    }
  }

  @Test
  void noSpanHasAPathOrAProbe() {
    try (Running running = start(exporting())) {
      running.isHealthy();
      running.send("GET", "/sign-in/a-secret-token", "", "");

      Span page = collector.await(s -> s.name().equals("GET /sign-in/{token}"));
      assertThat(page.toString()).doesNotContain("a-secret-token");
      assertThat(page.parent()).isEmpty();
    }

    assertThat(collector.names()).noneMatch(name -> name.contains("health"));
  }

  @Test
  void theServicesNameIsTheOperators() {
    Map<String, String> named =
        Map.of(
            "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
            collector.url() + "/v1/traces",
            "OTEL_RESOURCE_ATTRIBUTES",
            "service.name=approvals,deployment.environment=test",
            "OTEL_BSP_SCHEDULE_DELAY",
            "50");
    try (Running running = start(named)) {
      running.get("/v1/me");

      assertThat(collector.await(s -> s.name().equals("GET /v1/me")).service())
          .isEqualTo("approvals");
    }
  }

  @Test
  void nothingIsExportedUntilSomebodyNamesACollector() {
    for (Map<String, String> off :
        List.of(
            Map.of("OTEL_SERVICE_NAME", "axme"),
            Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url(), "OTEL_SDK_DISABLED", "true"),
            Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT", collector.url(), "OTEL_TRACES_EXPORTER", "none"))) {
      try (Running running = start(off)) {
        running.get("/v1/me");
      }
    }

    assertThat(collector.names()).isEmpty();
  }

  @Test
  void aServerServesWhateverTheVariablesSayAndWhoeverDoesNotListen() {
    for (Map<String, String> broken :
        List.of(
            Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9"),
            Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "not a url"),
            Map.of("OTEL_TRACES_EXPORTER", "smoke"),
            Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                collector.url(),
                "OTEL_EXPORTER_OTLP_PROTOCOL",
                "grpc"))) {
      try (Running running = start(broken)) {
        running.ask();
        running.isHealthy();
      }
    }
  }
}
