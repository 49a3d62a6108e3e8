package dev.axme.server.web;

import dev.axme.core.Decision;
import dev.axme.core.HumanTask;
import dev.axme.core.Intent;
import dev.axme.core.Phase;
import dev.axme.core.Result;
import dev.axme.core.Run;
import dev.axme.core.StepStatus;
import dev.axme.core.Work;
import dev.axme.server.pages.EarlierStep;
import dev.axme.server.pages.Headline;
import dev.axme.server.pages.StepName;
import dev.axme.server.pages.TaskView;
import dev.axme.server.web.Shown.Came;
import java.time.Instant;

/** Where a question stands in its workflow: what was before it, and what goes on after it. */
final class Course {
  private final Visit visit;
  private final Shown shown;

  private Course(Visit visit, Shown shown) {
    this.visit = visit;
    this.shown = shown;
  }

  static TaskView.Course of(Visit visit, Shown shown) {
    return shown
        .step()
        .map(step -> new Course(visit, shown).view(step.id().value()))
        .orElse(TaskView.Course.NONE);
  }

  private TaskView.Course view(String step) {
    return new TaskView.Course(step, shown.results().stream().map(this::earlier).toList(), next());
  }

  private EarlierStep earlier(Came came) {
    Instant at = came.step().finishedAt().orElse(came.step().startedAt());
    String url = came.stored().map(stored -> visit.resultUrl(shown, stored)).orElse(null);
    String step = came.step().step().value();
    boolean large = came.stored().isPresent() && came.value().isEmpty();
    var value = large ? null : came.value().orElseGet(Shown::nothing);
    if (came.result() instanceof Result.Decided decided) {
      Decision d = decided.decision();
      EarlierStep.Decision said = new EarlierStep.Decision(d.outcome(), d.comment().orElse(""));
      return new EarlierStep(step, visit.name(d.by()), d.at(), said, value, url);
    }
    return new EarlierStep(step, agent(came), at, null, value, url);
  }

  private String agent(Came came) {
    Work work = shown.asked().run().orElseThrow().workflow().step(came.step().step()).work();
    return work instanceof Work.Agent agent ? agent.name() : "";
  }

  /** Whole sentences once the question is closed. A link is no look at what came of it later. */
  private String next() {
    if (shown.open()) {
      return "";
    }
    Intent intent = shown.intent();
    boolean over = intent.phase().status().terminal() && withQuestion(intent);
    return visit.link().isPresent() && !over ? "The work went on." : next(intent);
  }

  private String next(Intent intent) {
    return switch (intent.phase()) {
      case Phase.Awaiting step -> awaits(intent.run().orElseThrow(), step);
      case Phase.Sleeping s -> sleeps(intent.run().orElseThrow(), s.until());
      case Phase.Asked asked -> "The work goes on with the next question: " + title(asked.task());
      case Phase.InProgress _, Phase.Mailed _, Phase.Passed _ -> "The work goes on.";
      case Phase.Completed _ ->
          withQuestion(intent)
              ? "That was the last step: all of it is done."
              : "The work went on, and all of it is done.";
      case Phase.Failed f -> failed(intent, f);
      case Phase.Canceled _ ->
          withQuestion(intent) ? "" : "The work went on, and was taken back later.";
      case Phase.TimedOut _ ->
          withQuestion(intent)
              ? "Nothing more is done. Whoever asked has been told and can ask again."
              : "The work went on, and ran out of time later.";
    };
  }

  private static String awaits(Run run, Phase.Awaiting step) {
    return "The work goes on: "
        + Headline.nameOf(run.nameOf(step.holder()))
        + " has it now, in the step "
        + quoted(run)
        + ".";
  }

  private String sleeps(Run run, Instant until) {
    String when = visit.frame().times().due(until).text();
    return run.record().status() == StepStatus.RUNNING
        ? "The work goes on: it waits until " + when + ", in the step " + quoted(run) + "."
        : "The work goes on: the step " + quoted(run) + " failed, and is tried again " + when + ".";
  }

  private static String quoted(Run run) {
    return "“" + StepName.of(run.step().id().value()) + "”";
  }

  private static String title(HumanTask task) {
    return task.draft().title();
  }

  private String failed(Intent intent, Phase.Failed failed) {
    if (withQuestion(intent)) {
      return "Nothing more is done. Whoever asked has been told.";
    }
    return "The work went on, and ended later without success"
        + failed.reason().map(r -> ": " + r).orElse("")
        + ".";
  }

  /** Whether all of it ended at the moment when the question was closed. */
  private boolean withQuestion(Intent intent) {
    return shown.task().closed().filter(c -> c.at().equals(intent.updatedAt())).isPresent();
  }
}
