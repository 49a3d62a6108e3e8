package dev.axme.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.server.http.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Publishing events, over HTTP, with subscribers that nobody reaches. */
class WebhookPublishTest {
  private static final String EVENTS = "/v1/webhooks/events";
  private static final String SUBSCRIPTIONS = "/v1/webhooks/subscriptions";
  private static final String EVENT =
      "{\"event_type\":\"inbox.reply_received\",\"source\":\"crm\",\"payload\":{\"n\":1}}";

  @TempDir private static Path data;
  private static Running running;

  @BeforeAll
  static void start() {
    running = Running.start(data);
    subscribe("", running.agent(), "inbox.*");
    subscribe("?owner_agent=agent://team/other", running.agent(), "*");
    subscribe("", running.login(), "inbox.reply_received");
    subscribe("", running.login(), "task.*");
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  private static void subscribe(String query, String key, String type) {
    running
        .send(
            "POST",
            SUBSCRIPTIONS + query,
            key,
            "{\"callback_url\":\"http://127.0.0.1:1025/%s\",\"event_types\":[\"%s\"]}"
                .formatted(UUID.randomUUID(), type))
        .ok();
  }

  @Test
  void anEventIsQueuedForItsOwnerAndForPeople() {
    ObjectNode answer = running.post(EVENTS, EVENT).ok();

    List<String> keys = new ArrayList<>();
    answer.fieldNames().forEachRemaining(keys::add);
    assertThat(keys)
        .containsExactly(
            "ok",
            "accepted_at",
            "event_type",
            "source",
            "owner_agent",
            "event_id",
            "queued_deliveries",
            "processed_deliveries",
            "delivered",
            "pending",
            "dead_lettered");
    assertThat(answer.path("queued_deliveries").intValue()).isEqualTo(2);
    assertThat(answer.path("pending").intValue()).isEqualTo(2);
    assertThat(answer.path("owner_agent").textValue()).isEqualTo(running.address("agent"));
    ObjectNode other = running.post(EVENTS + "?owner_agent=agent://team/other", EVENT).ok();
    assertThat(other.path("owner_agent").textValue()).isEqualTo("agent://team/other");
    assertThat(other.path("queued_deliveries").intValue()).isEqualTo(2);
    ObjectNode nobody = running.post(EVENTS + "?owner_agent=agent://team/third", EVENT).ok();
    assertThat(nobody.path("queued_deliveries").intValue()).isEqualTo(1);
  }

  @Test
  void aRepeatAnswersTheSameAndAnotherBodyIsAConflict() {
    String[] key = {"Idempotency-Key", UUID.randomUUID().toString()};
    ObjectNode first = running.post(EVENTS, EVENT, key).ok();

    assertThat(running.post(EVENTS, EVENT, key).ok()).isEqualTo(first);
    running.post(EVENTS, EVENT.replace("1", "2"), key).refused(409, "idempotency_conflict");
    running
        .post(EVENTS + "?owner_agent=agent://team/other", EVENT, key)
        .refused(409, "idempotency_conflict");
    ObjectNode person = running.decide(EVENTS, EVENT, key).ok();
    assertThat(person.path("event_id")).isNotEqualTo(first.path("event_id"));
  }

  @Test
  void anEventThatTheServerTellsOfItselfCannotBePublished() {
    for (String type : List.of("intent.completed", "task.decided", "webhook.test", "x.y", "*")) {
      running
          .post(EVENTS, EVENT.replace("inbox.reply_received", type))
          .refused(422, "validation_error");
      running
          .decide(EVENTS, EVENT.replace("inbox.reply_received", type))
          .refused(422, "validation_error");
    }
    running.post(EVENTS, EVENT.replace("crm", "axme")).refused(422, "validation_error");
    running.post(EVENTS, EVENT.replace("crm", " AXME ")).refused(422, "validation_error");
  }

  @Test
  void whatIsMissingOrTooLongIsNamed() {
    for (String field : List.of("event_type", "source", "payload")) {
      ObjectNode body = Json.readObject(EVENT.getBytes(StandardCharsets.UTF_8));
      body.remove(field);
      Got got = running.post(EVENTS, body.toString());
      got.refused(422, "validation_error");
      assertThat(got.json().at("/error/details/field").textValue()).isEqualTo(field);
    }
    running.post(EVENTS, EVENT.replace("crm", "c")).refused(422, "validation_error");
    running.post(EVENTS, EVENT.replace("crm", "c".repeat(101))).refused(422, "validation_error");
    running.post(EVENTS, EVENT.replace("{\"n\":1}", "[1]")).refused(422, "validation_error");
  }

  @Test
  void aPayloadIsBounded() {
    String big = EVENT.replace("{\"n\":1}", "{\"n\":\"" + "x".repeat(1 << 20) + "\"}");
    String huge = EVENT.replace("{\"n\":1}", "{\"n\":\"" + "x".repeat(20 << 20) + "\"}");

    running.post(EVENTS, big).refused(413, "payload_too_large");
    running.post(EVENTS, huge).refused(413, "payload_too_large");

    running.isHealthy();
  }

  @Test
  void anEventIsToldOfAgain() {
    String id = running.post(EVENTS, EVENT).ok().path("event_id").textValue();
    String path = EVENTS + "/" + id + "/replay";

    JsonNode replayed = running.post(path, "").ok();

    assertThat(replayed.path("event_id").textValue()).isEqualTo(id);
    assertThat(replayed.path("event_type").textValue()).isEqualTo("inbox.reply_received");
    assertThat(replayed.path("queued_deliveries").intValue()).isEqualTo(2);
    assertThat(replayed.path("replayed_at").textValue()).isNotBlank();
    assertThat(running.decide(path, "").ok().path("pending").intValue()).isEqualTo(2);
    String spy = running.key(running.register("spy-2").path("service_account_id").textValue());
    running.send("POST", path, spy, "").refused(404, "not_found");
    running.post(EVENTS + "/" + Running.nobody() + "/replay", "").refused(404, "not_found");
    running.post(EVENTS + "/nonsense/replay", "").refused(404, "not_found");
  }

  @Test
  void whoseMakerIsRevokedIsNotToldAnyMore() {
    String account = running.register("leaver").path("service_account_id").textValue();
    subscribe("?owner_agent=agent://team/leaver", running.key(account), "inbox.*");
    String asLeaver = EVENTS + "?owner_agent=agent://team/leaver";
    assertThat(running.post(asLeaver, EVENT).ok().path("queued_deliveries").intValue())
        .isEqualTo(2);

    running.send("DELETE", "/v1/service-accounts/" + account, running.login(), "").ok();

    assertThat(running.post(asLeaver, EVENT).ok().path("queued_deliveries").intValue())
        .isEqualTo(1);
  }
}
