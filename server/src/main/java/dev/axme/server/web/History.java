package dev.axme.server.web;

import dev.axme.core.Assignee;
import dev.axme.core.HumanTask;
import dev.axme.core.IntentEvent;
import dev.axme.core.ReminderPlan;
import dev.axme.core.Told;
import dev.axme.server.pages.HistoryLine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What happened to a request and, while it waits, what will happen if nobody decides. */
final class History {
  private final Visit visit;
  private final Shown shown;

  private History(Visit visit, Shown shown) {
    this.visit = visit;
    this.shown = shown;
  }

  static List<HistoryLine> of(Visit visit, Shown shown) {
    History history = new History(visit, shown);
    List<HistoryLine> lines = new ArrayList<>();
    Told.history(shown.appends(), shown.intent().id()).stream()
        .filter(history::concerns)
        .forEach(told -> history.line(told).ifPresent(lines::add));
    if (shown.open()) {
      lines.addAll(history.toCome());
    }
    return lines;
  }

  /** A link tells of its question until it was closed, and not what came of it later. */
  private boolean concerns(Told told) {
    Optional<Instant> end = shown.task().closed().map(HumanTask.Closed::at);
    if (visit.link().isEmpty() || end.isEmpty() || told.at().isBefore(end.get())) {
      return true;
    }
    return told.at().equals(end.get())
        && !(told.event() instanceof IntentEvent.TaskOpened
            || told.event() instanceof IntentEvent.StepAssigned
            || told.event() instanceof IntentEvent.StepDelayed);
  }

  private Optional<HistoryLine> line(Told told) {
    Instant at = told.at();
    return switch (told.event()) {
      case IntentEvent.Created e -> Optional.of(HistoryLine.asked(e.request().from().value(), at));
      case IntentEvent.TaskOpened e -> Optional.of(given(told, e.draft().assignees()));
      case IntentEvent.Reminded e -> Optional.of(HistoryLine.reminded(e.number(), at));
      case IntentEvent.Escalated e -> Optional.of(HistoryLine.escalated(e.to().ref(), at));
      case IntentEvent.TaskDecided e ->
          Optional.of(
              HistoryLine.decided(e.decision().outcome(), visit.name(e.decision().by()), at));
      case IntentEvent.Canceled _ -> Optional.of(HistoryLine.canceled(visit.name(told.by()), at));
      case IntentEvent.TimedOut _ when told.after().run().isPresent() ->
          Optional.of(StepLines.outOfTime(at));
      case IntentEvent.TimedOut _ -> Optional.of(HistoryLine.expired(at));
      case IntentEvent.Transferred e ->
          Optional.of(note("Handed over to " + e.to().address().name(), at));
      case IntentEvent.StepAssigned e -> Optional.of(StepLines.assigned(told, e));
      case IntentEvent.StepDelayed e -> Optional.of(StepLines.delayed(visit, told, e));
      case IntentEvent.StepEnded e -> StepLines.ended(visit, told, e);
      case IntentEvent.Completed _ when told.after().run().isPresent() ->
          Optional.of(StepLines.done(at));
      case IntentEvent.Failed e when e.result().isEmpty() || told.after().run().isPresent() ->
          Optional.of(note("Ended: " + e.reason().orElse("it failed"), at));
      case IntentEvent.Submitted _,
          IntentEvent.Delivered _,
          IntentEvent.Progressed _,
          IntentEvent.Parked _,
          IntentEvent.DeliveryFailed _,
          IntentEvent.Completed _,
          IntentEvent.Failed _ ->
          Optional.empty();
    };
  }

  private HistoryLine given(Told told, List<Assignee> assignees) {
    Optional<String> step = told.after().run().map(run -> run.step().id().value());
    String to = given(assignees);
    return step.map(s -> HistoryLine.step(HistoryLine.Icon.PERSON, s, lower(to), told.at()))
        .orElseGet(() -> new HistoryLine(HistoryLine.Icon.PERSON, to, told.at(), false));
  }

  private static String lower(String sentence) {
    return Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1);
  }

  private String given(List<Assignee> assignees) {
    if (assignees.isEmpty()) {
      return "Open to everybody who may decide here";
    }
    List<String> names = assignees.stream().map(this::name).toList();
    String first = String.join(", ", names.subList(0, Math.min(3, names.size())));
    int more = names.size() - 3;
    return "Given to " + first + (more > 0 ? " and " + more + " more" : "");
  }

  private String name(Assignee assignee) {
    return assignee instanceof Assignee.Email e && e.names(visit.person()) ? "you" : assignee.ref();
  }

  private static HistoryLine note(String text, Instant at) {
    return new HistoryLine(HistoryLine.Icon.NOTE, text, at, false);
  }

  private List<HistoryLine> toCome() {
    List<HistoryLine> lines = new ArrayList<>();
    Optional<Instant> deadline = shown.intent().due(shown.task());
    shown.task().plan().ifPresent(plan -> reminders(plan, lines));
    lines.removeIf(line -> deadline.isPresent() && !line.at().isBefore(deadline.get()));
    deadline.map(HistoryLine::willExpire).ifPresent(lines::add);
    return lines;
  }

  /** The next reminder only: a page that lists ten of them says less. */
  private void reminders(ReminderPlan plan, List<HistoryLine> lines) {
    HumanTask task = shown.task();
    int left = Math.max(0, plan.max() - task.reminders());
    Duration wait = task.reminders() == 0 ? plan.after() : plan.every();
    Instant next = task.noticedAt().plus(wait);
    if (left > 0) {
      lines.add(HistoryLine.willRemind(next));
    }
    if (task.escalatedTo().isEmpty()) {
      plan.escalateTo()
          .map(to -> HistoryLine.willEscalate(to.ref(), next.plus(plan.every().multipliedBy(left))))
          .ifPresent(lines::add);
    }
  }
}
