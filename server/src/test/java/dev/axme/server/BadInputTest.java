package dev.axme.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Fields that do not fit: 422 that names the field, and nothing half-written. */
class BadInputTest {
  /** Route, field, values that do not fit (separated by spaces). A dot leads into an object. */
  private static final String WRONG_TYPES =
      """
      create intent_type 1 {} [] true "" " " "a/b" "a\\nb"
      create to_agent 1 {} [] true "a//b" "agent://a/b/c/d" "a\\nb" "-"
      create from_agent 1 {}
      create correlation_id 1 {} "x" "a\\nb"
      create reply_to 1 {} "a//b"
      create payload 1 "x" [] true
      create metadata 1 "x" []
      create deadline_at 1 {} "x" "2026-11-24" "2026-13-01T00:00:00Z" "2020-01-01T00:00:00Z" "9999-01-01T00:00:00Z"
      create ttl_seconds "1" {} -1 1.5 true 9999999999
      create remind_after_seconds "1" {} -1 1.5
      create remind_interval_seconds "1" {} -1
      create max_reminders "1" {} -1 1001
      create escalate_to 1 {}
      create max_delivery_attempts "1" {} 0 -1 1001
      create idempotency_key 1 {} [] true
      create human_task 1 "x" [] true
      create human_task.title 1 {} []
      create human_task.description 1 {}
      create human_task.task_type 1 {}
      create human_task.allowed_outcomes 1 "x" {} [1] [""] ["a","A"] [" "]
      create human_task.required_comment 1 "yes" {}
      create human_task.evidence_required 1 "yes"
      create human_task.assignees 1 "ann" {} [1] [""] [" "]
      create human_task.form_schema 1 "x" []
      resume action 1 {} "maybe" "a\\nb"
      resume approve_current_step 1 "yes" {}
      resume next_handler 1 {} "a//b"
      resume reason 1 {} []
      resume expected_policy_generation -1 "1" 1.5 {}
      resume idempotency_key 1 {}
      decide task_result 1 "x" [] true
      decide task_result.outcome 1 {} "perhaps" "a\\nb"
      decide task_result.comment 1 {} []
      decide outcome 1 {} "perhaps"
      decide comment 1 {}
      decide reason 1 {}
      decide approved 1 "yes" {}
      decide approve_current_step 1 "yes"
      resolve status 1 {} "MAYBE" "" "a\\nb"
      cancel reason 1 {}
      cancel result 1 "x" []
      cancel error 1 "x" []
      cancel expected_policy_generation -1 "1"
      controls controls_patch 1 "x" []
      controls controls_patch.timeout_seconds "1" {} -1 1.5
      controls reason 1 {}
      controls expected_policy_generation -1 "1" 1.5
      policy grants_patch 1 "x" []
      policy envelope_patch 1 "x" []
      policy envelope_patch.expires_at 1 {} "x" "2020-01-01T00:00:00Z"
      policy envelope_patch.ttl_seconds "1" -1
      policy envelope_patch.execution_timeout_seconds "1" -1
      policy reason 1 {}
      policy expected_policy_generation -1 "1"
      """;

  @TempDir private static Path data;
  private static Running running;
  private static String asked;
  private static String mailed;

  @BeforeAll
  static void start() {
    running = Running.start(data);
    asked = running.ask();
    mailed = running.mail();
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  /** A request that would succeed, but for the field that goes into it. */
  private static Got send(String route, String field, String value) {
    String json = object(field, value);
    String inner = json.substring(1);
    return switch (route) {
      case "create" ->
          field.equals("intent_type")
              ? running.post("/v1/intents", json)
              : running.post("/v1/intents", "{\"intent_type\":\"a.b.v1\"," + inner);
      case "resume" -> running.post("/v1/intents/" + mailed + "/resume", json);
      case "decide" -> running.decide("/v1/intents/" + asked + "/resume", decision(field, json));
      case "resolve" -> running.post("/v1/intents/" + mailed + "/resolve", json);
      case "cancel" ->
          running.post("/v1/intents/" + mailed + "/resolve", "{\"status\":\"CANCELED\"," + inner);
      default -> running.post("/v1/intents/" + mailed + "/" + route, json);
    };
  }

  /** With an outcome, lest it be refused for the lack of one. */
  private static String decision(String field, String json) {
    return switch (field) {
      case "task_result.comment" ->
          json.replace("{\"comment\"", "{\"outcome\":\"approved\",\"comment\"");
      case "comment", "reason" -> "{\"approved\":true," + json.substring(1);
      default -> json;
    };
  }

  private static String object(String field, String value) {
    int dot = field.indexOf('.');
    return dot < 0
        ? "{\"" + field + "\":" + value + "}"
        : "{\"" + field.substring(0, dot) + "\":" + object(field.substring(dot + 1), value) + "}";
  }

  @TestFactory
  List<DynamicTest> aFieldThatDoesNotFitIs422AndChangesNothing() {
    return WRONG_TYPES
        .lines()
        .map(line -> line.split(" +(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1))
        .map(row -> DynamicTest.dynamicTest(row[0] + " " + row[1], () -> refused(row)))
        .toList();
  }

  private static void refused(String[] row) {
    String before = running.everything();
    for (int i = 2; i < row.length; i++) {
      Got got = send(row[0], row[1], row[i]);
      assertThat(got.status())
          .as(String.join(" ", row[0], row[1], row[i], got.body()))
          .isEqualTo(422);
      assertThat(got.code()).isIn("validation_error", "invalid_outcome", "invalid_agent_address");
      got.error();
    }
    assertThat(running.everything()).isEqualTo(before);
  }

  private static final List<String> TEXTS =
      List.of(
          "create intent_type",
          "create to_agent",
          "create from_agent",
          "create correlation_id",
          "create reply_to",
          "create deadline_at",
          "create escalate_to",
          "create idempotency_key",
          "create human_task.title",
          "create human_task.description",
          "create human_task.task_type",
          "resume action",
          "resume next_handler",
          "resume reason",
          "resume idempotency_key",
          "decide task_result.outcome",
          "decide task_result.comment",
          "decide outcome",
          "decide comment",
          "decide reason",
          "resolve status",
          "cancel reason",
          "controls reason",
          "policy reason",
          "policy envelope_patch.expires_at");

  @TestFactory
  List<DynamicTest> aTextWithNulOrOfEndlessLengthIs422() {
    List<DynamicTest> tests = new ArrayList<>();
    for (String text : TEXTS) {
      String[] row = text.split(" ", -1);
      tests.add(
          DynamicTest.dynamicTest(
              text,
              () ->
                  refused(
                      new String[] {
                        row[0], row[1], "\"a\\u0000b\"", "\"" + "x".repeat(3_000) + "\""
                      })));
    }
    for (String list : List.of("allowed_outcomes", "assignees")) {
      String field = "human_task." + list;
      String many = "[" + "\"x\",".repeat(20) + "\"x\"]";
      tests.add(
          DynamicTest.dynamicTest(
              "create " + field,
              () ->
                  refused(
                      new String[] {
                        "create", field, "[\"a\\u0000b\"]", "[\"" + "x".repeat(400) + "\"]", many
                      })));
    }
    return tests;
  }

  @Test
  void wordsOfThePayloadThatBecomeATitleDoNoHarm() {
    String id =
        running.create(
            "{\"intent_type\":\"human_approval\",\"payload\":{\"task\":\"Deploy\\u0000\\nnow\\u001b[2J "
                + "x".repeat(400)
                + "\"}}");

    String title = running.intent(id).at("/human_task/title").textValue();
    assertThat(title).startsWith("Deploy").hasSizeLessThanOrEqualTo(255);
    assertThat(title.chars()).noneMatch(Character::isISOControl);
    running.decide("/v1/intents/" + id + "/resume", "{\"approved\":true}").ok();
  }

  @Test
  void bothDeadlinesOrOneThatHasPassedAreRefused() {
    String later = Instant.now().plusSeconds(3_600).toString();
    String past = "{\"intent_type\":\"a.b.v1\",\"deadline_at\":\"%s\"%s}";

    running
        .post("/v1/intents", past.formatted(later, ",\"ttl_seconds\":60"))
        .refused(422, "validation_error");
    running
        .post("/v1/intents", past.formatted(Instant.now().minusSeconds(1), ""))
        .refused(422, "validation_error");
    running.post("/v1/intents", past.formatted(later, "")).ok();
  }

  @Test
  void aPastDeadlineOfARepeatedRequestIsNotLookedAtAgain() {
    String body =
        "{\"intent_type\":\"a.b.v1\",\"deadline_at\":\"%s\"}"
            .formatted(Instant.now().plusMillis(1_500));
    Got first = running.post("/v1/intents", body, "Idempotency-Key", "soon");
    String id = first.ok().path("intent_id").textValue();
    Got stream = running.stream("/v1/intents/" + id + "/events/stream?wait_seconds=20").join();
    assertThat(stream.frames().getLast().event()).isEqualTo("intent.timed_out");

    Got again = running.post("/v1/intents", body, "Idempotency-Key", "soon");

    assertThat(again.status()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(first.body());
  }
}
