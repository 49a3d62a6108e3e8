package dev.axme.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.server.outbox.Signature;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Work that is pushed to agents with an endpoint of their own. */
class PushTest {
  private Running running;

  @BeforeEach
  void start(@TempDir Path data) {
    running = Running.start(data);
  }

  @AfterEach
  void stop() {
    running.close();
  }

  private ObjectNode pushed(String name, String url) {
    return running
        .send(
            "POST",
            "/v1/service-accounts",
            running.login(),
            "{\"name\":\"%s\",\"delivery_mode\":\"http\",\"callback_url\":\"%s\"}"
                .formatted(name, url))
        .ok();
  }

  private String send(String to, int number) {
    return running.create(
        "{\"intent_type\":\"report.build.v1\",\"to_agent\":\"%s\",\"payload\":{\"n\":%d}}"
            .formatted(to, number));
  }

  private List<JsonNode> deliveries(String intent) {
    List<JsonNode> all = new ArrayList<>();
    running.get("/v1/intents/" + intent + "/deliveries").ok().path("deliveries").forEach(all::add);
    return all;
  }

  private JsonNode delivery(String intent) {
    List<JsonNode> all = deliveries(intent);
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  private void awaitState(String intent, String state) {
    AgentEndpoint.await(() -> delivery(intent).path("state").textValue().equals(state));
  }

  @Test
  void anIntentIsPushedSignedAndCountsAsPickedUp() {
    try (AgentEndpoint agent = AgentEndpoint.taking()) {
      String secret = pushed("bot", agent.url()).path("webhook_secret").textValue();

      String intent = send("bot", 1);

      AgentEndpoint.Call call = agent.next();
      JsonNode body = call.json();
      assertThat(body.path("intent_id").textValue()).isEqualTo(intent);
      assertThat(body.path("intent_type").textValue()).isEqualTo("report.build.v1");
      assertThat(body.path("status").textValue()).isEqualTo("DELIVERED");
      assertThat(body.path("to_agent").textValue()).isEqualTo(running.address("bot"));
      assertThat(body.path("from_agent").textValue()).isEqualTo(running.address("agent"));
      assertThat(body.at("/payload/n").intValue()).isEqualTo(1);
      assertThat(body.path("delivery_attempt").intValue()).isEqualTo(1);
      assertThat(body.path("delivery_id").textValue()).isEqualTo(call.header("X-Axme-Delivery"));
      assertThat(body.path("correlation_id").textValue()).isEqualTo(call.header("X-Trace-Id"));
      assertThat(body.path("at").textValue()).isNotEmpty();
      assertThat(call.header("Content-Type")).isEqualTo("application/json");
      assertThat(call.header("X-Axme-Signature")).isEqualTo(Signature.of(secret, call.body()));
      awaitState(intent, "sent");
      assertThat(running.intent(intent).path("picked_up_at").textValue()).isNotEmpty();
      JsonNode attempt = delivery(intent).at("/attempts/0");
      assertThat(attempt.path("status").intValue()).isEqualTo(200);
      assertThat(attempt.path("answer").textValue()).isEqualTo("said");
      assertThat(attempt.path("result").textValue()).isEqualTo("done");
    }
  }

  @Test
  void theSignatureIsWhatEveryOtherProgramComputes() {
    assertThat(Signature.of("key", "The quick brown fox jumps over the lazy dog"))
        .isEqualTo("sha256=f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8");
  }

  @Test
  void anAgentThatBecomesPushedToGetsWhatWaitedForIt() {
    try (AgentEndpoint agent = AgentEndpoint.taking()) {
      String account = running.register("late").path("service_account_id").textValue();
      String first = send("late", 1);
      String second = send("late", 2);

      running
          .send(
              "PATCH",
              "/v1/service-accounts/" + account,
              running.login(),
              "{\"delivery_mode\":\"http\",\"callback_url\":\"%s\"}".formatted(agent.url()))
          .ok();

      assertThat(agent.next().json().path("intent_id").textValue()).isEqualTo(first);
      assertThat(agent.next().json().path("intent_id").textValue()).isEqualTo(second);
      String third = send("late", 3);
      assertThat(agent.next().json().path("intent_id").textValue()).isEqualTo(third);
      assertThat(agent.quiet(1_500)).isTrue();
    }
  }

  @Test
  void anEndpointThatMovesGetsAtOnceWhatTheOldOneDidNotTake() {
    try (AgentEndpoint broken = AgentEndpoint.answering(call -> 503);
        AgentEndpoint agent = AgentEndpoint.taking()) {
      ObjectNode account = pushed("mover", broken.url());
      String intent = send("mover", 1);
      broken.next();
      AgentEndpoint.await(() -> !delivery(intent).path("attempts").isEmpty());

      running
          .send(
              "PATCH",
              "/v1/service-accounts/" + account.path("service_account_id").textValue(),
              running.login(),
              "{\"callback_url\":\"%s\"}".formatted(agent.url()))
          .ok();

      assertThat(agent.next().json().path("intent_id").textValue()).isEqualTo(intent);
      awaitState(intent, "sent");
      assertThat(delivery(intent).path("attempts")).hasSize(2);
    }
  }

  @Test
  void anEndpointThatFailsAsOftenAsItMayFailsTheIntent() {
    try (AgentEndpoint broken = AgentEndpoint.answering(call -> 500)) {
      pushed("broken", broken.url());

      String intent =
          running.create(
              "{\"intent_type\":\"report.build.v1\",\"to_agent\":\"broken\","
                  + "\"payload\":{},\"max_delivery_attempts\":1}");

      awaitState(intent, "dead");
      AgentEndpoint.await(() -> running.intent(intent).path("status").textValue().equals("FAILED"));
      assertThat(running.story(intent))
          .containsSubsequence("intent.delivery_failed DELIVERED", "intent.failed FAILED");
      Got again =
          running.post(
              "/v1/intents/%s/deliveries/%s/replay"
                  .formatted(intent, delivery(intent).path("delivery_id").textValue()),
              "");
      assertThat(again.status()).isEqualTo(409);
    }
  }

  @Test
  void aFailureIsTriedAgainAfterHalfAMinute() {
    try (AgentEndpoint broken = AgentEndpoint.answering(call -> 404)) {
      pushed("broken", broken.url());

      String intent = send("broken", 1);
      AgentEndpoint.await(() -> !delivery(intent).path("attempts").isEmpty());

      JsonNode delivery = delivery(intent);
      Instant tried = Instant.parse(delivery.at("/attempts/0/at").textValue());
      Instant next = Instant.parse(delivery.path("next_attempt_at").textValue());
      assertThat(delivery.path("state").textValue()).isEqualTo("pending");
      assertThat(delivery.at("/attempts/0/result").textValue()).isEqualTo("failed");
      assertThat(delivery.at("/attempts/0/status").intValue()).isEqualTo(404);
      assertThat(Duration.between(tried, next))
          .isBetween(Duration.ofSeconds(30), Duration.ofSeconds(34));
    }
  }

  @Test
  void aSlowEndpointDelaysNobodyElse() {
    CountDownLatch over = new CountDownLatch(1);
    try (AgentEndpoint slow =
            AgentEndpoint.answering(
                call -> {
                  try {
                    over.await(20, TimeUnit.SECONDS);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  return 200;
                });
        AgentEndpoint quick = AgentEndpoint.taking()) {
      pushed("slow", slow.url());
      pushed("quick", quick.url());
      for (int i = 0; i < 5; i++) {
        send("slow", i);
      }
      slow.next();

      Instant begin = Instant.now();
      String intent = send("quick", 1);

      assertThat(quick.next().json().path("intent_id").textValue()).isEqualTo(intent);
      assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(3));
      over.countDown();
    }
  }

  @Test
  void oneAgentGetsItsWorkInOrderOneAtATime() {
    try (AgentEndpoint agent = AgentEndpoint.taking()) {
      pushed("bot", agent.url());

      List<String> sent = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        sent.add(send("bot", i));
      }

      List<String> got = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        got.add(agent.next().json().path("intent_id").textValue());
      }
      assertThat(got).isEqualTo(sent);
    }
  }

  @Test
  void whatArrivedIsPushedAgainWhenSomebodyAsks() {
    try (AgentEndpoint agent = AgentEndpoint.taking()) {
      pushed("bot", agent.url());
      String intent = send("bot", 1);
      String delivery = agent.next().header("X-Axme-Delivery");
      awaitState(intent, "sent");

      running.post("/v1/intents/%s/deliveries/%s/replay".formatted(intent, delivery), "").ok();

      assertThat(agent.next().header("X-Axme-Delivery")).isEqualTo(delivery);
      awaitState(intent, "sent");
      AgentEndpoint.await(() -> delivery(intent).path("attempts").size() == 2);
    }
  }

  @Test
  void whatWasTakenFromTheStreamIsNotPushed() {
    try (AgentEndpoint broken = AgentEndpoint.answering(call -> 503)) {
      ObjectNode account = pushed("both", broken.url());
      String key = running.key(account.path("service_account_id").textValue());
      String intent = send("both", 1);
      broken.next();
      AgentEndpoint.await(() -> !delivery(intent).path("attempts").isEmpty());
      running.send("GET", "/v1/agents/both/intents/stream?since=0&wait_seconds=2", key, "").body();
      AgentEndpoint.await(() -> running.intent(intent).has("picked_up_at"));

      running
          .send(
              "POST",
              "/v1/outbox/" + delivery(intent).path("delivery_id").textValue() + "/replay",
              running.login(),
              "")
          .ok();

      awaitState(intent, "sent");
      assertThat(delivery(intent).at("/attempts/1/answer").textValue()).contains("not pushed");
      assertThat(broken.quiet(500)).isTrue();
    }
  }

  @Test
  void anAgentOfAnotherWorkspaceIsPushedToAndItsSenderSeesHow() {
    try (AgentEndpoint agent = AgentEndpoint.taking()) {
      String organization = running.get("/v1/me").ok().path("org_id").textValue();
      String workspace =
          running
              .decide(
                  "/v1/organizations/" + organization + "/workspaces",
                  "{\"name\":\"Factory\",\"environment\":\"production\"}")
              .ok()
              .at("/workspace/workspace_id")
              .textValue();
      ObjectNode robot =
          running
              .decide(
                  "/v1/service-accounts",
                  "{\"name\":\"robot\",\"workspace_id\":\"%s\",\"delivery_mode\":\"http\",\"callback_url\":\"%s\"}"
                      .formatted(workspace, agent.url()))
              .ok();
      String key = running.key(robot.path("service_account_id").textValue());

      String intent = send(robot.path("address").textValue(), 7);

      AgentEndpoint.Call call = agent.next();
      assertThat(call.json().path("intent_id").textValue()).isEqualTo(intent);
      assertThat(call.json().at("/payload/n").intValue()).isEqualTo(7);
      awaitState(intent, "sent");
      assertThat(running.intent(intent).path("picked_up_at").textValue()).isNotEmpty();
      assertThat(
              running
                  .send("GET", "/v1/intents/" + intent + "/deliveries", key, "")
                  .ok()
                  .path("deliveries"))
          .hasSize(1);
    }
  }

  @Test
  void anAgentThatAScenarioMakesIsPushedItsFirstStep() {
    try (AgentEndpoint agent = AgentEndpoint.taking()) {
      ObjectNode applied =
          running
              .decide(
                  "/v1/scenarios/apply",
                  """
                  {"scenario_id":"a.b","intent":{"type":"a.b.v1","payload":{"n":3}},
                   "agents":[{"role":"worker","address":"made","create_if_missing":true,
                     "delivery_mode":"http","callback_url":"%s"}],
                   "workflow":{"steps":[{"step_id":"work","assigned_to":"worker"}]}}
                  """
                      .formatted(agent.url()))
              .ok();
      String workflow = applied.path("intent_id").textValue();

      AgentEndpoint.Call call = agent.next();

      assertThat(call.json().path("parent_intent_id").textValue()).isEqualTo(workflow);
      assertThat(call.json().path("step_id").textValue()).isEqualTo("work");
      assertThat(call.header("X-Axme-Signature")).startsWith("sha256=");
      awaitState(workflow, "sent");
      assertThat(agent.quiet(1_500)).isTrue();
    }
  }
}
