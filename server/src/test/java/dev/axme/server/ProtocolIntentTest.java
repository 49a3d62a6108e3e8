package dev.axme.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What published clients rely on when they send, read and list intents (sections 1.1, 2, 3.1-3.4).
 */
class ProtocolIntentTest {
  @TempDir private static Path data;
  private static Running running;

  @BeforeAll
  static void start() {
    running = Running.start(data);
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  @Test
  void aPlainIntentIsDeliveredWithExactlyThreeEvents() {
    Got got =
        running.post(
            "/v1/intents",
            "{\"intent_type\":\"notify.message.v1\",\"to_agent\":\"agent://bob\",\"payload\":{}}");

    ObjectNode created = got.ok();
    assertThat(got.contentType()).isEqualTo("application/json");
    assertThat(created.path("ok").booleanValue()).isTrue();
    assertThat(created.path("status").textValue()).isEqualTo("DELIVERED");
    assertThat(Instant.parse(created.path("created_at").textValue())).isNotNull();
    assertThat(created.path("created_at").textValue()).endsWith("Z");
    String id = created.path("intent_id").textValue();
    assertThat(UUID.fromString(id)).isNotNull();
    assertThat(created.path("warnings").get(0).textValue()).contains("agent://bob");
    assertThat(running.story(id))
        .containsExactly(
            "intent.created CREATED", "intent.submitted SUBMITTED", "intent.delivered DELIVERED");
    assertThat(running.events(id))
        .extracting(e -> e.path("seq").intValue())
        .containsExactly(1, 2, 3);
  }

  @Test
  void aDirectHumanTaskWaitsFromItsFourthEvent() {
    String id = running.ask();

    List<JsonNode> events = running.events(id);
    JsonNode assigned = events.get(3);
    assertThat(events).hasSize(4);
    assertThat(assigned.path("event_type").textValue()).isEqualTo("intent.human_task_assigned");
    assertThat(assigned.path("status").textValue()).isEqualTo("WAITING");
    assertThat(assigned.path("waiting_reason").textValue()).isEqualTo("WAITING_FOR_HUMAN");
    assertThat(assigned.path("lifecycle_waiting_reason").textValue())
        .isEqualTo("WAITING_FOR_HUMAN");
    assertThat(assigned.at("/human_task/title").textValue())
        .isEqualTo("Deploy model v2.3 to production");
    assertThat(assigned.at("/data/status").textValue()).isEqualTo("pending_human_approval");
    assertThat(assigned.at("/pending_with/type").textValue()).isEqualTo("human");
    assertThat(assigned.at("/pending_with/name").textValue()).isNotBlank();
    assertThat(assigned.path("at")).isEqualTo(events.get(0).path("at"));
  }

  @Test
  void everyEventHasDetailsAndData() {
    String id = running.ask();
    running.decide("/v1/intents/" + id + "/resume", "{\"approved\":true}").ok();

    for (JsonNode event : running.events(id)) {
      assertThat(event.path("intent_id").textValue()).isEqualTo(id);
      assertThat(event.path("seq").isInt()).isTrue();
      assertThat(event.path("event_type").textValue()).startsWith("intent.");
      assertThat(event.path("details").isObject()).isTrue();
      assertThat(event.path("data").isObject()).isTrue();
      assertThat(event.path("at").textValue()).endsWith("Z");
      assertThat(event.path("actor").textValue()).isNotBlank();
    }
  }

  @Test
  void theReadShapeHasEverythingTwiceForOldClients() {
    String id =
        running.create(
            "{\"intent_type\":\"a.b.v1\",\"to_agent\":\"Agent\",\"from_agent\":\"agent://alice\","
                + "\"payload\":{\"a\":1},\"metadata\":{\"m\":2},\"reply_to\":\"agent://x/y\"}");

    ObjectNode answer = running.get("/v1/intents/" + id).ok();
    JsonNode intent = answer.path("intent");
    for (String mirrored : List.of("intent_id", "intent_type", "status", "payload")) {
      assertThat(answer.path(mirrored)).isEqualTo(intent.path(mirrored));
    }
    assertThat(intent.path("lifecycle_status")).isEqualTo(intent.path("status"));
    assertThat(intent.path("legacy_status").textValue()).isEqualTo("accepted");
    assertThat(intent.path("to_agent").textValue()).isEqualTo("Agent");
    assertThat(intent.path("from_agent").textValue()).isEqualTo("agent://local/main/agent");
    assertThat(intent.path("requested_from_agent").textValue()).isEqualTo("agent://alice");
    assertThat(intent.path("reply_to").textValue()).isEqualTo("agent://x/y");
    assertThat(intent.at("/metadata/m").intValue()).isEqualTo(2);
    assertThat(intent.path("policy_generation").intValue()).isZero();
    assertThat(intent.at("/pending_with/ref").textValue()).isEqualTo("agent://local/main/agent");
  }

  @Test
  void camelCaseAndShortNamesAreUnderstood() {
    String correlation = UUID.randomUUID().toString();
    String camel =
        running.create(
            ("{\"intentType\":\"a.b.v1\",\"toAgent\":\"agent://bob\",\"fromAgent\":\"agent://al\","
                    + "\"correlationId\":\"%s\",\"replyTo\":\"agent://r/s\",\"payload\":{\"a\":1}}")
                .formatted(correlation));
    String brief = running.create("{\"type\":\"a.b.v1\",\"to\":\"agent://bob\"}");

    JsonNode intent = running.intent(camel);
    assertThat(intent.path("intent_type").textValue()).isEqualTo("a.b.v1");
    assertThat(intent.path("to_agent").textValue()).isEqualTo("agent://bob");
    assertThat(intent.path("correlation_id").textValue()).isEqualTo(correlation);
    assertThat(intent.path("reply_to").textValue()).isEqualTo("agent://r/s");
    assertThat(intent.path("payload").toString()).isEqualTo("{\"a\":1}");
    assertThat(running.intent(brief).path("to_agent").textValue()).isEqualTo("agent://bob");
    assertThat(running.intent(brief).path("payload").toString()).isEqualTo("{}");
  }

  @Test
  void unknownKeysAtTheTopBecomePartOfThePayload() {
    String id =
        running.create(
            "{\"intent_type\":\"a.b.v1\",\"to\":\"agent://bob\",\"amount\":12.50,\"payload\":{\"a\":1},"
                + "\"nested\":{\"x\":[1,2]}}");
    String business =
        running.create(
            "{\"intent_type\":\"a.b.v1\",\"to_agent\":\"bob\",\"type\":\"t\",\"to\":\"u\"}");

    assertThat(running.intent(id).path("payload").toString())
        .isEqualTo("{\"a\":1,\"amount\":12.50,\"nested\":{\"x\":[1,2]}}");
    assertThat(running.intent(business).path("payload").toString())
        .isEqualTo("{\"type\":\"t\",\"to\":\"u\"}");
  }

  @Test
  void numbersKeepEveryDigit() {
    String payload =
        "{\"a\":9007199254740993,\"b\":0.10,\"c\":1.0,\"d\":123456789012345678901234567890}";
    String id = running.create("{\"intent_type\":\"a.b.v1\",\"payload\":" + payload + "}");
    running
        .post("/v1/intents/" + id + "/resume", "{\"action\":\"complete\",\"n\":9007199254740993}")
        .ok();

    assertThat(running.get("/v1/intents/" + id).body()).contains(payload);
    assertThat(running.get("/v1/intents/" + id + "/events").body())
        .contains("\"n\":9007199254740993");
  }

  @Test
  void anAddressThatNobodyRegisteredIsAcceptedInEverySpelling() {
    for (String to :
        List.of(
            "agent://bob",
            "agent://examples/approver",
            "agent://myorg/production/report-service",
            "initiator://human-override",
            "bot",
            "agent:/a/b/c",
            "AGENT://Local/Main/Bot")) {
      String id = running.create("{\"intent_type\":\"a.b.v1\",\"to_agent\":\"" + to + "\"}");
      assertThat(running.intent(id).path("to_agent").textValue()).isEqualTo(to);
      assertThat(running.intent(id).path("status").textValue()).isEqualTo("DELIVERED");
    }
  }

  @Test
  void listsAreNewestFirstAndPagedToTheEnd() {
    String correlation = UUID.randomUUID().toString();
    for (int i = 0; i < 5; i++) {
      running.create(
          "{\"type\":\"a.b.v1\",\"correlation_id\":\"" + correlation + "\",\"i\":" + i + "}");
    }

    List<String> seen = new ArrayList<>();
    String cursor = "";
    do {
      ObjectNode page =
          running.get("/v1/intents?limit=2&correlation_id=" + correlation + cursor).ok();
      assertThat(page.path("intents").size()).isLessThanOrEqualTo(2);
      page.path("intents").forEach(i -> seen.add(i.path("intent_id").textValue()));
      cursor =
          page.path("next_cursor").isNull() ? "" : "&cursor=" + page.path("next_cursor").asText();
    } while (!cursor.isEmpty());

    assertThat(seen).hasSize(5).doesNotHaveDuplicates();
    assertThat(seen).isSortedAccordingTo(Comparator.<String>naturalOrder().reversed());
  }

  @Test
  void listsFilterByStatusInEverySpelling() {
    String canceled = running.mail();
    running.post("/v1/intents/" + canceled + "/resolve", "{\"status\":\"CANCELLED\"}").ok();
    String waiting = running.ask();

    assertThat(ids("canceled")).contains(canceled).doesNotContain(waiting);
    assertThat(ids("CANCELLED,waiting")).contains(canceled, waiting);
    assertThat(ids("pending")).contains(waiting).doesNotContain(canceled);
    assertThat(ids("nonsense")).isEmpty();
  }

  private static List<String> ids(String status) {
    List<String> ids = new ArrayList<>();
    running
        .get("/v1/intents?limit=1000&status=" + status)
        .ok()
        .path("intents")
        .forEach(i -> ids.add(i.path("intent_id").textValue()));
    return ids;
  }

  @Test
  void eventsAreGivenAfterSinceAndTheListIsThereEvenWhenEmpty() {
    String id = running.mail();
    String path = "/v1/intents/" + id + "/events?since=";

    assertThat(running.get(path + 2).ok().path("events")).hasSize(1);
    assertThat(running.get(path + 3).ok().path("events").isArray()).isTrue();
    assertThat(running.get(path + 3).ok().path("events")).isEmpty();
    assertThat(running.get(path + 99).ok().path("events")).isEmpty();
  }

  @Test
  void healthNeedsNoKeyAndTakesAnyHeader() {
    for (String path : List.of("/health", "/v1/health")) {
      ObjectNode health = running.send("GET", path, "", "", "X-Trace-Id", "t-1").ok();
      assertThat(health.path("ok").booleanValue()).isTrue();
      assertThat(health.path("service").textValue()).isNotBlank();
      assertThat(health.path("storage").textValue()).isEqualTo("sqlite");
    }
  }
}
