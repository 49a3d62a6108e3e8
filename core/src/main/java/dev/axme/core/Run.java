package dev.axme.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * How far a workflow has come.
 *
 * @param starts how many steps were started so far, each time counted
 * @param current the step that was started last
 * @param records by step, in the order of their first starts
 * @param tasks the questions that are no longer open
 * @param reminders how the next step that waits reminds, unless it says so itself
 * @param deadline how long the next step that waits may take, unless it says so itself
 */
public record Run(
    Workflow workflow,
    int starts,
    Optional<StepId> current,
    SequencedMap<StepId, StepRecord> records,
    SequencedMap<TaskId, HumanTask> tasks,
    Optional<ReminderPlan> reminders,
    Optional<Duration> deadline) {

  public Run {
    records = Collections.unmodifiableSequencedMap(records);
    tasks = Collections.unmodifiableSequencedMap(tasks);
  }

  static Run of(Workflow workflow) {
    return new Run(
        workflow,
        0,
        Optional.empty(),
        new LinkedHashMap<>(),
        new LinkedHashMap<>(),
        Optional.empty(),
        Optional.empty());
  }

  /** The step that was started last; there must have been one. */
  public Step step() {
    return workflow.step(current.orElseThrow());
  }

  /** What became of the step that was started last. */
  public StepRecord record() {
    return record(current.orElseThrow());
  }

  /** The results of earlier steps, as a step that starts now gets them. */
  public List<Assignment.Previous> results() {
    return records.values().stream()
        .filter(r -> r.status() != StepStatus.RUNNING)
        .flatMap(r -> r.result().map(x -> new Assignment.Previous(r.step(), x)).stream())
        .toList();
  }

  /** What people call the agent that holds the open step: the scenario's name for its own. */
  public String nameOf(Mailbox holder) {
    return step().work() instanceof Work.Agent agent && agent.to().equals(holder)
        ? agent.name()
        : holder.address().name();
  }

  /** When a question that is asked now expires by itself. */
  Optional<Instant> due(Instant at) {
    return step().deadline().or(() -> deadline).map(d -> Moment.toMicros(at.plus(d)));
  }

  /** How people are reminded of a question that is asked now. */
  Optional<ReminderPlan> plan(Optional<ReminderPlan> ofIntent) {
    Optional<ReminderPlan> own =
        step().work() instanceof Work.Human human ? human.reminders() : Optional.empty();
    return own.or(() -> reminders).or(() -> ofIntent);
  }

  Run started(StepId step, int attempt, Instant at) {
    SequencedMap<StepId, StepRecord> next = new LinkedHashMap<>(records);
    next.put(step, StepRecord.started(step, attempt, at));
    // What was configured has served once the step that waited is left.
    boolean served = attempt == 1 && current.isPresent() && waits(step().work());
    return new Run(
        workflow,
        starts + 1,
        Optional.of(step),
        next,
        tasks,
        served ? Optional.empty() : reminders,
        served ? Optional.empty() : deadline);
  }

  private static boolean waits(Work work) {
    return switch (work) {
      case Work.Agent _, Work.Human _, Work.Delay _ -> true;
      case Work.Notification _, Work.Escalation _, Work.Configure _, Work.Nothing _ -> false;
    };
  }

  Run assigned(IntentId intent) {
    return with(record().assigned(intent));
  }

  Run ended(
      StepId step,
      StepStatus status,
      Optional<Result> result,
      Optional<String> reason,
      Optional<String> note,
      Instant at) {
    Run run = with(record(step).ended(status, result, reason, note, at));
    return workflow.step(step).work() instanceof Work.Configure c
        ? run.configured(c.reminders().or(() -> reminders), c.deadline().or(() -> deadline))
        : run;
  }

  Run closed(HumanTask task) {
    SequencedMap<TaskId, HumanTask> next = new LinkedHashMap<>(tasks);
    next.put(task.id(), task);
    return new Run(workflow, starts, current, records, next, reminders, deadline);
  }

  private StepRecord record(StepId step) {
    return Objects.requireNonNull(records.get(step), () -> "Expected " + step + " to be started");
  }

  private Run with(StepRecord record) {
    SequencedMap<StepId, StepRecord> next = new LinkedHashMap<>(records);
    next.put(record.step(), record);
    return new Run(workflow, starts, current, next, tasks, reminders, deadline);
  }

  private Run configured(Optional<ReminderPlan> plan, Optional<Duration> within) {
    return new Run(workflow, starts, current, records, tasks, plan, within);
  }
}
