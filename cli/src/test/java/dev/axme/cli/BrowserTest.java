package dev.axme.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.axme.sdk.AxmeClient;
import dev.axme.sdk.IntentRequest;
import dev.axme.sdk.Result;
import dev.axme.server.Server;
import dev.axme.server.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A person decides with a real browser: Chromium, if this machine has it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrowserTest {
  private Optional<Server> server = Optional.empty();
  private Optional<Playwright> playwright = Optional.empty();
  private Optional<Browser> browser = Optional.empty();
  private final List<String> complaints = new ArrayList<>();

  @BeforeAll
  void open(@TempDir Path data) {
    Path chromium = chromium();
    server =
        Optional.of(
            Server.start(
                Settings.parse(List.of("--data", data.toString(), "--port", "0"), Map.of())));
    playwright =
        Optional.of(
            Playwright.create(
                new Playwright.CreateOptions()
                    .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))));
    browser =
        Optional.of(
            playwright
                .get()
                .chromium()
                .launch(
                    new LaunchOptions()
                        .setExecutablePath(chromium)
                        .setHeadless(true)
                        .setArgs(List.of("--no-sandbox"))));
  }

  private static Path chromium() {
    Optional<Path> found =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
            .flatMap(f -> Stream.of("chromium", "chromium-browser").map(Path.of(f)::resolve))
            .filter(Files::isExecutable)
            .findFirst();
    if (found.isEmpty() && "1".equals(System.getenv("AXME_CI_NO_SKIP"))) {
      throw new AssertionError("Expected chromium on this machine: install it");
    }
    assumeTrue(found.isPresent(), "chromium is not installed");
    return found.orElseThrow();
  }

  @AfterAll
  void close() {
    playwright.ifPresent(Playwright::close);
    server.ifPresent(Server::close);
  }

  @Test
  void aPersonSignsInOpensTheRequestAndRejectsItWithAComment() {
    UUID id = ask("Deploy model v2.3 to production");
    Page page = page(1280, ColorScheme.LIGHT);

    signIn(page);
    page.getByRole(AriaRole.LINK, named("Deploy model v2.3 to production")).first().click();
    page.getByLabel("Comment").fill("Not before the holidays");
    press(page, "Reject");

    assertThat(page.url()).endsWith("/tasks/" + id);
    assertThat(page.textContent("main"))
        .contains("Rejected", "by you", "Not before the holidays")
        .doesNotContain("Approve");
    assertThat(agent().waitFor(id, Duration.ofSeconds(10)))
        .hasValueSatisfying(result -> assertThat(result).isInstanceOf(Result.Rejected.class));
    assertThat(complaints).isEmpty();
  }

  @Test
  void aSecondTabThatAnswersOtherwiseChangesNothingAndLosesNoComment() {
    UUID id = ask("Delete the old cluster");
    Page first = page(1280, ColorScheme.LIGHT);
    signIn(first);
    open(first, id);
    Page second = first.context().newPage();
    open(second, id);
    press(first, "Approve");

    second.getByLabel("Comment").fill("Wait, it is still in use");
    press(second, "Reject");

    assertThat(second.textContent("main"))
        .contains("changed nothing", "Approved", "by you", "Wait, it is still in use");
  }

  @Test
  void onAPhoneNothingIsWiderThanTheScreen() {
    UUID id = ask("Send the quarterly report to a-very-long-address@subsidiary.example.com");
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      Page page = page(360, scheme);
      signIn(page);
      assertThat(overflow(page)).isZero();
      open(page, id);
      assertThat(overflow(page)).isZero();
      assertThat(page.getByRole(AriaRole.BUTTON, button("Approve")).isVisible()).isTrue();
    }
    assertThat(complaints).isEmpty();
  }

  @Test
  void eachQuestionOfAWorkflowShowsWhatCameBeforeItAlsoOnAPhone() {
    UUID id = release();
    agent().complete(id, Map.of("tests_passed", 412, "report", "x".repeat(900)));
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      Page phone = page(360, scheme);
      signIn(phone);
      assertThat(phone.textContent("main")).contains("step Release gate");
      open(phone, id);
      assertThat(overflow(phone)).isZero();
      assertThat(phone.textContent("#came-1")).isEqualTo("Readiness check");
    }
    Page page = page(1280, ColorScheme.LIGHT);
    signIn(page);
    open(page, id);
    Page old = page.context().newPage();
    open(old, id);

    page.getByLabel("Comment").fill("The tests are green");
    press(page, "Approve");
    press(old, "Reject");

    assertThat(page.textContent("main"))
        .contains("Is the window free?", "Release gate", "by you", "The tests are green");
    assertThat(old.textContent("main")).contains("changed nothing", "Is the window free?");
    press(page, "Approve");
    assertThat(page.textContent("main")).contains("The work goes on", "in the step “Deploy”");
    assertThat(complaints).isEmpty();
  }

  /** A workflow: an agent checks, two people are asked, an agent deploys. */
  private UUID release() {
    String agent = running().credentials().orElseThrow().agentAddress();
    return agent()
        .scenarios()
        .apply(
            Map.of(
                "scenario_id", "release.run",
                "agents", List.of(Map.of("role", "worker", "address", agent)),
                "humans", List.of(Map.of("role", "boss")),
                "workflow",
                    Map.of(
                        "steps",
                        List.of(
                            step("readiness_check", "worker"),
                            asks("release_gate", "Release version 2.0?"),
                            asks("window_gate", "Is the window free?"),
                            step("deploy", "worker"))),
                "intent", Map.of("type", "release.run.v1", "payload", Map.of("version", "2.0"))))
        .intentId();
  }

  private static Map<String, Object> step(String id, String who) {
    return Map.of("step_id", id, "tool_id", "tool.agent.task.v1", "assigned_to", who);
  }

  private static Map<String, Object> asks(String id, String title) {
    return Map.of(
        "step_id",
        id,
        "runtime_type",
        "human_approval",
        "assigned_to",
        "boss",
        "human_task",
        Map.of("title", title));
  }

  @Test
  void theSwitchBeatsTheSystemAndIsRemembered() {
    Page page = page(360, ColorScheme.DARK);
    page.navigate(running().baseUrl() + "/sign-in");
    String dark = ground(page);

    press(page, "System theme. Change to light");

    String light = ground(page);
    assertThat(light).isNotEqualTo(dark);
    assertThat(page.url()).endsWith("/sign-in");
    signIn(page);
    assertThat(ground(page)).isEqualTo(light);
    assertThat(overflow(page)).isZero();
    press(page, "Light theme. Change to dark");
    assertThat(page.url()).endsWith("/tasks");
    assertThat(ground(page)).isEqualTo(dark);
    press(page, "Dark theme. Change to system");
    assertThat(ground(page)).isEqualTo(dark);
    assertThat(complaints).isEmpty();
  }

  private static String ground(Page page) {
    return (String) page.evaluate("() => getComputedStyle(document.body).backgroundColor");
  }

  private static int overflow(Page page) {
    Object pixels =
        page.evaluate(
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
    return ((Number) pixels).intValue();
  }

  private Server running() {
    return server.orElseThrow();
  }

  private AxmeClient agent() {
    return AxmeClient.builder()
        .baseUrl(running().baseUrl())
        .apiKey(running().credentials().orElseThrow().agentApiKey())
        .build();
  }

  private UUID ask(String task) {
    return agent()
        .send(IntentRequest.approval(task).payload("risk_level", "high").build())
        .intentId();
  }

  /** A browser that knows nothing yet; what it complains of is kept. */
  private Page page(int width, ColorScheme scheme) {
    Page page =
        browser
            .orElseThrow()
            .newContext(
                new Browser.NewContextOptions().setViewportSize(width, 900).setColorScheme(scheme))
            .newPage();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") && !message.text().contains("409")) {
            complaints.add(message.text());
          }
        });
    page.onPageError(complaints::add);
    return page;
  }

  private void signIn(Page page) {
    page.navigate(running().signInUrl());
    press(page, "Sign in on this device");
    assertThat(page.url()).endsWith("/tasks");
  }

  private void open(Page page, UUID id) {
    page.navigate(running().baseUrl() + "/tasks/" + id);
  }

  private static void press(Page page, String words) {
    page.getByRole(AriaRole.BUTTON, button(words)).click();
    page.waitForLoadState();
  }

  private static Page.GetByRoleOptions button(String words) {
    return named(words).setExact(true);
  }

  private static Page.GetByRoleOptions named(String words) {
    return new Page.GetByRoleOptions().setName(words);
  }
}
