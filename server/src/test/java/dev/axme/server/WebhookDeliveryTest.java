package dev.axme.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events reach real receivers. Each test has a receiver and subscriptions of its own. */
class WebhookDeliveryTest {
  private static final String ALL = "/v1/webhooks/subscriptions";
  private static final String EVENTS = "/v1/webhooks/events";

  @TempDir private static Path data;
  private static Running running;

  private final List<String> subscriptions = new ArrayList<>();
  private Receiver receiver = new Receiver();

  @BeforeAll
  static void start() {
    running = Running.start(data);
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  @BeforeEach
  void open() {
    receiver.close();
    receiver = new Receiver();
  }

  @AfterEach
  void close() {
    subscriptions.forEach(s -> running.send("DELETE", ALL + "/" + s, running.login(), ""));
    receiver.close();
  }

  private ObjectNode subscribe(String key, String query, String... types) {
    String list = "\"" + String.join("\",\"", types) + "\"";
    ObjectNode made =
        running
            .send(
                "POST",
                ALL + query,
                key,
                "{\"callback_url\":\"%s\",\"event_types\":[%s],\"generate_secret\":true}"
                    .formatted(receiver.url(), list))
            .ok();
    subscriptions.add(made.at("/subscription/subscription_id").textValue());
    return made;
  }

  private static List<String> types(List<Receiver.Hook> hooks) {
    return hooks.stream().map(Receiver.Hook::type).toList();
  }

  /** The deliveries of a subscription, as soon as they are what is expected. */
  private JsonNode deliveries(String query, Predicate<JsonNode> expected) {
    Instant end = Instant.now().plusSeconds(20);
    while (true) {
      JsonNode found =
          running
              .send(
                  "GET",
                  ALL + "/" + subscriptions.getLast() + "/attempts" + query,
                  running.login(),
                  "")
              .ok()
              .path("deliveries");
      if (expected.test(found)) {
        return found;
      }
      assertThat(Instant.now()).as(found.toPrettyString()).isBefore(end);
      CompletableFuture.runAsync(
              () -> {}, CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS))
          .join();
    }
  }

  @Test
  void anApprovalIsToldOfFromItsBeginningToItsEnd() {
    String secret = subscribe(running.login(), "", "*").path("secret").textValue();
    String id = running.ask();
    running.decide("/v1/intents/" + id + "/resume", "{\"approved\":true,\"comment\":\"go\"}").ok();

    List<Receiver.Hook> hooks = receiver.until(h -> h.type().equals("intent.completed"));
    while (hooks.size() < 10) {
      hooks.add(receiver.next());
    }

    assertThat(new TreeSet<>(types(hooks)))
        .containsExactly(
            "inbox.thread_created",
            "inbox.thread_updated",
            "intent.completed",
            "intent.created",
            "intent.delivered",
            "intent.human_task_assigned",
            "intent.in_progress",
            "intent.submitted",
            "task.decided",
            "task.opened");
    hooks.forEach(
        h -> {
          assertThat(h.signedBy(secret)).as(h.toString()).isTrue();
          assertThat(h.axmeSignedBy(secret)).isTrue();
          assertThat(h.header("content-type")).isEqualTo("application/json");
          assertThat(h.header("webhook-id")).isEqualTo(h.json().path("event_id").textValue());
          List<String> keys = new ArrayList<>();
          h.json().fieldNames().forEachRemaining(keys::add);
          assertThat(keys)
              .containsExactly(
                  "event_id", "event_type", "source", "owner_agent", "payload", "occurred_at");
          assertThat(h.json().path("source").textValue()).isEqualTo("axme");
          assertThat(h.json().at("/payload/intent_id").textValue()).isEqualTo(id);
        });
    JsonNode decided = payload(hooks, "task.decided");
    assertThat(decided.at("/decision/outcome").textValue()).isEqualTo("approved");
    assertThat(decided.at("/decision/comment").textValue()).isEqualTo("go");
    assertThat(decided.path("task_status").textValue()).isEqualTo("decided");
    assertThat(payload(hooks, "task.opened").path("task_status").textValue()).isEqualTo("open");
    JsonNode completed = payload(hooks, "intent.completed");
    JsonNode listed = running.events(id).getLast();
    listed.properties().forEach(p -> assertThat(completed.get(p.getKey())).isEqualTo(p.getValue()));
  }

  private static JsonNode payload(List<Receiver.Hook> hooks, String type) {
    return hooks.stream()
        .filter(h -> h.type().equals(type))
        .findFirst()
        .orElseThrow()
        .json()
        .path("payload");
  }

  @Test
  void aQuestionThatNobodyAnswersIsToldOfAsExpiredOrCanceled() {
    subscribe(running.agent(), "", "task.expired", "task.canceled");
    String canceled = running.ask();
    running.post("/v1/intents/" + canceled + "/resolve", "{\"status\":\"CANCELED\"}").ok();
    String expired =
        running.create(
            "{\"intent_type\":\"human_approval\",\"payload\":{\"a\":1},\"ttl_seconds\":1}");

    List<Receiver.Hook> hooks = List.of(receiver.next(), receiver.next());

    assertThat(hooks)
        .extracting(h -> h.type() + " " + h.json().at("/payload/intent_id").textValue())
        .containsExactly("task.canceled " + canceled, "task.expired " + expired);
  }

  @Test
  void anAgentIsToldOfWhatConcernsItAndOfNothingElse() {
    String account = running.register("worker-" + System.nanoTime()).path("name").textValue();
    String key = keyOf(account);
    subscribe(key, "", "intent.created", "inbox.thread_created");
    running.ask();
    running.mail();

    String mine =
        running.create("{\"intent_type\":\"a.b.v1\",\"to_agent\":\"%s\"}".formatted(account));

    List<Receiver.Hook> hooks = List.of(receiver.next(), receiver.next());
    assertThat(types(hooks)).containsExactlyInAnyOrder("intent.created", "inbox.thread_created");
    assertThat(hooks)
        .allSatisfy(
            h -> {
              assertThat(h.json().at("/payload/intent_id").textValue()).isEqualTo(mine);
              assertThat(h.json().path("owner_agent").textValue())
                  .isEqualTo(running.address(account));
            });
    running.send("POST", "/v1/intents", key, "{\"intent_type\":\"a.b.v1\"}").ok();
    assertThat(receiver.next().json().at("/payload/from_agent").textValue())
        .isEqualTo(running.address(account));
    assertThat(receiver.unread()).isZero();
  }

  @Test
  void anAgentOfAnotherWorkspaceIsToldOfItsWorkAndNotOfWhatPeopleAreAsked() {
    String organization = running.get("/v1/me").ok().path("org_id").textValue();
    String workspace =
        running
            .decide(
                "/v1/organizations/" + organization + "/workspaces",
                "{\"name\":\"Factory\",\"environment\":\"production\"}")
            .ok()
            .at("/workspace/workspace_id")
            .textValue();
    JsonNode robot =
        running
            .decide(
                "/v1/service-accounts",
                "{\"name\":\"robot\",\"workspace_id\":\"%s\"}".formatted(workspace))
            .ok()
            .path("service_account");
    String to = robot.path("address").textValue();
    subscribe(running.key(robot.path("service_account_id").textValue()), "", "*");
    String key = running.key(robot.path("service_account_id").textValue());
    running.create("{\"intent_type\":\"human_approval\",\"to_agent\":\"%s\"}".formatted(to));
    running.mail();

    String work = running.create("{\"intent_type\":\"a.b.v1\",\"to_agent\":\"%s\"}".formatted(to));
    running.send("POST", "/v1/intents/" + work + "/resume", key, "{\"action\":\"complete\"}").ok();

    List<Receiver.Hook> hooks = receiver.until(h -> h.type().equals("intent.completed"));
    while (hooks.size() < 7) {
      hooks.add(receiver.next());
    }
    assertThat(hooks)
        .allSatisfy(h -> assertThat(h.json().at("/payload/intent_id").textValue()).isEqualTo(work));
    assertThat(new TreeSet<>(types(hooks)))
        .containsExactly(
            "inbox.thread_created",
            "inbox.thread_updated",
            "intent.completed",
            "intent.created",
            "intent.delivered",
            "intent.in_progress",
            "intent.submitted");
    running.send("DELETE", ALL + "/" + subscriptions.removeLast(), key, "").ok();
  }

  private static String keyOf(String name) {
    return running.key(
        running
            .send("GET", "/v1/agents/" + name, running.login(), "")
            .ok()
            .at("/agent/service_account_id")
            .textValue());
  }

  @Test
  void anAnswerGoesToTheInboxThatWantsIt() {
    subscribe(running.agent(), "?owner_agent=agent://team/answers", "inbox.*");
    String id =
        running.create(
            "{\"intent_type\":\"a.b.v1\",\"to_agent\":\"agent\",\"reply_to\":\"agent://team/answers\"}");
    running.post("/v1/intents/" + id + "/resume", "{\"action\":\"complete\",\"n\":1}").ok();

    Receiver.Hook hook = receiver.next();

    assertThat(hook.type()).isEqualTo("inbox.thread_created");
    assertThat(hook.json().at("/payload/thread_id").textValue()).isEqualTo(id);
    assertThat(hook.json().at("/payload/owner_agent").textValue())
        .isEqualTo("agent://team/answers");
    assertThat(receiver.unread()).isZero();
  }

  @Test
  void whatIsDoneToAThreadIsToldToTheInboxesThatHaveIt() {
    subscribe(running.agent(), "?owner_agent=agent://team/sender", "inbox.*");
    subscribe(running.agent(), "?owner_agent=agent://team/helper", "inbox.*");
    String id = running.mail();
    String thread = "/v1/inbox/" + id;
    running
        .post(
            thread + "/delegate?owner_agent=agent",
            "{\"delegate_to\":\"agent://team/helper\",\"note\":\"yours\"}")
        .ok();
    Receiver.Hook delegated = receiver.next();
    running.post(thread + "/reply?owner_agent=agent", "{\"message\":\"Which month?\"}").ok();
    Receiver.Hook replied = receiver.next();
    running.post(thread + "/read?owner_agent=agent://team/helper", "").ok();
    Receiver.Hook read = receiver.next();

    assertThat(List.of(delegated.type(), replied.type(), read.type()))
        .containsExactly("inbox.thread_created", "inbox.reply_received", "inbox.thread_updated");
    JsonNode payload = replied.json().path("payload");
    assertThat(payload.path("thread_id").textValue()).isEqualTo(id);
    assertThat(payload.path("owner_agent").textValue()).isEqualTo("agent://team/helper");
    assertThat(payload.path("message").textValue()).isEqualTo("Which month?");
    assertThat(payload.path("actor").textValue()).isEqualTo(running.address("agent"));
    assertThat(delegated.json().at("/payload/message").textValue()).isEqualTo("yours");
    assertThat(receiver.unread()).isZero();
  }

  @Test
  void theTraceOfTheSenderComesOutAgain() {
    subscribe(running.login(), "", "intent.created");
    String parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    running.post("/v1/intents", "{\"intent_type\":\"a.b.v1\"}", "traceparent", parent).ok();

    Receiver.Hook hook = receiver.next();

    assertThat(hook.header("traceparent")).isEqualTo(parent);
    assertThat(hook.header("x-trace-id")).isEqualTo("4bf92f35-77b3-4da6-a3ce-929d0e0e4736");
  }

  @Test
  void afterARotationBothSecretsSignAndTheProtocolsHeaderHasTheNewOne() {
    String old = subscribe(running.login(), "", "intent.created").path("secret").textValue();
    running.mail();
    Receiver.Hook before = receiver.next();

    String fresh =
        running
            .decide(ALL + "/" + subscriptions.getLast() + "/rotate", "")
            .ok()
            .path("secret")
            .textValue();
    running.mail();
    Receiver.Hook after = receiver.next();

    assertThat(before.signedBy(old)).isTrue();
    assertThat(before.signedBy(fresh)).isFalse();
    assertThat(after.signedBy(old)).isTrue();
    assertThat(after.signedBy(fresh)).isTrue();
    assertThat(after.axmeSignedBy(fresh)).isTrue();
    assertThat(after.header("webhook-signature").split(" ", -1)).hasSize(2);
  }

  @Test
  void withoutASecretNothingIsSigned() {
    subscribe(running.login(), "", "intent.created");
    running
        .decide(
            ALL,
            "{\"callback_url\":\"%s\",\"event_types\":[\"intent.created\"],\"secret\":null}"
                .formatted(receiver.url()))
        .ok();
    running.mail();

    Receiver.Hook hook = receiver.next();

    assertThat(hook.header("webhook-id")).isNotBlank();
    assertThat(hook.header("webhook-signature")).isEmpty();
    assertThat(hook.header("x-axme-signature")).isEmpty();
  }

  @Test
  void aPublishedEventArrivesAsItWasPublishedAndAgainWhenItIsReplayed() {
    subscribe(running.agent(), "", "inbox.reply_received");
    String event =
        "{\"event_type\":\"inbox.reply_received\",\"source\":\"crm\","
            + "\"payload\":{\"n\":9007199254740993,\"text\":\"ä\"}}";
    String id = running.post(EVENTS, event).ok().path("event_id").textValue();
    Receiver.Hook first = receiver.next();
    deliveries("", d -> d.at("/0/state").asText().equals("delivered"));

    running.post(EVENTS + "/" + id + "/replay", "").ok();
    Receiver.Hook again = receiver.next();

    assertThat(first.body()).contains("9007199254740993", "ä");
    assertThat(first.json().path("source").textValue()).isEqualTo("crm");
    assertThat(first.json().path("event_id").textValue()).isEqualTo(id);
    assertThat(again.body()).isEqualTo(first.body());
    JsonNode log = deliveries("", d -> d.at("/0/attempts").size() == 2).path(0);
    assertThat(log.at("/attempts/0/status").intValue()).isEqualTo(200);
    assertThat(log.at("/attempts/0/answer").textValue()).isEqualTo("thanks");
    assertThat(log.at("/attempts/1/number").intValue()).isEqualTo(2);
  }

  @Test
  void anEventOfTheLogIsToldOfAgainToTheSameBytes() {
    subscribe(running.login(), "", "task.opened");
    running.ask();
    Receiver.Hook first = receiver.next();
    deliveries("", d -> d.at("/0/state").asText().equals("delivered"));

    ObjectNode replayed =
        running.decide(EVENTS + "/" + first.header("webhook-id") + "/replay", "").ok();
    Receiver.Hook again = receiver.next();

    assertThat(replayed.path("event_type").textValue()).isEqualTo("task.opened");
    assertThat(replayed.path("queued_deliveries").intValue()).isEqualTo(1);
    assertThat(again.body()).isEqualTo(first.body());
    running
        .post(EVENTS + "/" + first.header("webhook-id") + "/replay", "")
        .refused(404, "not_found");
  }

  @Test
  void whatFailsIsTriedAgainAndStandsInTheLog() {
    receiver.answer(_ -> 500);
    subscribe(running.login(), "", "intent.created");
    running.mail();
    receiver.next();

    JsonNode delivery = deliveries("?state=pending", d -> d.at("/0/attempts").size() == 1).path(0);

    assertThat(delivery.at("/attempts/0/status").intValue()).isEqualTo(500);
    assertThat(delivery.at("/attempts/0/result").textValue()).isEqualTo("failed");
    assertThat(Instant.parse(delivery.path("next_attempt_at").textValue()))
        .isBetween(Instant.now().plusSeconds(15), Instant.now().plusSeconds(35));
  }

  @Test
  void aReceiverThatIsGoneIsNotCalledAnyMore() {
    receiver.answer(_ -> 410);
    subscribe(running.login(), "", "intent.created");
    running.mail();
    receiver.next();

    JsonNode dead = deliveries("?state=dead_lettered", d -> d.size() == 1).path(0);
    JsonNode subscription =
        running
            .send("GET", ALL + "?include_inactive=true", running.login(), "")
            .ok()
            .path("subscriptions")
            .path(0);
    running.mail();

    assertThat(dead.at("/attempts/0/status").intValue()).isEqualTo(410);
    assertThat(subscription.path("subscription_id").textValue()).isEqualTo(subscriptions.getLast());
    assertThat(subscription.path("active").booleanValue()).isFalse();
    assertThat(subscription.path("disabled_reason").textValue()).contains("410");
    receiver.answer(_ -> 200);
    subscribe(running.login(), "", "intent.created");
    String back = running.mail();
    assertThat(receiver.next().json().at("/payload/intent_id").textValue()).isEqualTo(back);
  }

  @Test
  void aTestGoesToOneSubscriptionAlone() {
    subscribe(running.login(), "", "auth.session_revoked");
    subscribe(running.agent(), "", "*");

    ObjectNode sent = running.decide(ALL + "/" + subscriptions.getFirst() + "/test", "").ok();

    Receiver.Hook hook = receiver.next();
    assertThat(hook.type()).isEqualTo("webhook.test");
    assertThat(hook.json().path("event_id")).isEqualTo(sent.path("event_id"));
    assertThat(receiver.unread()).isZero();
    running.decide(EVENTS + "/" + sent.path("event_id").textValue() + "/replay", "").ok();
  }

  @Test
  void aReceiverThatNeverAnswersHoldsNobodyElseUp() {
    CountDownLatch never = new CountDownLatch(1);
    try (Receiver stuck = new Receiver()) {
      stuck.answer(
          _ -> {
            try {
              never.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            return 200;
          });
      Receiver alive = receiver;
      receiver = stuck;
      subscribe(running.agent(), "", "intent.created");
      receiver = alive;
      subscribe(running.login(), "", "intent.created");
      Instant begin = Instant.now();

      for (int i = 0; i < 20; i++) {
        running.mail();
      }
      for (int i = 0; i < 20; i++) {
        alive.next();
      }

      assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(9));
      never.countDown();
    }
  }

  @Test
  void aReceiverThatPublishesForEveryEventRunsIntoTheLimit(@TempDir Path elsewhere) {
    AtomicInteger refused = new AtomicInteger();
    AtomicInteger told = new AtomicInteger();
    String event = "{\"event_type\":\"invite.accepted\",\"source\":\"loop\",\"payload\":{\"n\":1}}";
    try (Running looping = Running.start(elsewhere)) {
      receiver.answer(
          _ -> {
            told.incrementAndGet();
            for (int i = 0; i < 2; i++) {
              Got got = looping.post(EVENTS, event);
              if (got.status() == 429) {
                assertThat(got.header("retry-after")).isPresent();
                refused.incrementAndGet();
              }
            }
            return 200;
          });
      looping
          .post(ALL, "{\"callback_url\":\"%s\",\"event_types\":[\"*\"]}".formatted(receiver.url()))
          .ok();
      looping.post(EVENTS, event).ok();

      while (refused.get() < 50) {
        receiver.next();
      }

      assertThat(told.get()).isLessThan(1_000);
      looping.isHealthy();
    }
  }
}
