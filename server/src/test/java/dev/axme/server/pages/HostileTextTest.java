package dev.axme.server.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.server.pages.TaskView.Answer;
import dev.axme.server.pages.TaskView.Deadline;
import dev.axme.server.pages.TaskView.Standing;
import dev.axme.server.pages.TaskView.Subject;
import dev.axme.server.pages.TaskView.Tokens;
import dev.axme.server.pages.TaskView.Typed;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Puts one hostile text into every place that an agent controls. */
class HostileTextTest {

  private static final Pages PAGES = new Pages();

  private static List<String> pagesWith(String evil) {
    ObjectNode payload = JsonNodeFactory.instance.objectNode().put(evil, evil).put("risk", evil);
    payload.putObject("group").put(evil, evil);
    payload.putArray("list").add(evil).add(evil);
    payload.putArray("grid").addObject().put(evil, evil);
    payload.putObject("change").put("before", evil).put("after", evil + "x");
    payload.putObject("move").put("from", evil).put("to", evil);
    payload.put("patch", "@@\n+" + evil).put("long", evil.repeat(2 + 400 / evil.length()));
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    ObjectNode properties = schema.putObject("properties");
    properties.putObject(evil).put("title", evil).put("description", evil).put("default", evil);
    properties.putObject("pick").putArray("enum").add(evil).add("b");
    properties.putObject("many").put("type", "array").putObject("items").putArray("enum").add(evil);
    Question question =
        new Question(evil, List.of(evil, "approved"), new Question.Demands(true, true), schema);
    Map<String, List<String>> post =
        Map.of("comment", List.of(evil), "field." + evil, List.of(evil), "evidence", List.of(evil));
    List<FieldError> errors = List.of(new FieldError(evil, evil), new FieldError("comment", evil));
    Standing open =
        new Standing.MayDecide("/tasks/1", new Tokens(evil, evil), new Typed(post, errors));
    Standing ended = new Standing.Decided(evil, evil, Samples.NOW, new Answer(evil, payload));
    return List.of(
        PAGES.task(view(evil, question, payload, open)),
        PAGES.task(view(evil, question, payload, ended)),
        PAGES.task(view(evil, question, payload, new Standing.Canceled(evil, Samples.NOW, evil))),
        PAGES.task(view(evil, question, payload, new Standing.MayLook(evil))),
        PAGES.tasks(list(evil)),
        PAGES.signIn(new SignInView(Samples.NOBODY, evil, Notice.tooLate(evil))),
        PAGES.confirmSignIn(new ConfirmSignInView(Samples.NOBODY, evil, "/s", evil, Samples.NOW)),
        PAGES.message(MessageView.broken(Samples.MAYA, evil)));
  }

  private static TaskView view(
      String evil, Question question, ObjectNode payload, Standing standing) {
    Frame frame =
        new Frame(Samples.NOW, Samples.MAYA.zone(), Theme.SYSTEM, new Frame.Viewer(evil, 1, null));
    return new TaskView(
        frame,
        evil,
        Headline.of(evil, evil),
        question,
        new Subject(payload, evil, evil, null),
        new Deadline(Samples.ASKED, Samples.DUE, evil),
        List.of(
            HistoryLine.asked(evil, Samples.ASKED), HistoryLine.decided(evil, evil, Samples.NOW)),
        standing,
        new TaskView.Course(evil, List.of(earlier(evil, payload)), evil),
        Notice.tooLate(evil));
  }

  private static EarlierStep earlier(String evil, ObjectNode payload) {
    EarlierStep.Decision decision = new EarlierStep.Decision(evil, evil);
    return new EarlierStep(evil, evil, Samples.NOW, decision, payload, "/tasks/1/payload?result=2");
  }

  private static TaskListView list(String evil) {
    TaskListView.Subject subject = new TaskListView.Subject("/tasks/1", evil, evil);
    TaskListView.Ending ending = TaskListView.Ending.decided(evil);
    return new TaskListView(
        Samples.MAYA,
        1,
        List.of(new TaskListView.Open(subject, evil, null, Samples.ASKED, null)),
        List.of(new TaskListView.Ended(subject, ending, evil, Samples.NOW)),
        null);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "\"><svg onload=alert(1)>",
        "' autofocus onfocus='alert(1)",
        "\" onmouseover=\"alert(1)",
        "</textarea><script>alert(1)</script>",
        "</title><script>alert(1)</script>",
        "</option></select><script>alert(1)</script>",
        "<style>*{display:none}</style>",
        "<!-- ",
        "&lt;script&gt;",
        "<meta http-equiv=refresh content='0;url=//evil.example'>"
      })
  void markupStaysText(String evil) {
    for (String page : pagesWith(evil)) {
      String lower = page.toLowerCase(Locale.ROOT);
      assertThat(lower).doesNotContain("<script", "<img", "<style", "<meta http-equiv", "<!-- ");
      assertThat(Html.attributes(page)).noneMatch(a -> a.startsWith("on"));
      assertThat(Html.balanced(page)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,<b>",
        "//evil.example"
      })
  void noAddressOfAnAgentBecomesALink(String evil) {
    for (String page : pagesWith(evil)) {
      assertThat(Html.values(page, "href")).allMatch(h -> h.matches("(/[^/].*|#.*)"));
      assertThat(Html.values(page, "action")).allMatch(a -> a.startsWith("/"));
    }
  }

  @Test
  void aLinkTellsItsTargetNothing() {
    ObjectNode payload =
        JsonNodeFactory.instance.objectNode().put("a", "https://example.com/?a=1&b=2");

    assertThat(PAGES.task(Samples.about(payload)))
        .contains(
            "<a href=\"https://example.com/?a=1&amp;b=2\" rel=\"noopener noreferrer nofollow\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u202e", "\u2066", "\u200b", "\u0000", "\u001b", "\ufeff", "\u2028", "\ud800", "\u00ad"
      })
  void hiddenCharactersAreNamed(String hidden) {
    String name = String.format(Locale.ROOT, "[U+%04X]", hidden.codePointAt(0));

    for (String page : pagesWith("pay" + hidden + "lol")) {
      assertThat(page).contains("pay" + name + "lol").doesNotContain(hidden);
    }
  }

  @Test
  void tagCharactersThatSpellSecretTextAreNamed() {
    assertThat(Visible.of("ok\udb40\udc41")).isEqualTo("ok[U+E0041]");
  }

  @Test
  void otherScriptsAndEmojiStay() {
    String fine = "Привет мир, 你好, \ud83d\udc69\u200d\ud83d\udcbb, می\u200cخواهم, é ✓";

    assertThat(Visible.of(fine)).isSameAs(fine);
  }

  @Test
  void aJoinerBehindPlainLettersIsNamed() {
    assertThat(Visible.of("approve\u200d")).isEqualTo("approve[U+200D]");
  }

  @Test
  void endlessWordsAreCutWhereTheyWouldBreakThePage() {
    for (String page : pagesWith("W".repeat(20_000))) {
      assertThat(page.length()).isLessThan(800_000);
    }
    assertThat(Headline.of("a".repeat(9_000), "b".repeat(9_000))).hasSizeLessThan(300);
  }
}
