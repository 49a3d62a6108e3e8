package dev.axme.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Too late, twice, or not theirs to do. */
class ConflictTest {
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

  @TestFactory
  List<DynamicTest> anAgentsKeyDecidesOnNoPath() {
    String asked = running.ask();
    List<String> bodies =
        List.of(
            "resume {\"task_result\":{\"outcome\":\"approved\"}}",
            "resume {\"task_result\":{\"approved\":true}}",
            "resume {\"task_result\":{}}",
            "resume {\"outcome\":\"approved\"}",
            "resume {\"approved\":true}",
            "resume {\"approve_current_step\":true}",
            "resume {\"approve_current_step\":false}",
            "resume {\"action\":\"complete\",\"approved\":true}",
            "resume {\"action\":\"fail\",\"reason\":\"rejected\"}",
            "resume {\"next_handler\":\"agent\"}",
            "resume {}",
            "resolve {\"status\":\"COMPLETED\",\"result\":{\"approved\":true}}",
            "resolve {\"status\":\"RESOLVED\"}",
            "resolve {\"status\":\"FAILED\"}",
            "resolve {\"status\":\"REJECTED\"}");
    return bodies.stream()
        .map(b -> DynamicTest.dynamicTest(b, () -> refusedToAgents(asked, b)))
        .toList();
  }

  private static void refusedToAgents(String id, String verbAndBody) {
    String[] parts = verbAndBody.split(" ", 2);
    List<JsonNode> before = running.events(id);

    Got got = running.post("/v1/intents/" + id + "/" + parts[0], parts[1]);

    got.refused(403, "human_decision_required");
    assertThat(running.events(id)).isEqualTo(before);
    assertThat(running.intent(id).path("policy_generation").asInt()).isZero();
  }

  @Test
  void whoAskedMayTakeTheQuestionBackAndNobodyElsesAgentMay() {
    String account =
        running
            .decide("/v1/service-accounts", "{\"name\":\"other-agent\"}")
            .ok()
            .path("service_account_id")
            .textValue();
    String other =
        running
            .decide("/v1/service-accounts/" + account + "/keys", "")
            .ok()
            .path("api_key")
            .asText();
    String id = running.ask();
    String cancel = "{\"status\":\"CANCELED\",\"reason\":\"not needed\"}";

    running.send("POST", "/v1/intents/" + id + "/resolve", other, cancel).refused(403, "forbidden");
    running.post("/v1/intents/" + id + "/resolve", cancel).ok();

    assertThat(running.intent(id).path("status").asText()).isEqualTo("CANCELED");
    assertThat(running.intent(id).path("reason").asText()).isEqualTo("not needed");
  }

  @Test
  void aSecondDecisionIsToldWhoMadeTheFirst() {
    String id = running.ask();
    running.decide("/v1/intents/" + id + "/resume", "{\"approved\":true}").ok();
    List<JsonNode> before = running.events(id);

    for (String again :
        List.of(
            "resume {\"approved\":false}",
            "resume {\"action\":\"complete\"}",
            "resolve {\"status\":\"CANCELED\"}",
            "controls {}",
            "policy {}")) {
      String[] parts = again.split(" ", 2);
      Got got = running.decide("/v1/intents/" + id + "/" + parts[0], parts[1]);
      got.refused(409, "intent_terminal");
      assertThat(got.json().path("detail").asText()).contains("approved").contains("Owner");
      assertThat(got.json().at("/error/details/decided_by").asText()).isEqualTo("owner@localhost");
      assertThat(got.json().at("/error/details/decided_at").asText()).endsWith("Z");
      running.post("/v1/intents/" + id + "/" + parts[0], parts[1]).refused(409, "intent_terminal");
    }

    assertThat(running.events(id)).isEqualTo(before);
  }

  @Test
  void ofManyDecisionsAtOnceExactlyOneCounts() throws Exception {
    String id = running.ask();
    List<Callable<Got>> calls = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      String body =
          "{\"task_result\":{\"outcome\":\"%s\"}}".formatted(i % 2 == 0 ? "approved" : "rejected");
      calls.add(() -> running.decide("/v1/intents/" + id + "/resume", body));
    }

    List<Got> answers = atOnce(calls);

    assertThat(answers.stream().filter(g -> g.status() == 200)).hasSize(1);
    answers.stream().filter(g -> g.status() != 200).forEach(g -> g.refused(409, "intent_terminal"));
    assertThat(running.story(id)).hasSize(6);
  }

  private static List<Got> atOnce(List<Callable<Got>> calls) throws Exception {
    List<Got> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Got> answer : threads.invokeAll(calls)) {
        answers.add(answer.get());
      }
    }
    return answers;
  }

  @Test
  void aKeyThatWasUsedForSomethingElseIs409AndMakesNothing() {
    String body = "{\"intent_type\":\"a.b.v1\",\"payload\":{\"n\":1}}";
    running.post("/v1/intents", body, "Idempotency-Key", "k1").ok();
    String before = running.everything();

    Got other = running.post("/v1/intents", body.replace('1', '2'), "Idempotency-Key", "k1");

    other.refused(409, "idempotency_conflict");
    assertThat(other.json().path("detail").asText())
        .isEqualTo("idempotency key reused with different payload");
    assertThat(running.everything()).isEqualTo(before);
  }

  @Test
  void manyRequestsWithOneKeyMakeOneIntent() throws Exception {
    List<Callable<Got>> calls = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      calls.add(
          () ->
              running.post(
                  "/v1/intents", "{\"intent_type\":\"a.b.v1\"}", "Idempotency-Key", "one"));
    }

    Set<String> bodies = new HashSet<>();
    atOnce(calls).forEach(g -> bodies.add(g.ok().toString()));

    assertThat(bodies).hasSize(1);
  }

  @Test
  void keysAreCountedPerPathAndPerCaller() {
    String one = running.mail();
    String two = running.mail();
    String go = "{\"approve_current_step\":true}";

    running.post("/v1/intents/" + one + "/resume", go, "Idempotency-Key", "same").ok();
    running.post("/v1/intents/" + two + "/resume", go, "Idempotency-Key", "same").ok();
    running.decide("/v1/intents/" + two + "/resume", go, "Idempotency-Key", "same").ok();

    assertThat(running.intent(one).path("policy_generation").asInt()).isEqualTo(1);
    assertThat(running.intent(two).path("policy_generation").asInt()).isEqualTo(2);
  }

  @Test
  void whatWasRefusedIsNotRemembered() {
    String path = "/v1/intents/" + running.ask() + "/resume";
    String key = "refused";
    running
        .decide(path, "{\"task_result\":{\"outcome\":\"perhaps\"}}", "Idempotency-Key", key)
        .refused(422, "invalid_outcome");

    running.decide(path, "{\"approved\":true}", "Idempotency-Key", key).ok();
  }

  @Test
  void aKeyThatIsTooLongIs422() {
    running
        .post("/v1/intents", "{\"intent_type\":\"a.b.v1\"}", "Idempotency-Key", "x".repeat(256))
        .refused(422, "validation_error");
  }

  @Test
  void aCommentOrEvidenceThatIsNeededAndMissingIs422() {
    String comment =
        running.create(
            "{\"intent_type\":\"human.x\",\"human_task\":{\"title\":\"t\",\"required_comment\":true}}");
    String evidence =
        running.create(
            "{\"intent_type\":\"human.x\",\"human_task\":{\"title\":\"t\",\"evidence_required\":true}}");
    String approve = "{\"task_result\":{\"outcome\":\"approved\"%s}}";

    running
        .decide("/v1/intents/" + comment + "/resume", approve.formatted(",\"comment\":\" \""))
        .refused(422, "validation_error");
    running
        .decide("/v1/intents/" + evidence + "/resume", approve.formatted(",\"evidence\":\"\""))
        .refused(422, "validation_error");
    running
        .decide("/v1/intents/" + comment + "/resume", approve.formatted(",\"comment\":\"c\""))
        .ok();
    running
        .decide(
            "/v1/intents/" + evidence + "/resume",
            approve.formatted(",\"data\":{\"evidence\":\"e\"}"))
        .ok();
  }
}
