package dev.axme.server.web;

import dev.axme.core.Author;
import dev.axme.core.IntentEvent;
import dev.axme.core.Run;
import dev.axme.core.StepStatus;
import dev.axme.core.Told;
import dev.axme.core.Work;
import dev.axme.server.pages.Headline;
import dev.axme.server.pages.HistoryLine;
import dev.axme.server.pages.HistoryLine.Icon;
import java.time.Instant;
import java.util.Optional;

/** The lines of a request's history that its workflow writes. */
final class StepLines {
  private StepLines() {}

  /** An agent has the step now. */
  static HistoryLine assigned(Told told, IntentEvent.StepAssigned event) {
    Run run = run(told);
    int attempt = run.record().attempt();
    String text = Headline.nameOf(run.nameOf(event.to())) + " started";
    return line(
        Icon.SEND, told, attempt == 1 ? text : text + ", for the " + ordinal(attempt) + " time");
  }

  private static String ordinal(int number) {
    boolean teen = number % 100 >= 11 && number % 100 <= 13;
    return number
        + switch (teen ? 0 : number % 10) {
          case 1 -> "st";
          case 2 -> "nd";
          case 3 -> "rd";
          default -> "th";
        };
  }

  /** It waits for a time: on its own account, or to be tried again. */
  static HistoryLine delayed(Visit visit, Told told, IntentEvent.StepDelayed event) {
    String until = visit.frame().times().due(event.until()).text();
    if (run(told).record().status() != StepStatus.RUNNING) {
      return line(Icon.CLOCK, told, "is to be tried again " + until);
    }
    return line(
        Icon.CLOCK, told, "waits until " + until + event.reason().map(r -> ", " + r).orElse(""));
  }

  /** How a step ended; nothing for one that only set something. */
  static Optional<HistoryLine> ended(Visit visit, Told told, IntentEvent.StepEnded event) {
    if (event.note().isPresent()) {
      return Optional.of(line(Icon.MAIL, told, noted(event.note().get())));
    }
    Work work = run(told).workflow().step(event.step()).work();
    String why = event.reason().map(r -> ": " + r).orElse("");
    return switch (event.status()) {
      case COMPLETED ->
          work instanceof Work.Agent agent
              ? Optional.of(line(Icon.CHECK, told, "done by " + who(visit, told, agent)))
              : Optional.empty();
      case FAILED ->
          Optional.of(
              line(
                  Icon.CROSS,
                  told,
                  work instanceof Work.Agent agent
                      ? who(visit, told, agent) + " reported a failure" + why
                      : "failed" + why));
      case REJECTED -> Optional.of(line(Icon.CROSS, told, "stopped" + by(visit, told) + why));
      case TIMED_OUT -> Optional.of(line(Icon.CLOCK, told, late(work)));
      case CANCELED -> Optional.of(line(Icon.CROSS, told, "canceled" + why));
      case RUNNING -> Optional.empty();
    };
  }

  private static String noted(String note) {
    return note.startsWith("skipped") ? "nobody was told, no channel is set up" : note;
  }

  private static String late(Work work) {
    return switch (work) {
      case Work.Human _ -> "nobody decided in time";
      case Work.Agent agent -> Headline.nameOf(agent.name()) + " was not done in time";
      case Work.Delay _, Work.Notification _, Work.Escalation _, Work.Configure _, Work.Nothing _ ->
          "not done in time";
    };
  }

  /** Who reported: the agent by the name that people have for it, or a person in its place. */
  private static String who(Visit visit, Told told, Work.Agent agent) {
    return told.by().kind() == Author.Kind.PERSON
        ? Headline.nameOf(visit.name(told.by()))
        : Headline.nameOf(agent.name());
  }

  private static String by(Visit visit, Told told) {
    return told.by().kind() == Author.Kind.SERVER
        ? ""
        : " by " + Headline.nameOf(visit.name(told.by()));
  }

  static HistoryLine outOfTime(Instant at) {
    return new HistoryLine(Icon.CLOCK, "Ended: time was up", at, false);
  }

  static HistoryLine done(Instant at) {
    return new HistoryLine(Icon.CHECK, "All of it is done", at, false);
  }

  private static Run run(Told told) {
    return told.after().run().orElseThrow();
  }

  private static HistoryLine line(Icon icon, Told told, String text) {
    return HistoryLine.step(icon, run(told).step().id().value(), text, told.at());
  }
}
