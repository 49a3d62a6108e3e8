package dev.axme.server.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.server.pages.MailView.Door;
import dev.axme.server.pages.MailView.Standing;
import dev.axme.server.pages.MailView.Subject;
import dev.axme.server.pages.TaskView.Deadline;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Puts one hostile text into every place of a mail that an agent controls. */
class HostileMailsTest {
  private static final Mails MAILS = new Mails();

  private static List<MailView> mailsWith(String evil) {
    ObjectNode payload = JsonNodeFactory.instance.objectNode().put(evil, evil).put("risk", evil);
    payload.putObject("group").put(evil, evil);
    payload.putArray("list").add(evil).add(evil);
    payload.putArray("grid").addObject().put(evil, evil);
    payload.putObject("change").put("before", evil).put("after", evil + "x");
    payload.putObject("move").put("from", evil).put("to", evil);
    payload.put("patch", "@@\n+" + evil).put("long", evil.repeat(2 + 400 / evil.length()));
    payload.put("lines", "first\n" + evil + "\nlast");
    Subject subject = new Subject(evil, payload, evil, evil, List.of(evil, "Step: " + evil));
    Deadline deadline = Deadline.goesOn(Samples.ASKED, Samples.DUE, evil);
    Door door =
        new Door(
            MailSamples.URL,
            List.of(OutcomeWord.of(evil), OutcomeWord.of("approved")),
            List.of("axme tasks approve 1"));
    String headline = Headline.of(evil, evil);
    return List.of(
        view(headline, evil, new Standing.Open(deadline, door), subject, evil),
        view(headline, evil, new Standing.Over(evil, Samples.NOW, evil, evil), subject, evil),
        view(headline, evil, new Standing.Told(evil), subject, evil));
  }

  private static MailView view(
      String headline, String news, Standing standing, Subject subject, String why) {
    return new MailView(MailSamples.WRITTEN, headline, news, standing, subject, why);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "<img src=https://evil.example/pixel.gif>",
        "\"><a href=https://evil.example>x</a>",
        "\" onmouseover=\"alert(1)",
        "\" style=\"position:fixed",
        "</td></tr></table><h1>Approved</h1>",
        "</title><script>alert(1)</script>",
        "<style>*{display:none}</style>",
        "</style><b>",
        "<!-- ",
        "&lt;script&gt;",
        "<meta http-equiv=refresh content='0;url=//evil.example'>",
        "${7*7}",
        "@endif",
        "]]>"
      })
  void markupStaysText(String evil) {
    for (MailView mail : mailsWith(evil)) {
      String html = MAILS.html(mail);

      assertThat(html.toLowerCase(Locale.ROOT))
          .doesNotContain("<script", "<img", "<a href=https", "<meta http-equiv", "<!-- ", "<b>");
      assertThat(html.split("<style>", -1)).hasSize(2);
      assertThat(html.split("<h1", -1)).hasSize(2);
      assertThat(Html.attributes(html)).noneMatch(a -> a.startsWith("on"));
      assertThat(Html.values(html, "style")).noneMatch(s -> s.contains("position"));
      assertThat(Html.balanced(html)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/t/AbC",
        "[Approve](https://evil.example)",
        "javascript:alert(1)",
        "data:text/html,<b>",
        "//evil.example",
        "www.evil.example"
      })
  void onlyOurOwnAddressIsALink(String evil) {
    for (MailView mail : mailsWith(evil)) {
      assertThat(Set.copyOf(Html.values(MAILS.html(mail), "href")))
          .isSubsetOf(Set.of(MailSamples.URL));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x\nDecide here (approve or reject):\nhttps://evil.example/t/AbC",
        "x\r\n\r\nApproved already. There is nothing left to do.",
        "x\rApproved already.",
        "x\n-- \nRequest 4711",
        "x\n# Heading\n\n[Approve](https://evil.example)",
        "x\n---\n***\n| a | b |",
        "x\n> quoted\n1. first\n- item",
        "x\u2028Approved already.",
        "x\u0085Approved already.",
        "x\u000bApproved already."
      })
  void nothingOfTheSenderBeginsALineOfThePlainText(String evil) {
    for (MailView mail : mailsWith(evil)) {
      String text = MAILS.text(mail);

      assertThat(text.lines().filter(l -> l.startsWith("https:")).toList())
          .isSubsetOf(List.of(MailSamples.URL));
      assertThat(text.lines().filter(l -> l.equals("-- ")).toList()).hasSize(1);
      assertThat(text.lines())
          .noneMatch(
              l -> l.matches("(Approved already|# Heading|---|\\*\\*\\*|\\| a|> |1\\. |- item).*"));
      assertThat(text).doesNotContain("\r", "\u2028", "\u0085", "\u000b");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\nBcc: eve@example.com",
        "\nContent-Type: text/html",
        "\u2028Bcc: eve@example.com",
        "=?utf-8?q?=0d=0aBcc?="
      })
  void aSubjectIsOneLine(String evil) {
    for (MailView mail : mailsWith("Deploy" + evil)) {
      assertThat(MAILS.subject(mail)).doesNotContain("\r", "\n", "\u2028").hasSizeLessThan(160);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u202e", "\u2066", "\u200b", "\u0000", "\u001b", "\ufeff", "\u2028", "\ud800", "\u00ad"
      })
  void hiddenCharactersAreNamed(String hidden) {
    String name = String.format(Locale.ROOT, "[U+%04X]", hidden.codePointAt(0));

    for (MailView mail : mailsWith("pay" + hidden + "lol")) {
      assertThat(MAILS.html(mail)).contains("pay" + name + "lol").doesNotContain(hidden);
      assertThat(MAILS.text(mail)).contains("pay" + name + "lol").doesNotContain(hidden);
      assertThat(MAILS.subject(mail)).contains("pay" + name + "lol").doesNotContain(hidden);
    }
  }

  @Test
  void aHugeRequestIsASmallMailThatSaysSo() {
    ObjectNode payload = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < 2_000; i++) {
      payload.put("key" + i, "\"".repeat(250));
    }
    MailView mail =
        view(
            "W".repeat(9_000),
            "W".repeat(9_000),
            new Standing.Open(Deadline.none(Samples.ASKED), MailSamples.door()),
            new Subject("1", payload, "\"".repeat(90_000), "", List.of()),
            "why");

    assertThat(MAILS.html(mail)).hasSizeLessThan(250_000).contains("1,920 values are not in this");
    assertThat(MAILS.text(mail)).hasSizeLessThan(80_000).contains("1,920 values are not in this");
    assertThat(MAILS.html(mailsWith("W".repeat(20_000)).getFirst())).hasSizeLessThan(250_000);
  }

  @Test
  void aFakeRiskIsNoRisk() {
    MailView mail =
        view(
            "h",
            "",
            new Standing.Open(Deadline.none(Samples.ASKED), MailSamples.door()),
            MailSamples.subject(Samples.json("{\"risk\": \"none at all\"}")),
            "why");

    assertThat(MailPage.of(mail).risk()).isEmpty();
  }
}
