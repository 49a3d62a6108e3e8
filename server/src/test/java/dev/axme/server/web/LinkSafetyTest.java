package dev.axme.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Links that are no good, forms that are no good, and what nobody may learn from either. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LinkSafetyTest {
  private static final String GUEST = "ext@partner.example";

  private House house;

  @BeforeAll
  void open(@TempDir Path data) {
    house = House.open(data);
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

  private String status(String id) {
    return house.intent(id).path("status").textValue();
  }

  @Test
  void aLinkThatIsNoGoodSaysTheSameWhateverIsWrong() {
    String id = house.askToDeploy();
    String link = house.link(id, GUEST);
    String nothing =
        "/t/" + link.substring(3).chars().mapToObj(c -> "A").reduce("", String::concat);
    char last = link.charAt(link.length() - 1);
    String forged = link.substring(0, link.length() - 1) + (last == 'x' ? 'y' : 'x');

    String expected = house.browser().get("/t/x").body();
    for (String bad :
        List.of(
            "/t/x",
            nothing,
            forged,
            link.substring(0, link.length() - 1),
            link.substring(0, 20),
            link + "A",
            link + "%3D",
            "/t/" + "A".repeat(5_000),
            "/t/" + id,
            "/t/..%2Ftasks")) {
      Browser.Page page = house.browser().get(bad);
      Browser.Page post = house.browser().post(bad, Map.of("outcome", "approved"));
      Browser.Page payload = house.browser().get(bad + "/payload");

      assertThat(page.status()).as(bad).isEqualTo(404);
      assertThat(page.body()).as(bad).isEqualTo(expected);
      assertThat(post.status()).as(bad).isEqualTo(404);
      assertThat(post.body()).as(bad).isEqualTo(expected);
      assertThat(payload.status()).as(bad).isEqualTo(404);
    }
    assertThat(expected).contains("This link does not work").doesNotContain("Deploy", "/tasks");
    assertThat(status(id)).isEqualTo("WAITING");
  }

  @Test
  void aLinkOfAnotherServerIsNoGoodHere(@TempDir Path data) {
    try (House other = House.open(data)) {
      String id = house.askToDeploy();
      String theirs = other.link(other.askToDeploy(), GUEST);

      assertThat(other.browser().get(theirs).status()).isEqualTo(200);
      assertThat(house.browser().get(theirs).status()).isEqualTo(404);
      assertThat(house.browser().post(theirs, Map.of("outcome", "approved")).status())
          .isEqualTo(404);
      assertThat(status(id)).isEqualTo("WAITING");
    }
  }

  @Test
  void aPostWithoutThePagesNonceDecidesNothingAndKeepsWhatWasTyped() {
    String id = house.askToDeploy();
    String link = house.link(id, GUEST);
    Browser browser = house.browser();
    String other = decision(browser, house.link(house.askToDeploy(), GUEST), "").get("nonce");
    String others = decision(browser, house.link(id, "b@partner.example"), "").get("nonce");
    String signedIn = house.owner().decision(id, "approved", "").get("nonce");

    for (String nonce : List.of("", "guessed", other, others, signedIn)) {
      Browser.Page page =
          browser.post(
              link, Map.of("outcome", "approved", "comment", "All <fine>", "nonce", nonce));

      assertThat(page.status()).isEqualTo(409);
      assertThat(page.body()).contains("nothing was decided", "All &lt;fine&gt;");
      assertThat(status(id)).isEqualTo("WAITING");
    }
    Browser.Page bare = browser.post(link, Map.of());
    assertThat(bare.status()).isEqualTo(409);
    assertThat(status(id)).isEqualTo("WAITING");
  }

  @Test
  void aSecondClickOnTheSamePageCountsOnce() {
    String id = house.askToDeploy();
    String link = house.link(id, GUEST);
    Browser browser = house.browser();
    Map<String, String> form = decision(browser, link, "approved");

    Browser.Page first = browser.post(link, form);
    int events = house.events(id);
    Browser.Page second = browser.post(link, form);
    form.put("outcome", "rejected");
    Browser.Page other = browser.post(link, form);

    assertThat(first.status()).isEqualTo(303);
    assertThat(second.status()).isEqualTo(303);
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.body()).contains("changed nothing", "Approved", "by you");
    assertThat(house.events(id)).isEqualTo(events);
  }

  @Test
  void mistakesInTheFormStandBesideTheFieldsAndWhatWasTypedIsKept() {
    String id =
        house.ask(
            """
            {"intent_type": "human_approval", "to_agent": "agent://approver",
             "payload": {"task": "Order chairs"},
             "human_task": {"title": "Order chairs", "task_type": "form", "required_comment": true,
               "form_schema": {"type": "object", "required": ["count", "colour"],
                 "properties": {"count": {"type": "integer", "minimum": 1},
                   "colour": {"type": "string", "enum": ["red", "blue"]}}}}}
            """);
    String link = house.link(id, GUEST);
    Browser browser = house.browser();
    Map<String, String> wrong = decision(browser, link, "submitted");
    wrong.putAll(Map.of("field.count", "-3", "field.colour", "blue", "comment", "For the office"));

    Browser.Page page = browser.post(link, wrong);
    Map<String, String> right = new HashMap<>(page.form(link));
    right.putAll(
        Map.of(
            "outcome",
            "submitted",
            "field.count",
            "3",
            "field.colour",
            "blue",
            "comment",
            "For us"));
    Browser.Page done = browser.post(link, right);

    assertThat(page.status()).isEqualTo(422);
    assertThat(page.header("referrer-policy")).isEqualTo("no-referrer");
    assertThat(page.body())
        .contains(
            "aria-invalid=\"true\"", "value=\"-3\"", "For the office", "What you typed is kept")
        .containsPattern("value=\"blue\"\\s+selected|value=\"blue\" checked");
    assertThat(done.status()).isEqualTo(303);
    assertThat(house.intent(id).path("result").path("count").intValue()).isEqualTo(3);
  }

  @Test
  void aHugeBodyDecidesNothing() {
    String id = house.askToDeploy();
    String link = house.link(id, GUEST);
    Browser browser = house.browser();
    Map<String, String> form = decision(browser, link, "approved");
    form.put("comment", "x".repeat(1_100_000));
    Map<String, String> larger = new HashMap<>(form);
    larger.put("comment", "x".repeat(3_000_000));

    assertThat(browser.post(link, form).status()).isBetween(413, 422);
    assertThat(browser.post(link, larger).status()).isEqualTo(413);
    assertThat(status(id)).isEqualTo("WAITING");
  }

  @Test
  void aWeekAfterTheEndALinkTellsNothingMore() {
    String id = house.askToDeploy();
    String link = house.link(id, GUEST);
    Browser browser = house.browser();
    browser.post(link, decision(browser, link, "approved"));
    long week = 7L * 24 * 3600 * 1_000_000;

    house.database("UPDATE log SET at = at - " + (week - 60_000_000));
    Browser.Page before = browser.get(link);
    house.database("UPDATE log SET at = at - 61000000");
    Browser.Page after = browser.get(link);

    assertThat(before.status()).isEqualTo(200);
    assertThat(after.status()).isEqualTo(410);
    assertThat(after.body()).contains("too old").doesNotContain("Deploy", GUEST);
    assertThat(browser.get(link + "/payload").status()).isEqualTo(410);
    assertThat(browser.post(link, Map.of()).status()).isEqualTo(410);
  }

  @Test
  void noLinkIsEverLoggedNotEvenWhenItsPageBreaks() {
    List<String> lines = new CopyOnWriteArrayList<>();
    Handler handler = listener(lines);
    Logger.getLogger("").addHandler(handler);
    try {
      String id = house.askToDeploy();
      String link = house.link(id, GUEST);
      Browser browser = house.browser();
      Map<String, String> form = decision(browser, link, "approved");
      house.database("DELETE FROM payloads");

      assertThat(browser.get(link).status()).isEqualTo(500);
      assertThat(browser.post(link, form).status()).isEqualTo(500);

      assertThat(lines).anyMatch(l -> l.contains("GET /t/…"));
      assertThat(lines).noneMatch(l -> l.contains(link.substring(3, 40)));
    } finally {
      Logger.getLogger("").removeHandler(handler);
    }
  }

  private static Handler listener(List<String> lines) {
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            lines.add(getFormatter().format(line));
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    handler.setFormatter(new SimpleFormatter());
    return handler;
  }

  @Test
  void whoTriesTooManyIsToldWhenToComeBack(@TempDir Path data) {
    try (House busy = House.open(data)) {
      String link = busy.link(busy.askToDeploy(), GUEST);
      Browser browser = busy.browser();
      Browser.Page page = browser.get("/t/guess");
      for (int i = 0; i < 400 && page.status() == 404; i++) {
        page = browser.get("/t/guess" + i);
      }

      assertThat(page.status()).isEqualTo(429);
      assertThat(Integer.parseInt(page.header("retry-after"))).isBetween(1, 60);
      assertThat(page.body()).contains("Too many");
      assertThat(browser.with("X-Forwarded-For", "203.0.113.9").get(link).status()).isEqualTo(429);
      assertThat(browser.get("/sign-in").status()).isEqualTo(200);
    }
  }
}
