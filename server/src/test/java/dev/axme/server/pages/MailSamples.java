package dev.axme.server.pages;

import com.fasterxml.jackson.databind.JsonNode;
import dev.axme.server.pages.MailView.Door;
import dev.axme.server.pages.MailView.Standing;
import dev.axme.server.pages.MailView.Subject;
import dev.axme.server.pages.MailView.Written;
import dev.axme.server.pages.TaskView.Deadline;
import java.time.Duration;
import java.util.List;

/** Mails for tests. */
final class MailSamples {
  static final String URL = "https://axme.example.com/t/AbC-123_xyz";
  static final Written WRITTEN = new Written(Samples.NOW, Samples.MAYA.zone());

  private MailSamples() {}

  private static final String HEADLINE =
      Headline.of("agent://acme/prod/deploy-agent", "Deploy model v2.3 to production");
  private static final String ASKED = "You get this because you are asked to decide it.";

  static Door door(String... commands) {
    return new Door(
        URL, List.of(OutcomeWord.of("approved"), OutcomeWord.of("rejected")), List.of(commands));
  }

  static Subject subject(JsonNode payload) {
    return new Subject(Samples.ID, payload, "", "", List.of());
  }

  private static Subject deploy() {
    return new Subject(
        Samples.ID,
        Samples.json(Samples.DEPLOY),
        "All checks are green.\nThe old version stays warm for 24 hours.",
        "",
        List.of());
  }

  private static Standing open(String... commands) {
    return new Standing.Open(Deadline.expires(Samples.ASKED, Samples.DUE), door(commands));
  }

  static MailView asked() {
    return new MailView(WRITTEN, HEADLINE, "", open(), deploy(), ASKED);
  }

  static MailView askedAtHome() {
    return new MailView(
        WRITTEN,
        HEADLINE,
        "",
        new Standing.Open(
            Deadline.none(Samples.ASKED),
            door("axme tasks approve " + Samples.ID, "axme tasks reject " + Samples.ID)),
        subject(Samples.json("{}")),
        ASKED);
  }

  static MailView reminded() {
    return new MailView(
        WRITTEN, HEADLINE, "Reminder 2 of 3: nobody has decided yet.", open(), deploy(), ASKED);
  }

  static MailView escalated() {
    return new MailView(
        WRITTEN,
        HEADLINE,
        "Nobody has decided yet, so this goes to you too.",
        open(),
        deploy(),
        "You get this because it was escalated to you.");
  }

  static MailView step() {
    return new MailView(
        WRITTEN,
        HEADLINE,
        "",
        new Standing.Open(Deadline.goesOn(Samples.ASKED, Samples.DUE, "roll_back"), door()),
        new Subject(
            Samples.ID,
            Samples.json(Samples.DEPLOY),
            "",
            "final_sign_off",
            List.of("Readiness check: done by compliance-agent", "Approval: Approved by Jonas")),
        ASKED);
  }

  static MailView ended() {
    return new MailView(
        WRITTEN,
        HEADLINE,
        "",
        new Standing.Over(
            "Approved by Jonas",
            Samples.NOW.minus(Duration.ofMinutes(12)),
            "Watch the error rate.",
            "The work goes on: deploy-agent has it now, in the step “Deploy”."),
        deploy(),
        "You get this because you were asked to decide it.");
  }

  static MailView expired() {
    return new MailView(
        WRITTEN,
        HEADLINE,
        "",
        new Standing.Over("Expired, nobody had decided,", Samples.NOW, "", ""),
        deploy(),
        "You get this because you were asked to decide it.");
  }

  static MailView told() {
    return new MailView(
        WRITTEN,
        "deploy-agent says: Model v2.3 is live",
        "",
        new Standing.Told("It serves 5 % of the traffic.\nNothing is to be done."),
        deploy(),
        "You get this because a workflow names you to be told.");
  }
}
