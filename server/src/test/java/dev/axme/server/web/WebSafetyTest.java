package dev.axme.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What must not work, and what must not be lost: sign-in, forged posts, scanners, outages. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebSafetyTest {
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

  @Test
  void withoutASessionAPageLeadsToTheWayIn() {
    String id = house.askToDeploy();

    Browser browser = house.browser();
    Browser.Page page = browser.get("/tasks/" + id);
    Browser.Page post =
        browser.post("/tasks/" + id, Map.of("outcome", "approved", "comment", "All fine"));

    assertThat(page.status()).isEqualTo(303);
    assertThat(page.header("location")).isEqualTo("/sign-in?next=/tasks/" + id);
    assertThat(post.status()).isEqualTo(401);
    assertThat(post.body()).contains("nothing was decided", "All fine", "axme sign-in");
    assertThat(post.header("set-cookie")).contains("axme_next=/tasks/" + id);
    assertThat(house.intent(id).path("status").textValue()).isEqualTo("WAITING");
  }

  @Test
  void lookingAtALinkUsesNothingUpAndPressingItsButtonDoes() {
    String link = house.ownersLink();
    Browser scanner = house.browser();
    scanner.get(link);
    scanner.send("HEAD", link, Map.of());

    Browser first = house.browser();
    Map<String, String> form = first.get(link).form("/sign-in/");
    Browser.Page in = first.post(link, form);
    Browser.Page second = house.browser().post(link, form);

    assertThat(in.status()).isEqualTo(303);
    assertThat(in.header("set-cookie"))
        .contains("axme_session=", "HttpOnly", "SameSite=Lax", "Path=/")
        .doesNotContain("Secure");
    assertThat(first.get("/tasks").status()).isEqualTo(200);
    assertThat(scanner.get("/tasks").status()).isEqualTo(303);
    assertThat(second.status()).isEqualTo(410);
    assertThat(house.browser().get(link).status()).isEqualTo(410);
    assertThat(first.post(link, form).header("location")).isEqualTo("/tasks");
  }

  @Test
  void signingInGoesOnToTheRequestThatWasAskedFor() {
    String id = house.askToDeploy();
    Browser browser = house.browser();
    browser.get(browser.get("/tasks/" + id).header("location"));
    String link = house.ownersLink();

    Browser.Page in = browser.post(link, browser.get(link).form("/sign-in/"));

    assertThat(in.header("location")).isEqualTo("/tasks/" + id);
  }

  @Test
  void signingInNeverLeadsToAnotherSite() {
    for (String evil : List.of("//evil.example", "https://evil.example", "/tasks/../sign-out")) {
      String link = house.ownersLink() + "?next=" + evil;
      Browser browser = house.browser();

      Browser.Page in = browser.post(link, browser.get(link).form("/sign-in/"));

      assertThat(in.header("location")).isEqualTo("/tasks");
    }
  }

  @Test
  void behindHttpsTheCookieTravelsOverNothingElse() {
    String link = house.ownersLink();
    Browser browser = house.browser().with("X-Forwarded-Proto", "https");

    Browser.Page in = browser.post(link, browser.get(link).form("/sign-in/"));

    assertThat(in.header("set-cookie")).contains("; Secure");
  }

  @Test
  void signingOutEndsTheSessionAndOnlyOurButtonDoes() {
    Browser browser = house.owner();
    Map<String, String> form = browser.get("/tasks").form("/sign-out");

    Browser.Page forged = browser.post("/sign-out", Map.of("csrf", "guessed"));
    Browser.Page stillIn = browser.get("/tasks");
    Browser.Page out = browser.post("/sign-out", form);

    assertThat(forged.status()).isEqualTo(403);
    assertThat(stillIn.status()).isEqualTo(200);
    assertThat(out.status()).isEqualTo(303);
    assertThat(out.header("set-cookie")).contains("Max-Age=0");
    assertThat(browser.get("/tasks").status()).isEqualTo(303);
  }

  @Test
  void aFormOfAnotherSessionDecidesNothing() {
    String id = house.askToDeploy();
    Map<String, String> form = house.owner().decision(id, "approved", "");

    Browser.Page answer = owner.post("/tasks/" + id, form);

    assertThat(answer.status()).isEqualTo(403);
    assertThat(house.intent(id).path("status").textValue()).isEqualTo("WAITING");
  }

  @Test
  void aPageOfAnotherSiteDecidesNothing() {
    String id = house.askToDeploy();
    Browser browser = house.owner();
    Map<String, String> form = browser.decision(id, "approved", "");

    Browser.Page answer = browser.with("Origin", "https://evil.example").post("/tasks/" + id, form);

    assertThat(answer.status()).isEqualTo(403);
    assertThat(house.intent(id).path("status").textValue()).isEqualTo("WAITING");
  }

  @Test
  void aNonceOfAnotherRequestDecidesNothingAndWhatWasTypedIsKept() {
    String id = house.askToDeploy();
    Map<String, String> form = owner.decision(id, "approved", "Take your time");
    form.put("nonce", owner.decision(house.askToDeploy(), "", "").getOrDefault("nonce", ""));

    Browser.Page answer = owner.post("/tasks/" + id, form);
    Map<String, String> again = answer.form("/tasks/" + id);
    again.putAll(Map.of("outcome", "approved", "comment", "Take your time"));

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.body()).contains("open for too long", "Take your time");
    assertThat(house.intent(id).path("status").textValue()).isEqualTo("WAITING");
    assertThat(owner.post("/tasks/" + id, again).status()).isEqualTo(303);
  }

  @Test
  void followingEveryLinkOfAPageChangesNothing() {
    String id = house.askToDeploy();
    int events = house.events(id);
    Browser.Page page = owner.get("/tasks/" + id);

    for (String link : page.links()) {
      assertThat(owner.get(link).status()).as(link).isEqualTo(200);
      assertThat(owner.send("HEAD", link, Map.of()).status()).as(link).isEqualTo(200);
    }

    assertThat(page.links()).contains("/tasks", "/tasks/" + id + "/payload");
    assertThat(owner.get("/sign-out").status()).isEqualTo(405);
    assertThat(house.events(id)).isEqualTo(events);
    assertThat(owner.get("/tasks/" + id).status()).isEqualTo(200);
  }

  @Test
  void everyPageCarriesTheHeadersThatKeepItSafe() {
    String id = house.askToDeploy();

    for (String path : List.of("/tasks", "/tasks/" + id, "/tasks/nothing", "/sign-in/nothing")) {
      Browser.Page page = owner.get(path);

      assertThat(page.header("content-security-policy")).contains("default-src 'none'");
      assertThat(page.header("referrer-policy")).isEqualTo("same-origin");
      assertThat(page.header("x-frame-options")).isEqualTo("DENY");
      assertThat(page.header("cache-control")).isEqualTo("no-store");
      assertThat(page.header("x-robots-tag")).isEqualTo("noindex, nofollow");
      assertThat(page.header("x-content-type-options")).isEqualTo("nosniff");
    }
  }

  @Test
  void filesAreKeptForEverUnderTheirVersionOnly() {
    Browser.Page page = house.browser().get("/sign-in");
    String sheet =
        page.links().stream().filter(l -> l.contains("style.css")).findFirst().orElseThrow();

    assertThat(owner.get(sheet).header("cache-control")).contains("immutable");
    assertThat(owner.get("/assets/style.css").header("cache-control")).isEqualTo("no-cache");
    assertThat(owner.get("/assets/nothing.css").status()).isEqualTo(404);
  }

  @Test
  void whenNothingCanBeSavedThePageKeepsWhatWasTypedAndARepeatCountsOnce() throws SQLException {
    String id = house.askToDeploy();
    Map<String, String> form = owner.decision(id, "approved", "Kept through the outage");

    Browser.Page away;
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + house.database());
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      away = owner.post("/tasks/" + id, form);
      statement.execute("ROLLBACK");
    }
    Map<String, String> again = away.form("/tasks/" + id);
    again.putAll(Map.of("outcome", "approved", "comment", "Kept through the outage"));
    Browser.Page repeated = owner.post("/tasks/" + id, again);

    assertThat(away.status()).isEqualTo(503);
    assertThat(away.body()).contains("cannot save right now", "Kept through the outage");
    assertThat(away.header("retry-after")).isNotEmpty();
    assertThat(again.get("nonce")).isEqualTo(form.get("nonce"));
    assertThat(repeated.status()).isEqualTo(303);
  }
}
