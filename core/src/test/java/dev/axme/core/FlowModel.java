package dev.axme.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What a workflow may do next, told a second time and apart from the rules: each event is held
 * against it, and only then is it true.
 */
final class FlowModel {
  private final Workflow workflow;
  private final SequencedMap<StepId, Optional<Result>> results = new LinkedHashMap<>();
  private Optional<Step> current = Optional.empty();
  private int attempt;
  private int starts;
  private boolean running;
  private boolean retrying;
  private StepStatus how = StepStatus.RUNNING;
  private Optional<IntentId> work = Optional.empty();
  private Optional<ReminderPlan> plan = Optional.empty();
  private Optional<Duration> within = Optional.empty();

  FlowModel(Workflow workflow) {
    this.workflow = workflow;
  }

  boolean running() {
    return running;
  }

  int starts() {
    return starts;
  }

  boolean asksPeople() {
    return workflow.steps().stream().anyMatch(s -> s.work() instanceof Work.Human);
  }

  /** Whether it waits for something: it never rests anywhere else. */
  boolean waits() {
    return running || retrying;
  }

  /** Whether it waits for a time. */
  boolean sleeps() {
    return retrying || (running && step().work() instanceof Work.Delay);
  }

  /** Whether its last step was done and none follows. */
  boolean done() {
    return !waits() && how == StepStatus.COMPLETED && step().onSuccess().isEmpty();
  }

  Step step() {
    return current.orElseThrow();
  }

  void started(IntentEvent.StepStarted e, Optional<Instant> deadline, Instant at) {
    assertThat(running).as("another step is open before %s", e).isFalse();
    assertThat(e.step()).as("the step that is next").isEqualTo(next().orElse(null));
    assertThat(e.attempt()).as("the try").isEqualTo(retrying ? attempt + 1 : 1);
    assertThat(deadline.filter(d -> !d.isAfter(at))).as("deadline before %s", e).isEmpty();
    assertThat(++starts).isLessThanOrEqualTo(Workflow.MAX_STARTS);
    if (!retrying && current.filter(s -> waits(s.work())).isPresent()) {
      plan = Optional.empty();
      within = Optional.empty();
    }
    current = Optional.of(workflow.step(e.step()));
    attempt = e.attempt();
    running = true;
    retrying = false;
    work = Optional.empty();
    results.put(e.step(), Optional.empty());
  }

  private Optional<StepId> next() {
    if (current.isEmpty()) {
      return Optional.of(workflow.entry());
    }
    if (retrying) {
      return Optional.of(step().id());
    }
    if (how == StepStatus.COMPLETED) {
      return step().onSuccess();
    }
    return mayRetry() ? Optional.empty() : step().onFailure();
  }

  private boolean mayRetry() {
    return (how == StepStatus.FAILED || how == StepStatus.TIMED_OUT)
        && step().work() instanceof Work.Agent
        && attempt <= step().retry().max();
  }

  private static boolean waits(Work work) {
    return work instanceof Work.Agent || work instanceof Work.Human || work instanceof Work.Delay;
  }

  /** A step-intent was made: it has the results of the steps before it. */
  void worked(IntentId intent, IntentEvent.Created e) {
    assertThat(running && work.isEmpty()).as("waits for its step-intent").isTrue();
    Assignment assignment = e.assignment().orElseThrow();
    assertThat(assignment.step()).isEqualTo(step().id());
    assertThat(assignment.attempt()).isEqualTo(attempt);
    List<Assignment.Previous> previous =
        results.entrySet().stream()
            .flatMap(r -> r.getValue().map(x -> new Assignment.Previous(r.getKey(), x)).stream())
            .toList();
    assertThat(assignment.previous()).isEqualTo(previous);
    work = Optional.of(intent);
  }

  void assigned(IntentEvent.StepAssigned e) {
    assertThat(running).as("open for %s", e).isTrue();
    assertThat(step().work()).isInstanceOf(Work.Agent.class);
    assertThat(work).contains(e.work());
  }

  void delayed(IntentEvent.StepDelayed e, Optional<Instant> deadline, Instant at) {
    if (running) {
      Work.Delay delay = (Work.Delay) step().work();
      assertThat(e.until()).isEqualTo(at.plus(delay.length()));
      return;
    }
    assertThat(mayRetry() && !retrying).as("may be tried again").isTrue();
    assertThat(deadline.filter(d -> !d.isAfter(at))).as("deadline before %s", e).isEmpty();
    assertThat(e.until()).isEqualTo(at.plus(step().retry().delay()));
    retrying = true;
  }

  void opened() {
    assertThat(running).as("open for a question").isTrue();
    assertThat(step().work()).isInstanceOf(Work.Human.class);
  }

  void decided(IntentEvent.TaskDecided e) {
    assertThat(step().work()).isInstanceOf(Work.Human.class);
    boolean yes = e.decision().approved();
    end(yes ? StepStatus.COMPLETED : StepStatus.REJECTED);
    results.put(step().id(), Optional.of(new Result.Decided(e.decision())));
  }

  /** A step ends once for each time that it started; its owner may forbid that it starts again. */
  void ended(IntentEvent.StepEnded e) {
    assertThat(e.step()).isEqualTo(step().id());
    if (retrying) {
      assertThat(e.status()).isEqualTo(StepStatus.REJECTED);
      running = true;
    }
    assertThat(possible(step().work())).as("ends of %s", step()).contains(e.status());
    end(e.status());
    results.put(step().id(), e.result());
    if (step().work() instanceof Work.Configure c) {
      plan = c.reminders().or(() -> plan);
      within = c.deadline().or(() -> within);
    }
  }

  private static List<StepStatus> possible(Work work) {
    return switch (work) {
      case Work.Agent _ ->
          List.of(
              StepStatus.COMPLETED,
              StepStatus.FAILED,
              StepStatus.REJECTED,
              StepStatus.TIMED_OUT,
              StepStatus.CANCELED);
      // What people say is a decision, so all that ends by itself is their time.
      case Work.Human _ -> List.of(StepStatus.TIMED_OUT);
      case Work.Delay _ -> List.of(StepStatus.COMPLETED, StepStatus.REJECTED);
      case Work.Notification _, Work.Escalation _, Work.Configure _, Work.Nothing _ ->
          List.of(StepStatus.COMPLETED);
    };
  }

  private void end(StepStatus status) {
    assertThat(running).as("open before it ends").isTrue();
    running = false;
    retrying = false;
    how = status;
  }

  /** How people are reminded of a question that is asked now. */
  Optional<ReminderPlan> plan(Optional<ReminderPlan> usual) {
    return ((Work.Human) step().work()).reminders().or(() -> plan).or(() -> usual);
  }

  /** When a step that starts now expires by itself. */
  Optional<Instant> due(Instant at) {
    return step().deadline().or(() -> within).map(at::plus);
  }

  /** Held against the state between two appends. */
  void agrees(Run run) {
    assertThat(run.starts()).as("starts").isEqualTo(starts);
    assertThat(run.step()).as("step").isEqualTo(step());
    assertThat(run.record().attempt()).as("try").isEqualTo(attempt);
    assertThat(run.record().status() == StepStatus.RUNNING).as("running").isEqualTo(running);
    assertThat(run.record().intent()).as("work").isEqualTo(work);
    run.records().values().stream()
        .filter(r -> !Objects.equals(r.step(), step().id()))
        .forEach(r -> assertThat(r.finishedAt()).as("end of %s", r).isPresent());
  }

  /**
   * The workflow has ended, and its open step with it: by an order or its deadline, or because
   * nothing follows. A step that ended badly after the deadline of all of it ended for that.
   */
  void over(IntentEvent end, Optional<Instant> deadline, Instant at) {
    boolean late = deadline.filter(d -> !d.isAfter(at)).isPresent();
    if (!waits() && late && !done()) {
      assertThat(end).isInstanceOf(IntentEvent.TimedOut.class);
    } else if (!waits()) {
      assertThat(next()).as("what follows instead of %s", end).isEmpty();
      assertThat(mayRetry()).as("another try instead of %s", end).isFalse();
      assertThat(end instanceof IntentEvent.Completed).isEqualTo(done());
    }
    running = false;
    retrying = false;
  }
}
