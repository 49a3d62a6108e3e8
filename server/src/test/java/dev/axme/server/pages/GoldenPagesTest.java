package dev.axme.server.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.server.pages.TaskView.Standing;
import dev.axme.server.pages.TaskView.Typed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pins the main pages, byte for byte; {@code -Dgolden.update} rewrites them after a wanted change.
 */
class GoldenPagesTest {

  private static final Path GOLDEN = Path.of("src/test/resources/golden/pages");
  private static final Pages PAGES = new Pages();

  record Page(String name, String html) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Page> pages() {
    return List.of(
        new Page("task-open", PAGES.task(Samples.deploy(Samples.mayDecide(), null))),
        new Page("task-look", PAGES.task(Samples.deploy(look(), null))),
        new Page(
            "task-approved",
            PAGES.task(
                Samples.deploy(approved(), Notice.done("You approved it. The agent goes on.")))),
        new Page(
            "task-rejected-late",
            PAGES.task(Samples.deploy(rejected(), Notice.tooLate("fine for me")))),
        new Page(
            "task-expired",
            PAGES.task(Samples.deploy(new Standing.Expired(Samples.NOW.minusSeconds(90)), null))),
        new Page("task-canceled", PAGES.task(Samples.deploy(canceled(), null))),
        new Page("task-step", PAGES.task(Samples.step(Samples.mayDecide(), ""))),
        new Page("task-step-approved", PAGES.task(Samples.step(approved(), goesOn()))),
        new Page(
            "task-step-expired",
            PAGES.task(Samples.step(new Standing.Expired(Samples.NOW.minusSeconds(9)), goesOn()))),
        new Page("task-form", PAGES.task(Samples.form(Typed.NOTHING))),
        new Page("task-form-errors", PAGES.task(Samples.form(wrong()))),
        new Page("link-open", PAGES.task(byLink(Samples.deploy(linkMay(), null)))),
        new Page("link-decided", PAGES.task(byLink(Samples.deploy(rejected(), null)))),
        new Page("link-revoked", PAGES.message(linkRevoked())),
        new Page("tasks", PAGES.tasks(Samples.list())),
        new Page("tasks-empty", PAGES.tasks(empty())),
        new Page("sign-in", PAGES.signIn(new SignInView(Samples.NOBODY, "axme sign-in", null))),
        new Page("confirm", PAGES.confirmSignIn(confirm())),
        new Page("not-found", PAGES.message(MessageView.notFound(Samples.MAYA))),
        new Page("link-used", PAGES.message(MessageView.linkUsed(Samples.NOBODY))));
  }

  private static Standing linkMay() {
    return new Standing.MayDecide("/t/token-1", new TaskView.Tokens("", "nonce-1"), Typed.NOTHING);
  }

  private static TaskView byLink(TaskView view) {
    return new TaskView(
        view.frame().of(new Frame.Guest("ext@partner.example")),
        view.intentId(),
        view.headline(),
        view.question(),
        view.subject(),
        view.deadline(),
        view.history(),
        view.standing(),
        view.course(),
        view.notice());
  }

  private static MessageView linkRevoked() {
    return MessageView.linkRevoked(
        Samples.NOBODY.of(Frame.Guest.NOBODY), "Maya", Samples.NOW.minusSeconds(90));
  }

  private static Standing look() {
    return new Standing.MayLook(
        "Jonas decides this one. You can see it because you run the workspace.");
  }

  private static String goesOn() {
    return "The work goes on: deploy-agent has it now, in the step “Deploy”.";
  }

  private static Standing approved() {
    return Samples.decided(
        "approved", "Watch the error rate.", "{\"percent\": 50, \"notify\": true}");
  }

  private static Standing rejected() {
    return Samples.decided("rejected", "", "{}");
  }

  private static Standing canceled() {
    return new Standing.Canceled(
        "deploy-agent", Samples.NOW.minus(Duration.ofHours(3)), "v2.4 is out");
  }

  private static Typed wrong() {
    Map<String, List<String>> post =
        Map.of(
            "outcome", List.of("submitted"),
            "comment", List.of(""),
            "field.budget", List.of("twelve"),
            "field.region", List.of("us-east-1"),
            "field.tags", List.of("gpu\nnight"),
            "field.limits", List.of("{\"cpu\": "));
    PostedDecision posted = DecisionForm.of(Question.of(Samples.json(Samples.FORM))).parse(post);
    return new Typed(post, posted.errors());
  }

  private static TaskListView empty() {
    Frame frame =
        new Frame(
            Samples.NOW, Samples.MAYA.zone(), Theme.SYSTEM, new Frame.Viewer("Maya", 0, null));
    return new TaskListView(frame, 0, List.of(), List.of(), null);
  }

  private static ConfirmSignInView confirm() {
    return new ConfirmSignInView(
        Samples.NOBODY, "Maya", "/sign-in", "one-time-token", Samples.NOW.plusSeconds(900));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pages")
  void aPageReadsAsItDidWhenSomebodyLooked(Page page) throws IOException {
    Path file = GOLDEN.resolve(page.name() + ".html");
    String actual = page.html().replaceAll("[?]v=[0-9a-f]{12}", "");
    if (System.getProperty("golden.update") != null) {
      Files.createDirectories(GOLDEN);
      Files.writeString(file, actual);
    }

    assertThat(actual).isEqualTo(Files.readString(file));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pages")
  void aPageNeedsNoScriptAndNoInlineStyle(Page page) {
    assertThat(page.html().toLowerCase(Locale.ROOT))
        .doesNotContain("<script", " style=", "<style", "javascript:")
        .doesNotContainPattern("\\son[a-z]+=");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pages")
  void aPageUsesEachIdOnce(Page page) {
    List<String> ids =
        Pattern.compile(" id=\"([^\"]+)\"")
            .matcher(page.html())
            .results()
            .map(m -> m.group(1))
            .toList();

    assertThat(ids).doesNotHaveDuplicates();
  }
}
