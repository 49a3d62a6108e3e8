package dev.axme.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.server.http.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code POST /v1/scenarios/apply}: what it makes, what it answers, and what it refuses whole. */
class ApplyTest {
  private static final String APPLY = "/v1/scenarios/apply";

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
  void agentsAndIntentComeToBeTogether() {
    ObjectNode applied = apply(bundle("made-bot", "")).ok();

    assertThat(applied.path("status").textValue()).isEqualTo("WAITING");
    assertThat(applied.path("pending_with").textValue()).isEqualTo("The Bot");
    assertThat(applied.path("compile_id")).isEqualTo(applied.path("workflow_compile_id"));
    assertThat(applied.path("idempotent").booleanValue()).isFalse();
    JsonNode agent = applied.at("/agents/0");
    assertThat(agent.path("address").textValue()).endsWith("/made-bot");
    assertThat(agent.path("created").booleanValue()).isTrue();
    String account = applied.at("/agents_provisioned/0/service_account_id").textValue();
    JsonNode made = account(account);
    assertThat(made.path("name").textValue()).isEqualTo("made-bot");
    assertThat(made.path("display_name").textValue()).isEqualTo("The Bot");
    assertThat(made.path("delivery_mode").textValue()).isEqualTo("http");
    assertThat(made.path("callback_url").textValue()).isEqualTo("https://bot.test/hook");
    assertThat(made.path("status").textValue()).isEqualTo("active");
  }

  @Test
  void anAgentThatIsThereIsUsedAsItIs() {
    String account = running.register("Known Bot").path("service_account_id").textValue();

    ObjectNode applied = apply(bundle("known-bot", "")).ok();

    JsonNode used = applied.at("/agents_provisioned/0");
    assertThat(used.path("service_account_id").textValue()).isEqualTo(account);
    assertThat(used.path("created").booleanValue()).isFalse();
    assertThat(account(account).path("name").textValue()).isEqualTo("Known Bot");
    assertThat(account(account).path("delivery_mode").textValue()).isEqualTo("stream");
  }

  @Test
  void aRepeatStartsNothingAndSaysSo() {
    String body = bundle("again-bot", "");

    ObjectNode first = apply(body, "Idempotency-Key", "once").ok();
    ObjectNode again = apply(body, "Idempotency-Key", "once").ok();
    Got other = apply(bundle("other-bot", ""), "Idempotency-Key", "once");

    assertThat(again.path("idempotent").booleanValue()).isTrue();
    assertThat(again.put("idempotent", false)).isEqualTo(first);
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.json().at("/error/code").textValue()).isEqualTo("idempotency_conflict");
    assertThat(accounts()).doesNotContain("other-bot");
  }

  @Test
  void theKeyMayBeInTheBundle() {
    String body = bundle("key-bot", "\"idempotency_key\":\"inside\",");

    assertThat(apply(body).ok().path("intent_id")).isEqualTo(apply(body).ok().path("intent_id"));
  }

  @Test
  void anAgentsKeyMakesNoAccountsButUsesThem() {
    String body = bundle("owners-bot", "");

    Got refused = running.post(APPLY, body);

    assertThat(refused.status()).isEqualTo(403);
    assertThat(accounts()).doesNotContain("owners-bot");
    running.register("owners-bot");
    assertThat(running.post(APPLY, body).ok().at("/agents/0/created").booleanValue()).isFalse();
  }

  @Test
  void anAddressOfAnotherNameIsAConflictAndNothingIsMade() {
    running.register("twin-bot");
    String body =
        """
        {"scenario_id":"two.bots","agents":[
          {"role":"a","address":"first-of-two","create_if_missing":true},
          {"role":"b","address":"Twin Bot","create_if_missing":true}],
         "intent":{"type":"a.b.v1"}}
        """;

    Got refused = apply(body);

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().at("/error/code").textValue()).isEqualTo("already_exists");
    assertThat(refused.json().path("detail").textValue()).startsWith("agents[1].address gives ");
    assertThat(accounts()).doesNotContain("first-of-two", "Twin Bot");
  }

  @Test
  void whatTheRulesRefuseMakesNoAccounts() {
    String late =
        bundle("late-bot", "")
            .replace("\"payload\"", "\"deadline_at\":\"2020-01-01T00:00:00Z\",\"payload\"");

    Got refused = apply(late);

    assertThat(refused.status()).isEqualTo(422);
    assertThat(accounts()).doesNotContain("late-bot");
  }

  @Test
  void anErrorIsOneLineThatBeginsWithThePlace() {
    Got refused = apply("{\"scenario_id\":\"a.b.c\",\"intent\":{}}");

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().path("detail").textValue()).startsWith("intent.type is missing");
    assertThat(refused.json().at("/error/details/errors")).hasSize(1);
  }

  @Test
  void manyAtOnceMakeEachAccountOnce() {
    String body = bundle("crowd-bot", "");
    try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<Got>> all =
          IntStream.range(0, 20)
              .mapToObj(_ -> CompletableFuture.supplyAsync(() -> apply(body), workers))
              .toList();

      List<ObjectNode> applied = all.stream().map(f -> f.join().ok()).toList();

      assertThat(applied).filteredOn(a -> a.at("/agents/0/created").booleanValue()).hasSize(1);
      assertThat(applied.stream().map(a -> a.at("/agents_provisioned/0/service_account_id")))
          .containsOnly(applied.getFirst().at("/agents_provisioned/0/service_account_id"));
      assertThat(applied.stream().map(a -> a.path("intent_id"))).doesNotHaveDuplicates();
    }
  }

  @Test
  void withoutAWorkflowTheIntentGoesToTheFirstAgent() {
    ObjectNode applied =
        apply(
                """
                {"scenario_id":"plain.one","agents":[{"role":"a","address":"plain-bot"}],
                 "intent":{"type":"plain.work.v1","payload":{"n":1}}}
                """)
            .ok();

    assertThat(applied.path("status").textValue()).isEqualTo("DELIVERED");
    JsonNode intent = intent(applied);
    assertThat(intent.path("to_agent").textValue()).endsWith("/plain-bot");
    assertThat(intent.path("scenario_id").textValue()).isEqualTo("plain.one");
    assertThat(applied.path("warnings").get(0).textValue()).startsWith("agents[0].address ");
  }

  @Test
  void withoutAWorkflowAHumanTaskIsAsked() {
    ObjectNode applied =
        apply(
                """
                {"scenario_id":"ask.one","humans":[{"role":"ops","contact":"Ops@Example.com"}],
                 "intent":{"type":"plain.work.v1","remind_after_seconds":60,"escalate_to":"ops",
                   "human_task":{"title":"Well?","assignees":["ops"],"required_comment":"true"}}}
                """)
            .ok();

    assertThat(applied.path("status").textValue()).isEqualTo("WAITING");
    JsonNode intent = intent(applied);
    assertThat(intent.at("/human_task/title").textValue()).isEqualTo("Well?");
    assertThat(intent.at("/human_task/assignees/0").textValue()).isEqualTo("ops@example.com");
    assertThat(intent.at("/human_task/required_comment").booleanValue()).isTrue();
    assertThat(intent.path("escalate_to").textValue()).isEqualTo("ops@example.com");
    assertThat(applied.path("warnings")).isEmpty();
  }

  @Test
  void aMacroRunsToItsEnd() {
    ObjectNode applied =
        apply(
                """
                {"scenario_id":"macro.run","agents":[
                   {"role":"worker","address":"macro-bot","create_if_missing":true}],
                 "workflow":{"macro_id":"macro.agent_then_approval.v1",
                   "parameters":{"title":"Publish?","max_reminders":"2","remind_after_seconds":"90"}},
                 "intent":{"type":"report.build.v1","payload":{"n":1}}}
                """)
            .ok();
    String id = applied.path("intent_id").textValue();
    String path = "/v1/intents/" + id + "/resume";

    String key = running.key(applied.at("/agents_provisioned/0/service_account_id").textValue());
    running.send("POST", path, key, "{\"action\":\"complete\",\"m\":2}").ok();
    JsonNode asked = intent(applied);
    Got approved = running.decide(path, "{\"task_result\":{\"outcome\":\"approved\"}}");

    assertThat(asked.at("/human_task/title").textValue()).isEqualTo("Publish?");
    assertThat(asked.path("max_reminders").intValue()).isEqualTo(2);
    assertThat(asked.path("remind_interval_seconds").intValue()).isEqualTo(90);
    assertThat(approved.status()).as(approved.body()).isEqualTo(200);
    assertThat(intent(applied).path("status").textValue()).isEqualTo("COMPLETED");
    assertThat(intent(applied).at("/result/m").intValue()).isEqualTo(2);
  }

  @Test
  void anApprovalFollowsTheAgentThatNeedsOne() {
    ObjectNode applied =
        apply(
                """
                {"scenario_id":"needs.approval","agents":[
                   {"role":"worker","address":"eager-bot","create_if_missing":true}],
                 "humans":[{"role":"reviewer","display_name":"The Reviewer"}],
                 "workflow":{"steps":[
                   {"step_id":"work","assigned_to":"worker","requires_approval":true,
                    "on_failure":"sorry","remind_after_seconds":60},
                   {"step_id":"work.approval","runtime_type":"notification","on_success":"end"},
                   {"step_id":"sorry","runtime_type":"notification"}]},
                 "intent":{"type":"report.build.v1"}}
                """)
            .ok();
    String path = "/v1/intents/" + applied.path("intent_id").textValue() + "/resume";

    String key = running.key(applied.at("/agents_provisioned/0/service_account_id").textValue());
    running.send("POST", path, key, "{\"action\":\"complete\",\"result\":{}}").ok();

    JsonNode asked = intent(applied);
    assertThat(asked.at("/pending_with/name").textValue()).isEqualTo("The Reviewer");
    assertThat(asked.at("/human_task/title").textValue())
        .isEqualTo("Approve what eager-bot did in work");
    assertThat(asked.path("remind_after_seconds").intValue()).isEqualTo(60);
    running.decide(path, "{\"task_result\":{\"outcome\":\"rejected\"}}").ok();
    List<String> steps =
        intent(applied)
            .path("steps")
            .valueStream()
            .map(s -> s.path("step_id").textValue())
            .toList();
    assertThat(steps).contains("work", "work.approval.approval", "sorry");
  }

  private static String bundle(String agent, String more) {
    return Json.text(
        Json.readObject(
            """
            {"scenario_id":"report.build",%s"agents":[
               {"role":"worker","address":"%s","create_if_missing":true,"display_name":"The Bot",
                "delivery_mode":"http","callback_url":"https://bot.test/hook"}],
             "workflow":{"steps":[{"step_id":"work","assigned_to":"worker"}]},
             "intent":{"type":"report.build.v1","payload":{"n":1}}}
            """
                .formatted(more, agent)
                .getBytes(StandardCharsets.UTF_8)));
  }

  private static Got apply(String bundle, String... headers) {
    return running.decide(APPLY, bundle, headers);
  }

  private static JsonNode intent(JsonNode applied) {
    return running.get("/v1/intents/" + applied.path("intent_id").textValue()).ok().path("intent");
  }

  private static JsonNode account(String id) {
    return running
        .send("GET", "/v1/service-accounts/" + id, running.login(), "")
        .ok()
        .path("service_account");
  }

  private static List<String> accounts() {
    return running
        .send("GET", "/v1/service-accounts", running.login(), "")
        .ok()
        .path("service_accounts")
        .valueStream()
        .map(a -> a.path("name").textValue())
        .toList();
  }
}
