package dev.axme.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The switch between light and dark, as a browser without script presses it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ThemesTest {
  private House house;

  @BeforeAll
  void open(@TempDir Path data) {
    house = House.open(data);
  }

  @AfterAll
  void close() {
    house.close();
  }

  @Test
  void untilSomebodyChoosesTheSystemDecides() {
    String page = house.browser().get("/sign-in").body();

    assertThat(page)
        .contains("<html lang=\"en\">", "content=\"light dark\"", "value=\"light\"")
        .doesNotContain("data-theme");
  }

  @Test
  void aChoiceIsRememberedOnEveryPageAndTakenBack() {
    String id = house.askToDeploy();
    Browser owner = house.owner();

    Browser.Page chosen = choose(owner, "dark");

    assertThat(chosen.status()).isEqualTo(303);
    assertThat(chosen.header("set-cookie"))
        .contains("axme_theme=dark", "Path=/", "HttpOnly", "SameSite=Lax", "Max-Age=31536000");
    String link = house.ownersLink();
    for (String path : List.of("/tasks", "/tasks/" + id, "/tasks/none", link, "/no/such/page")) {
      assertThat(owner.get(path).body())
          .as(path)
          .contains("<html lang=\"en\" data-theme=\"dark\">", "content=\"dark\"")
          .contains("name=\"theme\" value=\"system\"");
    }
    assertThat(choose(owner, "system").header("set-cookie")).contains("Max-Age=0");
    assertThat(owner.get("/tasks").body()).doesNotContain("data-theme");
  }

  @Test
  void theSwitchLeadsBackToItsPage() {
    Browser browser = house.browser();
    for (String path :
        List.of(
            "/tasks",
            "/tasks?after=abc%3D.1~2",
            "/tasks/0198c0de-7a11-7000-8000-000000000001",
            "/sign-in?next=/tasks/1",
            "/sign-in/secret_-1")) {
      Browser.Page chosen = choose(browser.with("Referer", "http://localhost" + path), "light");
      assertThat(chosen.header("location")).isEqualTo(path);
    }
  }

  @Test
  void theSwitchLeadsNowhereElse() {
    Browser browser = house.browser();
    for (String referer :
        List.of(
            "https://evil.example",
            "https://evil.example/tasks",
            "https://evil.example//evil.example/tasks",
            "https://evil.example/tasks/../sign-out",
            "https://evil.example/tasks//evil.example",
            "https://evil.example/tasks.evil.example",
            "//evil.example/tasks",
            "javascript:alert(1)",
            "/tasks\\evil",
            "http://localhost/v1/intents",
            "%")) {
      Browser.Page chosen = choose(browser.with("Referer", referer), "light");
      assertThat(chosen.header("location")).as(referer).isEqualTo("/tasks");
    }
  }

  @Test
  void anotherSitesPageSwitchesNothing() {
    Browser.Page forged = choose(house.browser().with("Origin", "https://evil.example"), "dark");

    assertThat(forged.status()).isEqualTo(403);
    assertThat(forged.header("set-cookie")).isEmpty();
  }

  @Test
  void whatIsNoThemeIsRefusedAndInACookieIgnored() {
    Browser browser = house.browser();
    Browser.Page pink = choose(browser, "pink\"><script>");
    Browser.Page none = browser.post("/theme", Map.of());

    assertThat(pink.status()).isEqualTo(400);
    assertThat(none.status()).isEqualTo(400);
    assertThat(pink.header("set-cookie")).isEmpty();
    assertThat(browser.get("/theme").status()).isEqualTo(405);
    Browser odd = house.browser().with("Cookie", "axme_theme=\"><script>");
    assertThat(odd.get("/sign-in").body()).doesNotContain("<script", "data-theme");
  }

  private static Browser.Page choose(Browser browser, String theme) {
    return browser.post("/theme", Map.of("theme", theme));
  }
}
