package dev.axme.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Carries a workflow on (sections 5.4, 5.5): whatever happens to it or to a step-intent of it is
 * followed, in the same append, by what that means for the other and by the next step.
 */
final class Flow {
  private static final String SKIPPED = "skipped: " + Notes.NO_CHANNEL;

  private final Moment moment;
  private final IntentId parent;
  private final SequencedMap<IntentId, Intent> intents;
  private final List<IntentEvent> events = new ArrayList<>();
  private int ids;

  private Flow(Root root, IntentId parent, Moment moment) {
    this.moment = moment;
    this.parent = parent;
    this.intents = new LinkedHashMap<>(root.intents());
  }

  /** The ruling with everything that it brings about in the workflow that it is part of. */
  static Ruling follow(Root root, Ruling ruling, Moment moment) {
    if (!(ruling instanceof Ruling.Accepted accepted)) {
      return ruling;
    }
    Optional<IntentId> parent = workflow(root, accepted.events().getFirst());
    if (parent.isEmpty()) {
      return ruling;
    }
    Flow flow = new Flow(root, parent.get(), moment);
    accepted.events().forEach(flow::add);
    flow.settle(accepted.events().stream().anyMatch(IntentEvent.Transferred.class::isInstance));
    return new Ruling.Accepted(flow.events);
  }

  private static Optional<IntentId> workflow(Root root, IntentEvent first) {
    if (first instanceof IntentEvent.Created created) {
      return created.scenario().flatMap(Scenario::workflow).map(_ -> created.intent());
    }
    Intent intent = root.intent(first.intent()).orElseThrow();
    return intent.run().isPresent()
        ? Optional.of(intent.id())
        : intent.assignment().map(Assignment::parent);
  }

  /** The delay is over, or the step is due for its next try. */
  static Ruling wake(Root root, Intent parent, Moment moment) {
    Flow flow = new Flow(root, parent.id(), moment);
    Run run = parent.run().orElseThrow();
    if (run.step().work() instanceof Work.Delay) {
      flow.endStep(StepStatus.COMPLETED, Optional.empty(), Optional.empty());
    } else {
      flow.start(Optional.of(run.step().id()), run.record().attempt() + 1);
    }
    return new Ruling.Accepted(flow.events);
  }

  /** Nobody answered the open question in time. */
  static Ruling expire(Root root, Intent parent, Moment moment) {
    Flow flow = new Flow(root, parent.id(), moment);
    flow.endStep(StepStatus.TIMED_OUT, Optional.empty(), Optional.empty());
    return new Ruling.Accepted(flow.events);
  }

  private void add(IntentEvent event) {
    Optional<Intent> before = Optional.ofNullable(intents.get(event.intent()));
    intents.put(event.intent(), IntentMachine.evolve(before, event, moment.at()));
    events.add(event);
  }

  private Intent parent() {
    return intent(parent);
  }

  private Intent intent(IntentId id) {
    return Objects.requireNonNull(intents.get(id), () -> "Expected an intent " + id);
  }

  private Run run() {
    return parent().run().orElseThrow();
  }

  private int seq() {
    return parent().seq() + 1;
  }

  /** Goes on until the workflow waits for somebody, or has ended. */
  private void settle(boolean handedOver) {
    switch (parent().phase()) {
      case Phase.Mailed _ -> start(Optional.of(run().workflow().entry()));
      case Phase.Awaiting step -> follow(intent(step.work()), step, handedOver);
      case Phase.InProgress _ -> leave();
      case Phase.Ended ended -> close(ended);
      case Phase.Asked _, Phase.Sleeping _, Phase.Passed _ -> {}
    }
  }

  /** The step-intent may have ended, have been handed over, or have more time. */
  private void follow(Intent work, Phase.Awaiting step, boolean handedOver) {
    if (work.phase() instanceof Phase.Ended ended) {
      endStep(work, ended);
      leave();
    } else if (handedOver || !step.equals(awaiting(work))) {
      add(
          new IntentEvent.StepAssigned(
              parent, seq(), work.id(), work.delivery().to(), work.deadline()));
    }
  }

  private static Phase.Awaiting awaiting(Intent work) {
    return new Phase.Awaiting(work.id(), work.delivery().to(), work.deadline());
  }

  private void endStep(Intent work, Phase.Ended ended) {
    switch (ended) {
      case Phase.Completed c -> endStep(StepStatus.COMPLETED, c.result(), Optional.empty());
      case Phase.Canceled c -> endStep(StepStatus.CANCELED, Optional.empty(), c.reason());
      case Phase.TimedOut _ -> endStep(StepStatus.TIMED_OUT, Optional.empty(), Optional.empty());
      case Phase.Failed f ->
          endStep(status(work, f), f.result(), f.reason(), f.error(), Optional.empty());
    }
  }

  /** A step that nobody took is late, and one that a person said no to is not to be tried again. */
  private static StepStatus status(Intent work, Phase.Failed failed) {
    if (work.delivery().failed()) {
      return StepStatus.TIMED_OUT;
    }
    return failed.result().filter(r -> r instanceof Result.Decided).isPresent()
        ? StepStatus.REJECTED
        : StepStatus.FAILED;
  }

  private void endStep(StepStatus status, Optional<Result> result, Optional<String> reason) {
    endStep(status, result, reason, Optional.empty(), Optional.empty());
  }

  private void endStep(
      StepStatus status,
      Optional<Result> result,
      Optional<String> reason,
      Optional<Payload> error,
      Optional<String> note) {
    add(
        new IntentEvent.StepEnded(
            parent, seq(), run().step().id(), status, result, reason, error, note));
  }

  /** The step is over: the next one, another try, the way of failure, or the end. */
  private void leave() {
    Step step = run().step();
    StepRecord record = run().record();
    if (record.status() == StepStatus.RUNNING) {
      return;
    }
    if (record.status().success()) {
      start(step.onSuccess());
    } else if (expired()) {
      timeOut(parent().deadline().orElseThrow());
    } else if (again(step, record)) {
      Instant until = Moment.toMicros(moment.at().plus(step.retry().delay()));
      add(new IntentEvent.StepDelayed(parent, seq(), until, Optional.of("retry")));
    } else if (step.onFailure().isPresent()) {
      start(step.onFailure());
    } else {
      fail(record);
    }
  }

  private static boolean again(Step step, StepRecord record) {
    boolean triable =
        record.status() == StepStatus.FAILED || record.status() == StepStatus.TIMED_OUT;
    return triable && step.work() instanceof Work.Agent && record.attempt() <= step.retry().max();
  }

  /** Whether the deadline of all of it has passed: no step's is of interest any more. */
  private boolean expired() {
    return parent().deadline().filter(d -> !d.isAfter(moment.at())).isPresent();
  }

  private void start(Optional<StepId> first) {
    start(first, 1);
  }

  private void start(Optional<StepId> first, int firstAttempt) {
    Optional<StepId> next = first;
    int attempt = firstAttempt;
    while (next.isPresent()) {
      Step step = run().workflow().step(next.get());
      if (expired()) {
        timeOut(parent().deadline().orElseThrow());
        return;
      }
      if (run().starts() >= Workflow.MAX_STARTS) {
        fail(Optional.of("step_limit"), Optional.empty());
        return;
      }
      begin(step, attempt);
      attempt = 1;
      if (run().record().status() == StepStatus.RUNNING) {
        return;
      }
      next = step.onSuccess();
    }
    add(new IntentEvent.Completed(parent, seq(), composed()));
  }

  private void begin(Step step, int attempt) {
    add(new IntentEvent.StepStarted(parent, step.id(), attempt));
    switch (step.work()) {
      case Work.Agent agent -> assign(step, agent, attempt);
      case Work.Human human ->
          add(
              new IntentEvent.TaskOpened(
                  parent, seq(), new TaskId(moment.id(ids++)), asked(human.draft())));
      case Work.Delay delay ->
          add(
              new IntentEvent.StepDelayed(
                  parent,
                  seq(),
                  Moment.toMicros(moment.at().plus(delay.length())),
                  delay.reason()));
      case Work.Notification _ -> told();
      case Work.Escalation escalation -> {
        add(new IntentEvent.Escalated(parent, seq(), escalation.to()));
        told();
      }
      case Work.Configure _ -> endStep(StepStatus.COMPLETED, Optional.empty(), Optional.empty());
      case Work.Nothing nothing ->
          endStep(StepStatus.COMPLETED, nothing.input().map(Result.Given::new), Optional.empty());
    }
  }

  /** Whoever it is for hears of it, if a channel reaches them. */
  private void told() {
    endStep(
        StepStatus.COMPLETED,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        moment.reachesPeople() ? Optional.empty() : Optional.of(SKIPPED));
  }

  private void assign(Step step, Work.Agent agent, int attempt) {
    IntentId work = new IntentId(moment.id(ids++));
    IntentRequest whole = parent().request();
    Optional<Instant> due = run().due(moment.at());
    Assignment assignment =
        new Assignment(
            parent,
            parent().scenario().orElseThrow().id(),
            step.id(),
            attempt,
            agent.tool(),
            agent.input(),
            run().results(),
            Assignment.COMPOSER);
    IntentRequest request =
        new IntentRequest(
            whole.type(),
            whole.from(),
            whole.claimedFrom(),
            agent.to(),
            agent.toAsWritten(),
            agent.registered(),
            whole.correlation(),
            whole.payload(),
            whole.metadata(),
            Optional.empty(),
            whole.maxDeliveryAttempts(),
            Optional.empty(),
            whole.trace());
    add(new IntentEvent.Created(work, 1, request, due, Optional.empty(), Optional.of(assignment)));
    add(new IntentEvent.Submitted(work, 2));
    add(new IntentEvent.Delivered(work, 3));
    add(new IntentEvent.StepAssigned(parent, seq(), work, agent.to(), due));
  }

  /** What people of a step are shown includes what the steps before it came to. */
  private TaskDraft asked(TaskDraft draft) {
    List<Assignment.Previous> previous = run().results();
    if (previous.isEmpty()) {
      return draft;
    }
    List<String> parts = new ArrayList<>();
    parts.add(draft.shown().hex());
    for (Assignment.Previous result : previous) {
      parts.add(result.step().value());
      parts.addAll(parts(result.result()));
    }
    return draft.shown(Digest.ofParts(parts));
  }

  private static List<String> parts(Result result) {
    return switch (result) {
      case Result.Given given -> List.of(given.payload().digest().hex());
      case Result.Decided d ->
          List.of(
              d.decision().outcome(),
              d.decision().by().ref(),
              d.decision().at().toString(),
              d.decision().comment().orElse(""),
              d.decision().fields().map(f -> f.digest().hex()).orElse(""));
      case Result.Composed _ -> List.of();
    };
  }

  private void fail(StepRecord record) {
    Optional<Intent> work = record.intent().map(this::intent);
    if (record.status() == StepStatus.TIMED_OUT) {
      if (work.filter(w -> w.delivery().failed()).isPresent()) {
        int attempts = parent().request().maxDeliveryAttempts();
        add(new IntentEvent.DeliveryFailed(parent, seq(), attempts));
        fail(record.reason(), Optional.empty());
      } else {
        timeOut(due(work));
      }
      return;
    }
    Optional<Payload> error =
        work.map(Intent::phase)
            .flatMap(p -> p instanceof Phase.Failed f ? f.error() : Optional.empty());
    fail(
        record
            .reason()
            .or(() -> Optional.of("step_" + record.status().name().toLowerCase(Locale.ROOT))),
        error);
  }

  private Instant due(Optional<Intent> work) {
    return work.flatMap(Intent::deadline)
        .or(() -> parent().lastTask().flatMap(HumanTask::due))
        .orElse(moment.at());
  }

  private void fail(Optional<String> reason, Optional<Payload> error) {
    add(new IntentEvent.Failed(parent, seq(), reason, error, composed()));
  }

  private void timeOut(Instant deadline) {
    add(new IntentEvent.TimedOut(parent, seq(), deadline));
  }

  private static Optional<Result> composed() {
    return Optional.of(new Result.Composed(Assignment.COMPOSER));
  }

  /** Nobody works on for a workflow that has ended. */
  private void close(Phase.Ended ended) {
    for (Intent work : List.copyOf(intents.values())) {
      boolean ours = work.assignment().filter(a -> a.parent().equals(parent)).isPresent();
      if (ours && !work.phase().status().terminal()) {
        EventList end = new EventList(work);
        if (ended instanceof Phase.TimedOut) {
          end.timeOut(parent().deadline().orElse(moment.at()));
        } else {
          end.cancel(Optional.of("workflow_ended"));
        }
        end.events().forEach(this::add);
      }
    }
  }
}
