package dev.axme.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A person with a browser: looks at what waits and decides. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebFlowTest {
  private House house;
  private Browser owner;
  private Browser member;
  private Browser stranger;

  @BeforeAll
  void open(@TempDir Path data) {
    String membersLink = House.member(data, "mia@example.com");
    String strangersLink = House.stranger(data, "sam@elsewhere.example");
    house = House.open(data);
    owner = house.owner();
    member = house.browser().signIn(membersLink);
    stranger = house.browser().signIn(strangersLink);
  }

  @AfterAll
  void close() {
    house.close();
  }

  @Test
  void whatWaitsIsListedWithWhoAsksAndHowRiskyItIs() {
    String id = house.askToDeploy();

    Browser.Page list = owner.get("/tasks");

    assertThat(list.status()).isEqualTo(200);
    assertThat(list.body())
        .contains("/tasks/" + id, "Deploy model v2.3 to production", "agent", "High");
    assertThat(owner.get("/").header("location")).isEqualTo("/tasks");
  }

  @Test
  void theListGoesOnWhereAPageEnds() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      ids.add(house.askToDeploy());
    }

    Browser.Page first = owner.get("/tasks");
    String next =
        first.links().stream().filter(l -> l.startsWith("/tasks?after=")).findFirst().orElseThrow();

    assertThat(first.body()).contains(ids.getLast()).doesNotContain(ids.getFirst());
    assertThat(owner.get(next).body()).contains(ids.getFirst()).doesNotContain(ids.getLast());
    assertThat(owner.get("/tasks?after=elsewhere").status()).isEqualTo(400);
  }

  @Test
  void approvingShowsWhoDecidedAndTheAgentHearsIt() {
    String id = house.askToDeploy();

    Browser.Page answer = owner.post("/tasks/" + id, owner.decision(id, "approved", "Go ahead"));

    assertThat(answer.status()).isEqualTo(303);
    assertThat(answer.header("location")).isEqualTo("/tasks/" + id);
    assertThat(owner.get("/tasks/" + id).body())
        .contains("Approved", "by you", "Go ahead")
        .doesNotContain("<form method=\"post\" action=\"/tasks/");
    assertThat(member.get("/tasks/" + id).body()).contains("by Owner");
    assertThat(house.intent(id).path("status").textValue()).isEqualTo("COMPLETED");
    assertThat(house.intent(id).path("result").path("comment").textValue()).isEqualTo("Go ahead");
    assertThat(owner.get("/tasks").body()).contains("Approved by you");
  }

  @Test
  void aSecondPostOfTheSamePageDoesNotDecideTwice() {
    String id = house.askToDeploy();
    Map<String, String> form = owner.decision(id, "rejected", "Not on a Friday");
    owner.post("/tasks/" + id, form);
    int events = house.events(id);

    Browser.Page second = owner.post("/tasks/" + id, form);

    assertThat(second.status()).isEqualTo(303);
    assertThat(house.events(id)).isEqualTo(events);
  }

  @Test
  void anotherAnswerFromAUsedPageChangesNothing() {
    String id = house.askToDeploy();
    Map<String, String> form = owner.decision(id, "rejected", "");
    owner.post("/tasks/" + id, form);
    form.put("outcome", "approved");
    form.put("comment", "On second thought");

    Browser.Page second = owner.post("/tasks/" + id, form);

    assertThat(second.status()).isEqualTo(409);
    assertThat(second.body()).contains("changed nothing", "On second thought", "Rejected");
    assertThat(house.intent(id).path("status").textValue()).isEqualTo("FAILED");
  }

  @Test
  void aDecisionMadeElsewhereMeanwhileIsShownAndTheCommentKept() {
    String id = house.askToDeploy();
    Map<String, String> form = owner.decision(id, "approved", "Looks good to me");
    house.person(
        "POST", "/v1/intents/" + id + "/resume", "{\"task_result\": {\"outcome\": \"rejected\"}}");

    Browser.Page answer = owner.post("/tasks/" + id, form);

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.body()).contains("changed nothing", "Looks good to me", "Rejected", "by you");
  }

  @Test
  void anExpiredRequestSaysSoToWhoeverComesLate() {
    String id =
        house.ask(
            """
            {"intent_type": "human_approval", "to_agent": "agent://approver", "ttl_seconds": 1,
             "payload": {"task": "Quick one"}}
            """);
    Map<String, String> form = owner.decision(id, "approved", "Still in time?");
    house.awaitEnd(id);

    Browser.Page answer = owner.post("/tasks/" + id, form);

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.body()).contains("Nobody decided in time", "Still in time?");
    assertThat(owner.get("/tasks/" + id).body()).contains("Expired");
    assertThat(owner.get("/tasks").body()).contains("Expired");
  }

  @Test
  void aRequestThatWasTakenBackSaysByWhomAndWhy() {
    String id = house.askToDeploy();
    Map<String, String> form = owner.decision(id, "approved", "");
    house.agent(
        "POST",
        "/v1/intents/" + id + "/resolve",
        "{\"status\": \"CANCELED\", \"reason\": \"The model was withdrawn\"}");

    Browser.Page answer = owner.post("/tasks/" + id, form);

    assertThat(answer.status()).isEqualTo(409);
    assertThat(owner.get("/tasks/" + id).body())
        .contains("Taken back", "by agent", "The model was withdrawn");
  }

  @Test
  void aFormComesBackWithItsErrorsAndEverythingThatWasTyped() {
    String id = askForServers();
    Map<String, String> form = servers(id, "many", "");

    Browser.Page mistyped = owner.post("/tasks/" + id, form);
    form.putAll(Map.of("comment", "Within the plan", "field.budget", "400"));
    Browser.Page right = owner.post("/tasks/" + id, form);

    assertThat(mistyped.status()).isEqualTo(422);
    assertThat(mistyped.body())
        .contains("many", "eu-west-1", "field-1-error", "this request needs one");
    assertThat(right.status()).isEqualTo(303);
    assertThat(house.intent(id).path("result").path("budget").intValue()).isEqualTo(400);
    assertThat(owner.get("/tasks/" + id).body()).contains("400", "Within the plan");
  }

  @Test
  void anAnswerThatTheFormForbidsComesBackToo() {
    String id = askForServers();

    Browser.Page tooMuch = owner.post("/tasks/" + id, servers(id, "900", "Within the plan"));

    assertThat(tooMuch.status()).isEqualTo(422);
    assertThat(tooMuch.body()).contains("900", "Within the plan", "field-1-error");
    assertThat(house.intent(id).path("status").textValue()).isEqualTo("WAITING");
  }

  private String askForServers() {
    return house.ask(
        """
        {"intent_type": "human_approval", "to_agent": "agent://approver",
         "payload": {"task": "Order servers"},
         "human_task": {"title": "Order servers", "task_type": "form", "required_comment": true,
           "allowed_outcomes": ["submitted", "rejected"],
           "form_schema": {"type": "object", "required": ["budget", "region"],
             "properties": {"budget": {"type": "integer", "maximum": 500},
                            "region": {"type": "string"}}}}}
        """);
  }

  private Map<String, String> servers(String id, String budget, String comment) {
    Map<String, String> form = owner.decision(id, "submitted", comment);
    form.putAll(Map.of("field.budget", budget, "field.region", "eu-west-1"));
    return form;
  }

  @Test
  void aCommentThatIsTooLongIsKeptAndNamed() {
    String id = house.askToDeploy();
    String comment = "long ".repeat(401).strip();

    Browser.Page answer = owner.post("/tasks/" + id, owner.decision(id, "approved", comment));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.body()).contains("comment-error", comment);
    assertThat(house.intent(id).path("status").textValue()).isEqualTo("WAITING");
  }

  @Test
  void onlyThoseToWhomItIsGivenDecideAndOthersMayLook() {
    String id =
        house.ask(
            """
            {"intent_type": "human_approval", "to_agent": "agent://approver",
             "payload": {"task": "Deploy"},
             "human_task": {"title": "Deploy", "assignees": ["owner@localhost"]}}
            """);
    Map<String, String> form = owner.decision(id, "approved", "");
    form.put("csrf", member.get("/tasks").form("/sign-out").getOrDefault("csrf", ""));

    Browser.Page page = member.get("/tasks/" + id);
    Browser.Page answer = member.post("/tasks/" + id, form);

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body()).contains("given to other people").doesNotContain("name=\"nonce\"");
    assertThat(answer.status()).isEqualTo(403);
    assertThat(house.intent(id).path("status").textValue()).isEqualTo("WAITING");
  }

  @Test
  void anotherWorkspacesRequestIsNotThere() {
    String id = house.askToDeploy();
    Map<String, String> form = owner.decision(id, "approved", "");
    form.put("csrf", stranger.get("/tasks").form("/sign-out").getOrDefault("csrf", ""));

    assertThat(stranger.get("/tasks").body()).doesNotContain("Deploy model");
    assertThat(stranger.get("/tasks/" + id).status()).isEqualTo(404);
    assertThat(stranger.get("/tasks/" + id + "/payload").status()).isEqualTo(404);
    assertThat(stranger.post("/tasks/" + id, form).status()).isEqualTo(404);
    assertThat(house.intent(id).path("status").textValue()).isEqualTo("WAITING");
  }

  @Test
  void whatIsNoRequestIsNotFound() {
    assertThat(owner.get("/tasks/1-1-1-1-1").status()).isEqualTo(404);
    assertThat(owner.get("/tasks/deploy").status()).isEqualTo(404);
    assertThat(owner.get("/nothing/here").status()).isEqualTo(404);
    assertThat(owner.get("/nothing/here").body()).contains("There is nothing here");
  }

  @Test
  void thePayloadIsServedAsItWasSentAndNeverRuns() {
    String id = house.askToDeploy();

    Browser.Page payload = owner.get("/tasks/" + id + "/payload");

    assertThat(payload.body())
        .isEqualTo("{\"task\":\"Deploy model v2.3 to production\",\"risk_level\":\"high\"}");
    assertThat(payload.header("content-type")).startsWith("application/json");
    assertThat(payload.header("x-content-type-options")).isEqualTo("nosniff");
    assertThat(payload.header("content-security-policy")).contains("sandbox");
    assertThat(payload.header("cache-control")).isEqualTo("no-store");
  }
}
