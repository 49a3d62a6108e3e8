package dev.axme.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A person with a browser, asked by the steps of workflows. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebWorkflowTest {
  private static final String CHECK =
      "{\"step_id\":\"readiness_check\",\"tool_id\":\"tool.agent.task.v1\",\"assigned_to\":\"worker\"}";
  private static final String RELEASE = human("release_gate", "Release v2?", "");
  private static final String BUDGET =
      human(
          "budget_gate",
          "Spend the money?",
          ",\"form_schema\":{\"type\":\"object\",\"required\":[\"cost\"],"
              + "\"properties\":{\"cost\":{\"type\":\"integer\"}}}");
  private static final String DEPLOY =
      "{\"step_id\":\"deploy\",\"tool_id\":\"tool.agent.task.v1\",\"assigned_to\":\"worker\"}";

  private House house;
  private Browser owner;

  @BeforeAll
  void open(@TempDir Path data) {
    house = House.open(data);
    owner = house.owner();
  }

  @AfterAll
  void close() {
    house.close();
  }

  private static String human(String id, String title, String more) {
    return "{\"step_id\":\"%s\",\"runtime_type\":\"human_approval\",\"assigned_to\":\"boss\"%s,\"human_task\":{\"title\":\"%s\"%s}}"
        .formatted(id, id.equals("hasty_gate") ? ",\"step_deadline_seconds\":1" : "", title, more);
  }

  private String apply(String more, String... steps) {
    String body =
        """
        {"scenario_id":"release.run",
         "agents":[{"role":"worker","address":"%s"}],
         "humans":[{"role":"boss"}],
         "workflow":{"steps":[%s]},
         "intent":{"type":"release.run.v1","payload":{"version":"2.0","risk_level":"high"}%s}}
        """
            .formatted(house.agentAddress(), String.join(",", steps), more);
    return house.person("POST", "/v1/scenarios/apply", body).path("intent_id").textValue();
  }

  /** The agent reports on the step that is open. */
  private void report(String id, String result) {
    house.agent("POST", "/v1/intents/" + open(id) + "/resume", result);
  }

  /** The step-intent that somebody works on. */
  private String open(String id) {
    return steps(id).stream()
        .filter(s -> s.path("status").asText().equals("running"))
        .map(s -> s.path("intent_id").textValue())
        .findFirst()
        .orElseThrow();
  }

  private List<JsonNode> steps(String id) {
    return StreamSupport.stream(house.intent(id).path("steps").spliterator(), false).toList();
  }

  private Browser.Page page(String id) {
    return owner.get("/tasks/" + id);
  }

  private Map<String, String> decision(String id, String outcome) {
    return owner.decision(id, outcome, "");
  }

  private void decide(String id, String outcome) {
    assertThat(owner.post("/tasks/" + id, decision(id, outcome)).status()).isEqualTo(303);
  }

  @Test
  void aStepsQuestionIsShownWithWhatCameBefore() {
    String id = apply("", CHECK, RELEASE, BUDGET);
    report(id, "{\"action\":\"complete\",\"findings\":17,\"big\":9007199254740993}");

    String first = page(id).body();
    decide(id, "approved");
    String second = page(id).body();

    assertThat(first)
        .contains("Release v2?", "Release gate", "What came before", "Readiness check")
        .contains("Findings", ">17<", "9007199254740993", "Reported by");
    assertThat(second)
        .contains("Spend the money?", "Budget gate", "Findings", "Release gate", "by you")
        .contains("Approved");
  }

  @Test
  void anEarlierResultIsServedByteForByteToItsWorkspaceOnly() {
    String id = apply("", CHECK, RELEASE);
    report(id, "{\"action\":\"complete\",\"findings\":17}");

    String link =
        page(id).links().stream().filter(l -> l.contains("?result=")).findFirst().orElseThrow();
    Browser.Page result = owner.get(link);

    assertThat(result.body()).isEqualTo("{\"findings\":17}");
    assertThat(result.header("content-security-policy")).contains("sandbox");
    String nobodys = link.substring(0, link.length() - 64) + "0".repeat(64);
    assertThat(owner.get(nobodys).status()).isEqualTo(404);
    assertThat(owner.get(link.replace(id, house.askToDeploy())).status()).isEqualTo(404);
  }

  @Test
  void aResultThatIsTooLongForThePageIsSaidToBe() {
    String id = apply("", CHECK, RELEASE);
    StringBuilder many = new StringBuilder("{\"action\":\"complete\"");
    for (int i = 0; i < 700; i++) {
      many.append(",\"line_").append(i).append("\":").append(i);
    }
    report(id, many.append('}').toString());

    assertThat(page(id).body())
        .contains("300 values are not shown in this table", "also for what is not shown here");
  }

  @Test
  void afterTheDecisionThePageSaysWithWhomTheWorkGoesOn() {
    String id = apply("", RELEASE, DEPLOY);

    decide(id, "approved");

    assertThat(page(id).body())
        .contains("Approved", "by you", "The work goes on: ", "in the step “Deploy”")
        .doesNotContain("name=\"nonce\"");
    assertThat(owner.get("/tasks").body()).contains("/tasks/" + id, "Approved by you");
    report(id, "{\"action\":\"complete\"}");
    assertThat(page(id).body()).contains("Deploy: done by", "All of it is done");
  }

  @Test
  void aPageOfTheFirstStepNeverDecidesTheSecond() {
    String id = apply("", RELEASE, human("second_gate", "And now?", ""));
    Map<String, String> stale = decision(id, "approved");
    Map<String, String> first = decision(id, "approved");
    owner.post("/tasks/" + id, first);
    stale.put("comment", "Looks fine");

    Browser.Page late = owner.post("/tasks/" + id, stale);
    Browser.Page again = owner.post("/tasks/" + id, first);

    assertThat(late.status()).isEqualTo(409);
    assertThat(late.body()).contains("changed nothing", "next question", "And now?", "Looks fine");
    assertThat(again.status()).isEqualTo(303);
    assertThat(house.intent(id).path("status").textValue()).isEqualTo("WAITING");
    assertThat(house.intent(id).path("human_task").path("title").textValue()).isEqualTo("And now?");
  }

  @Test
  void aPageOfTheFirstStepDecidesNothingWhileAnAgentWorks() {
    String id = apply("", RELEASE, DEPLOY);
    Map<String, String> stale = decision(id, "rejected");
    decide(id, "approved");

    Browser.Page late = owner.post("/tasks/" + id, stale);

    assertThat(late.status()).isEqualTo(409);
    assertThat(late.body()).contains("changed nothing", "The work goes on");
    assertThat(house.intent(id).path("status").textValue()).isEqualTo("WAITING");
  }

  @Test
  void anExpiredStepSaysWhatFollowed() {
    String hasty = human("hasty_gate", "Quick?", "").replace("}}", "},\"on_failure\":\"deploy\"}");
    String id = apply("", hasty, DEPLOY);
    assertThat(page(id).body()).contains("goes on with “Deploy”");

    house.awaitEvent(id, "timed_out");

    assertThat(page(id).body())
        .contains("Nobody decided in time", "The work goes on: ", "nobody decided in time");
    assertThat(owner.get("/tasks").body()).contains("Expired");
  }

  @Test
  void aRejectionEndsTheWork() {
    String id = apply("", CHECK, RELEASE, DEPLOY);
    report(id, "{\"action\":\"complete\"}");

    decide(id, "rejected");

    assertThat(page(id).body()).contains("Rejected", "Nothing more is done", "Ended: rejected");
    assertThat(house.intent(id).path("status").textValue()).isEqualTo("FAILED");
  }

  @Test
  void listsNameTheStepAndHoldNoStepIntents() {
    String id = apply("", CHECK, RELEASE);
    String work = open(id);
    assertThat(owner.get("/tasks").body()).doesNotContain(work, id);
    assertThat(owner.get("/tasks/" + work).status()).isEqualTo(404);
    report(id, "{\"action\":\"complete\"}");

    assertThat(owner.get("/tasks").body()).contains(id, "step Release gate").doesNotContain(work);
    JsonNode task = mine(id);
    assertThat(task.path("step_id").textValue()).isEqualTo("release_gate");
    assertThat(task.path("human_task").path("title").textValue()).isEqualTo("Release v2?");
  }

  private JsonNode mine(String id) {
    JsonNode tasks = house.person("GET", "/v1/me/tasks?limit=200", "").path("tasks");
    return StreamSupport.stream(tasks.spliterator(), false)
        .filter(t -> t.path("intent_id").asText().equals(id))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theDeadlineIsTheEarlierOne() {
    String step =
        RELEASE.replace("\"human_task\"", "\"step_deadline_seconds\":7200,\"human_task\"");
    String early = apply(",\"deadline_seconds\":3600", step);
    String late = apply(",\"deadline_seconds\":172800", step);

    assertThat(page(early).body()).contains(due(early, "deadline_at"));
    assertThat(page(late).body())
        .contains(due(late, "due_at"))
        .doesNotContain(due(late, "deadline_at"));
  }

  private String due(String id, String field) {
    return "datetime=\"" + house.intent(id).path(field).textValue() + "\"";
  }

  @Test
  void aFormOfASecondStepIsCheckedAgainstItself() {
    String id = apply("", RELEASE, BUDGET);
    decide(id, "approved");
    Map<String, String> wrong = new LinkedHashMap<>(decision(id, "approved"));
    wrong.put("field.cost", "twelve");

    assertThat(owner.post("/tasks/" + id, wrong).status()).isEqualTo(422);
    Map<String, String> right = new LinkedHashMap<>(decision(id, "approved"));
    right.put("field.cost", "12");

    assertThat(owner.post("/tasks/" + id, right).status()).isEqualTo(303);
    assertThat(house.intent(id).path("result").path("steps").path("budget_gate").toString())
        .contains("\"cost\":12");
  }

  @Test
  void anAgentsInboxHoldsItsStepAndTheReplyGoesToWhoWantedIt() {
    String replies = "agent://examples/replies";
    String id = apply(",\"reply_to\":\"" + replies + "\"", CHECK, RELEASE);
    String work = open(id);

    JsonNode thread = house.agent("GET", "/v1/inbox/" + work, "").path("thread");
    report(id, "{\"action\":\"complete\",\"findings\":17}");
    decide(id, "approved");
    JsonNode reply =
        house.agent("GET", "/v1/inbox/" + id + "?owner_agent=" + replies, "").path("thread");

    assertThat(thread.path("status").textValue()).isEqualTo("pending");
    assertThat(thread.path("messages").get(0).path("content").textValue())
        .contains("\"parent_payload\":{\"version\":\"2.0\"", "\"step_id\":\"readiness_check\"");
    assertThat(reply.path("status").textValue()).isEqualTo("done");
    assertThat(reply.path("messages").get(0).path("content").textValue())
        .contains("\"findings\":17", "\"release_gate\":{\"status\":\"completed\"");
  }
}
