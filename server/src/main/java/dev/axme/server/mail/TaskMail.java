package dev.axme.server.mail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.axme.core.Author;
import dev.axme.core.Decision;
import dev.axme.core.HumanTask;
import dev.axme.core.Intent;
import dev.axme.core.Result;
import dev.axme.core.Status;
import dev.axme.core.StepStatus;
import dev.axme.core.Work;
import dev.axme.server.links.LinkTokens;
import dev.axme.server.outbox.NoticeOutlet;
import dev.axme.server.pages.Headline;
import dev.axme.server.pages.MailView;
import dev.axme.server.pages.MailView.Door;
import dev.axme.server.pages.MailView.Standing;
import dev.axme.server.pages.MailView.Subject;
import dev.axme.server.pages.MailView.Written;
import dev.axme.server.pages.OutcomeWord;
import dev.axme.server.pages.StepName;
import dev.axme.server.web.Shown;
import dev.axme.store.Place;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What a mail says, from the request as its log has it. */
final class TaskMail {
  private static final Map<String, String> COMMANDS =
      Map.of("approved", "approve", "rejected", "reject", "confirmed", "confirm");

  private final LinkTokens links;
  private final Supplier<String> url;
  private final boolean reachable;
  private final ZoneId zone;

  /**
   * @param url where the pages are
   * @param reachable whether the operator has said that people get there; else the mail adds what
   *     to type on a terminal
   */
  TaskMail(LinkTokens links, Supplier<String> url, boolean reachable, ZoneId zone) {
    this.links = links;
    this.url = url;
    this.reachable = reachable;
    this.zone = zone;
  }

  /** The mail about a question to one address. */
  MailView about(Shown shown, Place place, NoticeOutlet.Body body, String to, Instant now) {
    Intent intent = shown.intent();
    return new MailView(
        new Written(now, zone),
        Headline.of(intent.request().from().value(), shown.task().draft().title()),
        news(shown.task(), body),
        shown.task().closed().isPresent() || !shown.open()
            ? over(shown)
            : new Standing.Open(shown.deadline(), door(shown, place, to)),
        subject(shown),
        why(shown, body));
  }

  private static String news(HumanTask task, NoticeOutlet.Body body) {
    return switch (body.kind()) {
      case REMINDED ->
          "Reminder "
              + body.number()
              + task.plan().map(p -> " of " + p.max()).orElse("")
              + ": nobody has decided yet.";
      case ESCALATED -> "Nobody has decided yet, so this goes to you too.";
      case ASKED, ENDED, TOLD -> "";
    };
  }

  private static String why(Shown shown, NoticeOutlet.Body body) {
    return switch (body.kind()) {
      case ESCALATED -> "You get this because the request was escalated to you.";
      case ENDED -> "You get this because you were asked to decide it.";
      case ASKED, REMINDED, TOLD ->
          shown.task().draft().assignees().isEmpty()
              ? "You get this because the request is open to everybody who may decide here."
              : "You get this because you are asked to decide it.";
    };
  }

  private Door door(Shown shown, Place place, String to) {
    HumanTask task = shown.task();
    String address = links.url(url.get(), place, shown.intent().id(), task.id(), to, task.links());
    List<OutcomeWord> words = shown.question().words();
    return new Door(address, words, reachable ? List.of() : commands(shown, words));
  }

  /** Nothing of the sender's gets into a line that people copy into a terminal. */
  private static List<String> commands(Shown shown, List<OutcomeWord> words) {
    List<String> commands = new ArrayList<>();
    commands.add("axme tasks get " + shown.intent().id());
    for (OutcomeWord word : words) {
      String command = COMMANDS.get(word.outcome());
      if (command != null) {
        commands.add("axme tasks " + command + " " + shown.intent().id());
      }
    }
    return commands;
  }

  private static Subject subject(Shown shown) {
    return new Subject(
        shown.intent().id().toString(),
        shown.payload(),
        shown.document().path("description").asText(""),
        shown.step().map(step -> step.id().value()).orElse(""),
        shown.results().stream().map(came -> earlier(shown, came)).toList());
  }

  private static String earlier(Shown shown, Shown.Came came) {
    String step = StepName.of(came.step().step().value());
    if (came.result() instanceof Result.Decided decided) {
      Decision d = decided.decision();
      return step + ": " + OutcomeWord.of(d.outcome()).past() + " by " + d.by().name();
    }
    Work work = shown.asked().run().orElseThrow().workflow().step(came.step().step()).work();
    boolean done = came.step().status() == StepStatus.COMPLETED;
    return step
        + (done ? ": done" : ": failed")
        + (work instanceof Work.Agent agent ? " by " + Headline.nameOf(agent.name()) : "");
  }

  private static Standing over(Shown shown) {
    Optional<HumanTask.Closed> closed = shown.task().closed();
    Optional<Decision> decision = shown.task().decision();
    Instant at = closed.map(HumanTask.Closed::at).orElse(shown.intent().updatedAt());
    boolean goesOn = shown.asked().run().isPresent() && !shown.intent().phase().status().terminal();
    return new Standing.Over(
        decision
            .map(d -> OutcomeWord.of(d.outcome()).past() + " by " + d.by().name())
            .orElseGet(() -> undecided(shown, closed)),
        at,
        decision.flatMap(Decision::comment).orElse(""),
        goesOn ? "The work goes on." : "");
  }

  private static String undecided(Shown shown, Optional<HumanTask.Closed> closed) {
    Status status = closed.map(HumanTask.Closed::status).orElse(Status.FAILED);
    if (status == Status.TIMED_OUT) {
      return "Expired undecided";
    }
    Author by = shown.appends().getLast().by();
    boolean person = by.kind() != Author.Kind.SERVER;
    return status == Status.CANCELED && person
        ? "Canceled by " + by.name()
        : "Ended without a decision";
  }

  /** What a workflow's step tells somebody. */
  MailView telling(Steps.Telling step, Instant now) {
    Intent intent = step.intent();
    String from = Headline.nameOf(intent.request().from().value());
    String subject = filled(step.config().path("subject"), intent);
    return new MailView(
        new Written(now, zone),
        subject.isBlank()
            ? from + "'s work has come to the step “" + StepName.of(step.step().value()) + "”"
            : from + " says: " + subject,
        step.work() instanceof Work.Escalation ? "This was escalated to you." : "",
        new Standing.Told(filled(step.config().path("body"), intent)),
        new Subject(intent.id().toString(), step.config(), "", "", List.of()),
        "You get this because a workflow names you. Nothing is to be decided.");
  }

  private static String filled(JsonNode text, Intent intent) {
    return text.asText("").replace("{{intent_id}}", intent.id().toString());
  }
}
