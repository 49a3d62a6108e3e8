package dev.axme.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Human tasks: how they come about, who sees them, how they are decided (section 6). */
class ProtocolApprovalTest {
  @TempDir private static Path data;
  private static Running running;
  private static String ann;

  @BeforeAll
  static void start() {
    running = Running.start(data);
    ann =
        running
            .decide(
                "/v1/people",
                "{\"email\":\"ann@example.com\",\"name\":\"Ann\",\"role\":\"finance\"}")
            .ok()
            .path("login_key")
            .textValue();
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  private static Got decide(String key, String id, String body) {
    return running.send("POST", "/v1/intents/" + id + "/resume", key, body);
  }

  private static String task(String task) {
    return running.create("{\"intent_type\":\"human.x\",\"human_task\":" + task + "}");
  }

  private static List<String> tasks(String key, String query) {
    List<String> ids = new ArrayList<>();
    running
        .send("GET", "/v1/me/tasks?limit=200&" + query, key, "")
        .ok()
        .path("tasks")
        .forEach(t -> ids.add(t.path("intent_id").textValue()));
    return ids;
  }

  @Test
  void theShortestApprovalSaysYesInDataAndResult() {
    Got sent =
        running.post(
            "/v1/intents",
            "{\"intent_type\":\"human_approval\",\"to_agent\":\"agent://approver\",\"payload\":"
                + "{\"task\":\"Deploy model v2.3 to production\",\"risk_level\":\"high\"}}");
    String id = sent.ok().path("intent_id").textValue();
    assertThat(sent.json().path("status").textValue()).isEqualTo("WAITING");
    assertThat(sent.json().path("warnings").toString()).contains("everybody who may decide");

    decide(running.login(), id, "{\"task_result\":{\"outcome\":\"approved\",\"comment\":\"ok\"}}")
        .ok();

    List<JsonNode> events = running.events(id);
    assertThat(events.get(4).path("event_type").textValue()).isEqualTo("intent.in_progress");
    assertThat(events.get(4).path("actor").textValue()).isEqualTo("owner@localhost");
    JsonNode last = events.getLast();
    assertThat(last.path("event_type").textValue()).isEqualTo("intent.completed");
    for (JsonNode result :
        List.of(last.path("data"), last.path("result"), running.intent(id).path("result"))) {
      assertThat(result.path("approved").booleanValue()).isTrue();
      assertThat(result.path("outcome").textValue()).isEqualTo("approved");
      assertThat(result.path("comment").textValue()).isEqualTo("ok");
      assertThat(result.path("decided_by").textValue()).isEqualTo("owner@localhost");
      assertThat(result.path("decided_at").textValue()).endsWith("Z");
    }
  }

  @Test
  void aRejectionFailsWithItsReasonAndSaysNoInData() {
    String id = running.ask();

    decide(running.login(), id, "{\"task_result\":{\"outcome\":\"rejected\",\"comment\":\"no\"}}")
        .ok();

    JsonNode last = running.events(id).getLast();
    assertThat(last.path("event_type").textValue()).isEqualTo("intent.failed");
    assertThat(last.at("/details/reason").textValue()).isEqualTo("rejected");
    assertThat(last.at("/data/approved").booleanValue()).isFalse();
    assertThat(last.at("/data/approved").isBoolean()).isTrue();
    assertThat(running.intent(id).path("reason").textValue()).isEqualTo("rejected");
  }

  @Test
  void everyWayToSayYesIsUnderstood() {
    for (String body :
        List.of(
            "{\"task_result\":{\"outcome\":\"approved\"}}",
            "{\"task_result\":{\"outcome\":\"APPROVED\"}}",
            "{\"task_result\":{\"decision\":\"approved\"}}",
            "{\"task_result\":{\"approved\":true}}",
            "{\"outcome\":\"approved\",\"task_result\":{\"approved\":true}}",
            "{\"outcome\":\"approved\",\"task_result\":{\"outcome\":\"rejected\"}}",
            "{\"approved\":true}",
            "{\"approve_current_step\":true,\"reason\":\"fine\"}")) {
      String id = running.ask();
      decide(running.login(), id, body).ok();
      assertThat(running.intent(id).at("/result/approved").booleanValue()).as(body).isTrue();
    }
  }

  @Test
  void whatMakesAnIntentAHumanTask() {
    for (String body :
        List.of(
            "{\"intent_type\":\"human_approval\"}",
            "{\"intent_type\":\"human_approval.v1\"}",
            "{\"intent_type\":\"human.review.v2\"}",
            "{\"intent_type\":\"a.b.v1\",\"to_agent\":\"ann@example.com\"}",
            "{\"intent_type\":\"a.b.v1\",\"to_agent\":\"agent://finance\"}",
            "{\"intent_type\":\"a.b.v1\",\"to_agent\":\"agent\",\"human_task\":{}}")) {
      assertThat(running.intent(running.create(body)).path("status").textValue())
          .as(body)
          .isEqualTo("WAITING");
    }
    assertThat(
            running.intent(running.create("{\"type\":\"humane.v1\"}")).path("status").textValue())
        .isEqualTo("DELIVERED");
  }

  @Test
  void theTitleIsThePayloadsOwnWords() {
    assertThat(title("{\"intent_type\":\"human_approval\",\"title\":\"A\",\"task\":\"B\"}"))
        .isEqualTo("A");
    assertThat(title("{\"intent_type\":\"human_approval\",\"summary\":\"C\"}")).isEqualTo("C");
    assertThat(title("{\"intent_type\":\"human.check_refund.v1\"}"))
        .isEqualTo("Human check refund");
    assertThat(title("{\"intent_type\":\"a.b.v1\",\"human_task\":{}}"))
        .isEqualTo("Human approval required");
    assertThat(
            title("{\"intent_type\":\"a.b.v1\",\"human_task\":{\"title\":\"D\"},\"title\":\"E\"}"))
        .isEqualTo("D");
  }

  private static String title(String body) {
    return running.intent(running.create(body)).at("/human_task/title").textValue();
  }

  @Test
  void theTypeSaysWhichAnswersThereAre() {
    assertThat(outcomes("confirmation")).isEqualTo("[\"confirmed\",\"denied\"]");
    assertThat(outcomes("review")).isEqualTo("[\"approved\",\"changes_requested\",\"rejected\"]");
    assertThat(outcomes("assignment")).isEqualTo("[\"assigned\",\"declined\"]");
    assertThat(outcomes("form")).isEqualTo("[\"submitted\",\"approved\",\"rejected\"]");
    assertThat(outcomes("clarification")).isEqualTo("[\"provided\",\"declined\"]");
    assertThat(outcomes("manual_action")).isEqualTo("[\"completed\",\"failed\"]");
    assertThat(outcomes("override")).isEqualTo("[\"override_approved\",\"rejected\"]");
    assertThat(outcomes("never_heard_of")).isEqualTo("[\"approved\",\"rejected\"]");
  }

  private static String outcomes(String type) {
    return running
        .intent(task("{\"task_type\":\"" + type + "\"}"))
        .at("/human_task/allowed_outcomes")
        .toString();
  }

  @Test
  void theGenericWordsMapToTheListsOwn() {
    String given = task("{\"allowed_outcomes\":[\"ship\",\"hold\",\"declined\"]}");
    decide(running.login(), given, "{\"task_result\":{\"outcome\":\"approved\"}}").ok();
    String denied = task("{\"allowed_outcomes\":[\"ship\",\"declined\"]}");
    decide(running.login(), denied, "{\"task_result\":{\"outcome\":\"rejected\"}}").ok();
    String deferred = task("{\"allowed_outcomes\":[\"ship\",\"deferred\"]}");
    decide(running.login(), deferred, "{\"task_result\":{\"outcome\":\"Deferred\"}}").ok();

    assertThat(running.intent(given).at("/result/outcome").textValue()).isEqualTo("ship");
    assertThat(running.intent(denied).at("/result/outcome").textValue()).isEqualTo("declined");
    assertThat(running.intent(denied).path("status").textValue()).isEqualTo("FAILED");
    assertThat(running.intent(deferred).at("/result/outcome").textValue()).isEqualTo("deferred");
    assertThat(running.intent(deferred).path("status").textValue()).isEqualTo("COMPLETED");
  }

  @Test
  void noFieldOfADecisionIsDropped() {
    String id = running.ask();

    decide(
            running.login(),
            id,
            "{\"task_result\":{\"outcome\":\"approved\",\"a\":1,\"data\":{\"b\":[2]},\"c\":null},"
                + "\"d\":9007199254740993}")
        .ok();

    ObjectNode result = (ObjectNode) running.intent(id).path("result");
    assertThat(result.path("a").intValue()).isEqualTo(1);
    assertThat(result.path("b").toString()).isEqualTo("[2]");
    assertThat(result.has("c")).isTrue();
    assertThat(result.path("d").toString()).isEqualTo("9007199254740993");
  }

  @Test
  void onlyWhoIsAskedOrAnAdminDecides() {
    String annsOwn = task("{\"assignees\":[\"ann@example.com\"]}");
    String roles = task("{\"assignees\":[\"finance\"]}");
    String others = task("{\"assignees\":[\"bob@example.com\"]}");
    String anybodys = running.ask();

    assertThat(tasks(ann, "")).contains(annsOwn, roles, anybodys).doesNotContain(others);
    assertThat(tasks(running.login(), "")).contains(annsOwn, roles, anybodys, others);
    decide(ann, others, "{\"approved\":true}").refused(403, "forbidden");
    decide(ann, annsOwn, "{\"approved\":true}").ok();
    decide(ann, roles, "{\"approved\":false}").ok();
    decide(running.login(), others, "{\"approved\":true}").ok();

    assertThat(tasks(ann, "")).doesNotContain(annsOwn, roles);
    assertThat(tasks(ann, "status=ended")).contains(annsOwn, roles);
    assertThat(running.intent(annsOwn).at("/result/decided_by").textValue())
        .isEqualTo("ann@example.com");
  }

  @Test
  void theListOfTasksNamesWhatATerminalPrints() {
    String id = running.ask();

    JsonNode tasks = running.send("GET", "/v1/me/tasks?limit=200", running.login(), "").ok();

    for (JsonNode task : tasks.path("tasks")) {
      if (task.path("intent_id").textValue().equals(id)) {
        assertThat(task.path("intent_type").textValue()).isEqualTo("human_approval");
        assertThat(task.path("status").textValue()).isEqualTo("WAITING");
        assertThat(task.at("/human_task/title").textValue()).startsWith("Deploy model");
        assertThat(task.path("assigned_at").textValue()).endsWith("Z");
        return;
      }
    }
    assertThat(tasks.toString()).contains(id);
  }

  @Test
  void whatWasShownIsWhatWasApproved() {
    String id = running.ask();
    String digest = running.intent(id).at("/human_task/request_digest").textValue();

    decide(running.login(), id, "{\"approved\":true}").ok();

    assertThat(digest).matches("[0-9a-f]{64}");
    assertThat(running.intent(id).at("/result/request_digest").textValue()).isEqualTo(digest);
  }

  @Test
  void whoDecidesWhatTheyAskedForThemselvesIsMarked() {
    String id =
        running
            .decide("/v1/intents", "{\"intent_type\":\"human_approval\"}")
            .ok()
            .path("intent_id")
            .textValue();

    decide(running.login(), id, "{\"approved\":true}").ok();

    assertThat(running.intent(id).at("/result/self_approved").booleanValue()).isTrue();
  }

  @Test
  void aPersonMayFinishAnyWaitingPlainIntent() {
    String id = running.mail();

    decide(running.login(), id, "{\"task_result\":{\"outcome\":\"approved\"}}").ok();

    assertThat(running.intent(id).path("status").textValue()).isEqualTo("COMPLETED");
    assertThat(running.intent(id).at("/result/approved").booleanValue()).isTrue();
  }
}
