package dev.axme.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Somebody with a link and nothing else decides one question, once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LinkPageTest {
  private static final String GUEST = "ext@partner.example";

  private House house;
  private Browser owner;

  @BeforeAll
  void open(@TempDir Path data) {
    House.member(data, "mia@example.com");
    house = House.open(data);
    owner = house.owner();
  }

  @AfterAll
  void close() {
    house.close();
  }

  private Map<String, String> decision(Browser browser, String link, String outcome) {
    Map<String, String> form = new HashMap<>(browser.get(link).form(link));
    form.put("outcome", outcome);
    return form;
  }

  private String askRole() {
    return house.ask(
        """
        {"intent_type": "human_approval", "to_agent": "agent://approver",
         "payload": {"task": "Pay the invoice", "amount": 4711},
         "human_task": {"title": "Pay the invoice", "assignees": ["org_owner"]}}
        """);
  }

  @Test
  void anAddressThatNobodyKnowsDecidesUnderThatAddress() {
    String id = askRole();
    String link = house.link(id, GUEST);
    Browser browser = house.browser();

    Browser.Page page = browser.get(link);
    Browser.Page posted = browser.post(link, decision(browser, link, "approved"));

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body())
        .contains("Pay the invoice", "4711", "Show raw", "History", "You answer as", GUEST)
        .doesNotContain("/sign-out", "href=\"/tasks\"", "action=\"/theme\"", "<script");
    assertThat(posted.status()).isEqualTo(303);
    assertThat(posted.header("location")).isEqualTo(link);
    assertThat(browser.get(link).body())
        .contains("Approved", "by you")
        .doesNotContain("name=\"nonce\"");
    assertThat(house.intent(id).path("status").textValue()).isEqualTo("COMPLETED");
    assertThat(house.intent(id).path("result").path("decided_by").toString()).contains(GUEST);
    assertThat(owner.get("/tasks/" + id).body()).contains("Approved", "by " + GUEST);
    assertThat(posted.header("set-cookie") + page.header("set-cookie")).isEmpty();
  }

  @Test
  void aPersonOfTheWorkspaceDecidesInTheirOwnNameWhateverBrowserItIs() {
    String id = askRole();
    String link = house.link(id, "Mia@Example.com");

    Browser.Page page = owner.get(link);
    Browser.Page posted = owner.post(link, decision(owner, link, "rejected"));

    assertThat(page.body()).contains("You answer as", ">mia<").doesNotContain("Owner<");
    assertThat(posted.status()).isEqualTo(303);
    assertThat(owner.get("/tasks/" + id).body()).contains("Rejected", "by mia");
  }

  @Test
  void lookingDecidesNothingHoweverOftenAndHowever() {
    String id = askRole();
    String link = house.link(id, GUEST);
    int events = house.events(id);
    Browser scanner = house.browser();

    for (int i = 0; i < 3; i++) {
      for (String path : scanner.get(link).links()) {
        assertThat(scanner.get(path).status()).as(path).isEqualTo(200);
        assertThat(scanner.send("HEAD", path, Map.of()).status()).as(path).isEqualTo(200);
      }
      assertThat(scanner.send("HEAD", link, Map.of()).body()).isEmpty();
      assertThat(scanner.get(link + "?outcome=approved").status()).isEqualTo(200);
    }

    assertThat(scanner.get(link).links()).contains(link + "/payload");
    assertThat(scanner.get(link + "/payload").body()).contains("\"amount\":4711");
    assertThat(scanner.send("PUT", link, Map.of()).status()).isEqualTo(405);
    assertThat(house.events(id)).isEqualTo(events);
    assertThat(house.intent(id).path("status").textValue()).isEqualTo("WAITING");
  }

  @Test
  void everyPageOfALinkTellsNobodyWhereItIs() {
    String id = askRole();
    String link = house.link(id, GUEST);

    for (String path : List.of(link, link + "/payload", "/t/broken", link + "/payload?result=x")) {
      Browser.Page page = house.browser().get(path);

      assertThat(page.header("referrer-policy")).as(path).isEqualTo("no-referrer");
      assertThat(page.header("x-robots-tag")).isEqualTo("noindex, nofollow");
      assertThat(page.header("cache-control")).isEqualTo("no-store");
      assertThat(page.header("content-security-policy"))
          .contains("default-src 'none'", "frame-ancestors 'none'");
      assertThat(page.header("x-frame-options")).isEqualTo("DENY");
      assertThat(page.header("x-content-type-options")).isEqualTo("nosniff");
      assertThat(page.body()).doesNotContain("same-origin");
    }
  }

  @Test
  void aFormWithoutAnOriginIsTakenAndAnotherSitesIsNot() {
    String link = house.link(askRole(), GUEST);
    Browser browser = house.browser();
    Map<String, String> form = decision(browser, link, "approved");

    Browser.Page forged = house.browser().with("Origin", "https://evil.example").post(link, form);
    Browser.Page sent = house.browser().with("Origin", "null").post(link, form);

    assertThat(forged.status()).isEqualTo(403);
    assertThat(sent.status()).isEqualTo(303);
    assertThat(owner.with("Accept", "text/html").get(link).body()).contains("Approved");
    assertThat(house.owner().with("Origin", "null").post("/tasks/x", form).status()).isEqualTo(403);
  }

  @Test
  void ofTwoWhoClickAtTheSameMomentOneDecidesAndTheOtherIsTold() throws Exception {
    String id = askRole();
    List<Callable<Browser.Page>> clicks = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String link = house.link(id, "guest" + i + "@partner.example");
      Browser browser = house.browser();
      Map<String, String> form = decision(browser, link, i % 2 == 0 ? "approved" : "rejected");
      form.put("comment", "From guest " + i);
      clicks.add(() -> browser.post(link, form));
    }

    List<Browser.Page> answers = new ArrayList<>();
    try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Browser.Page> answer : workers.invokeAll(clicks)) {
        answers.add(answer.get());
      }
    }

    assertThat(answers).filteredOn(a -> a.status() == 303).hasSize(1);
    assertThat(answers)
        .filteredOn(a -> a.status() == 409)
        .hasSize(7)
        .allSatisfy(
            a -> assertThat(a.body()).contains("changed nothing", "From guest", "by guest"));
  }

  @Test
  void aLateClickIsToldWhoDecidedAndKeepsItsComment() {
    String id = askRole();
    String link = house.link(id, GUEST);
    Browser browser = house.browser();
    Map<String, String> form = decision(browser, link, "approved");
    form.put("comment", "I had checked it");
    house.person(
        "POST", "/v1/intents/" + id + "/resume", "{\"task_result\": {\"outcome\": \"rejected\"}}");

    Browser.Page late = browser.post(link, form);
    Browser.Page page = browser.get(link);

    assertThat(late.status()).isEqualTo(409);
    assertThat(late.body()).contains("changed nothing", "I had checked it", "Rejected", "by Owner");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body()).contains("Rejected", "by Owner").doesNotContain("name=\"nonce\"");
  }

  @Test
  void aRequestThatWasTakenBackSaysSo() {
    String id = askRole();
    String link = house.link(id, GUEST);
    Browser browser = house.browser();
    Map<String, String> form = decision(browser, link, "approved");
    house.agent(
        "POST",
        "/v1/intents/" + id + "/resolve",
        "{\"status\": \"CANCELED\", \"reason\": \"Paid by card\"}");

    Browser.Page late = browser.post(link, form);

    assertThat(late.status()).isEqualTo(409);
    assertThat(browser.get(link).body())
        .contains("Taken back", "Canceled", "by agent", "Paid by card", "nothing left to decide");
  }

  @Test
  void aRequestThatRanOutOfTimeSaysSo() {
    String id = askRole();
    String link = house.link(id, GUEST);
    Browser browser = house.browser();
    Map<String, String> form = decision(browser, link, "approved");
    house.agent(
        "POST",
        "/v1/intents/" + id + "/controls",
        "{\"controls_patch\": {\"timeout_seconds\": 1}}");
    house.awaitEnd(id);

    Browser.Page late = browser.post(link, form);

    assertThat(late.status()).isEqualTo(409);
    assertThat(browser.get(link).body()).contains("Nobody decided in time", "Expired");
    assertThat(house.intent(id).path("status").textValue()).isEqualTo("TIMED_OUT");
  }

  @Test
  void aLinkNeverLeadsOnToTheNextQuestion() {
    String id = twoQuestions();
    String first = house.link(id, GUEST);
    Browser browser = house.browser();
    Map<String, String> stale = decision(browser, first, "approved");
    stale.put("comment", "Still me");
    Map<String, String> quick = decision(browser, first, "approved");
    quick.put("comment", "First things first");

    assertThat(browser.post(first, quick).status()).isEqualTo(303);
    Browser.Page late = browser.post(first, stale);
    Browser.Page again = browser.post(first, quick);
    Browser.Page page = browser.get(first);

    assertThat(late.status()).isEqualTo(409);
    assertThat(late.body()).contains("changed nothing", "Still me");
    assertThat(again.status()).isEqualTo(303);
    for (Browser.Page shown : List.of(late, page)) {
      assertThat(shown.body())
          .contains("First question?", "by you", "The work went on")
          .doesNotContain("Second question?", "Second gate", "name=\"nonce\"");
    }
    assertThat(house.intent(id).path("human_task").path("title").textValue())
        .isEqualTo("Second question?");
    assertThat(house.intent(id).path("status").textValue()).isEqualTo("WAITING");
  }

  @Test
  void aNonceOfTheNextQuestionDoesNotServeForTheFirst() {
    String id = twoQuestions();
    String first = house.link(id, GUEST);
    Browser browser = house.browser();
    browser.post(first, decision(browser, first, "approved"));
    String second = house.link(id, GUEST);
    Map<String, String> form = decision(browser, second, "approved");

    Browser.Page crossed = browser.post(first, form);

    assertThat(second).isNotEqualTo(first);
    assertThat(crossed.status()).isEqualTo(409);
    assertThat(house.intent(id).path("status").textValue()).isEqualTo("WAITING");
    assertThat(browser.post(second, form).status()).isEqualTo(303);
    assertThat(house.intent(id).path("status").textValue()).isEqualTo("COMPLETED");
  }

  @Test
  void linksThatWereTakenBackOpenNothingAndNewOnesDo() {
    String id = askRole();
    String old = house.link(id, GUEST);
    Browser browser = house.browser();
    Map<String, String> form = decision(browser, old, "approved");

    house.person("POST", "/v1/intents/" + id + "/links/revoke", "");
    Browser.Page page = browser.get(old);
    Browser.Page posted = browser.post(old, form);
    Browser.Page payload = browser.get(old + "/payload");
    String fresh = house.link(id, GUEST, 1);

    for (Browser.Page none : List.of(page, posted, payload)) {
      assertThat(none.status()).isEqualTo(410);
      assertThat(none.body())
          .contains("This link was taken back", "Owner took it back today")
          .doesNotContain("Pay the invoice", "4711", GUEST);
    }
    assertThat(house.intent(id).path("status").textValue()).isEqualTo("WAITING");
    assertThat(browser.post(fresh, decision(browser, fresh, "approved")).status()).isEqualTo(303);
  }

  @Test
  void thatALinkWasOpenedIsNotedOnceForEachAddress() {
    String id = askRole();
    String first = house.link(id, GUEST);
    String second = house.link(id, "mia@example.com");
    house.browser().send("HEAD", first, Map.of());
    assertThat(seen(id)).isEmpty();

    for (int i = 0; i < 3; i++) {
      house.browser().get(first);
      house.browser().get(second);
      house.browser().get(first + "/payload");
    }
    house.browser().post(second, decision(house.browser(), second, "approved"));
    house.browser().get(first);

    assertThat(seen(id)).containsExactlyInAnyOrder(GUEST, "mia@example.com");
  }

  private List<String> seen(String id) {
    String log =
        house.database(
            "SELECT group_concat(events, '\n') FROM log WHERE root_id = x'%s'"
                .formatted(id.replace("-", "")));
    return Pattern.compile("\"to\":\"([^\"]*)\"},\"fate\":\\{\"type\":\"seen\"")
        .matcher(log)
        .results()
        .map(m -> m.group(1))
        .toList();
  }

  private String twoQuestions() {
    String step =
        "{\"step_id\":\"%s\",\"runtime_type\":\"human_approval\",\"assigned_to\":\"boss\","
            + "\"human_task\":{\"title\":\"%s\"}}";
    String steps =
        String.join(
            ",",
            step.formatted("first_gate", "First question?"),
            step.formatted("second_gate", "Second question?"));
    return house
        .person(
            "POST",
            "/v1/scenarios/apply",
            """
            {"scenario_id":"gates.run","humans":[{"role":"boss"}],
             "workflow":{"steps":[%s]},"intent":{"type":"gates.run.v1","payload":{"n":1}}}
            """
                .formatted(steps))
        .path("intent_id")
        .textValue();
  }
}
