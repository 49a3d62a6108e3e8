package dev.axme.store;

import dev.axme.core.Address;
import dev.axme.core.Assignee;
import dev.axme.core.Assignment;
import dev.axme.core.Decision;
import dev.axme.core.IntentEvent;
import dev.axme.core.IntentId;
import dev.axme.core.IntentRequest;
import dev.axme.core.Mailbox;
import dev.axme.core.Payload;
import dev.axme.core.ReminderPlan;
import dev.axme.core.Result;
import dev.axme.core.Scenario;
import dev.axme.core.Step;
import dev.axme.core.StepId;
import dev.axme.core.StepStatus;
import dev.axme.core.TaskDraft;
import dev.axme.core.Work;
import dev.axme.core.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What a workflow adds to a log: one of every kind of work, of every event and of every result. */
final class FlowSamples {
  private static final IntentId WORK = IntentId.of("01940000-0000-7000-8000-000000000002");
  private static final Address WORKER = new Address("agent://acme/main/worker");
  private static final StepId DRAFT = new StepId("draft");
  private static final StepId SIGN = new StepId("draft.approval");
  private static final Duration HOUR = Duration.ofHours(1);

  private final Instant at;
  private final Payload payload;
  private final TaskDraft draft;
  private final Decision decision;

  FlowSamples(Instant at, Payload payload, TaskDraft draft, Decision decision) {
    this.at = at;
    this.payload = payload;
    this.draft = draft;
    this.decision = decision;
  }

  /** Created with a scenario alone, with every kind of work, and as a step; then what follows. */
  List<IntentEvent> events(IntentId intent, IntentRequest request) {
    return List.of(
        created(intent, request, Optional.of(sent(Optional.empty())), Optional.empty()),
        created(intent, request, Optional.of(sent(Optional.of(workflow()))), Optional.empty()),
        created(WORK, request, Optional.empty(), Optional.of(fullAssignment(intent))),
        created(WORK, request, Optional.empty(), Optional.of(bareAssignment(intent))),
        new IntentEvent.StepStarted(intent, DRAFT, 2),
        new IntentEvent.StepAssigned(intent, 4, WORK, Mailbox.here(WORKER), Optional.of(at)),
        new IntentEvent.StepAssigned(intent, 4, WORK, Mailbox.here(WORKER), Optional.empty()),
        new IntentEvent.StepDelayed(intent, 5, at, Optional.of("retry")),
        new IntentEvent.StepDelayed(intent, 5, at, Optional.empty()),
        new IntentEvent.StepEnded(
            intent,
            6,
            DRAFT,
            StepStatus.FAILED,
            Optional.of(new Result.Given(payload)),
            Optional.of("no network"),
            Optional.of(payload),
            Optional.of("skipped: no channel")),
        new IntentEvent.StepEnded(
            intent,
            6,
            SIGN,
            StepStatus.TIMED_OUT,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        new IntentEvent.Completed(
            intent, 7, Optional.of(new Result.Composed(bareAssignment(intent).composer()))));
  }

  private IntentEvent created(
      IntentId intent,
      IntentRequest request,
      Optional<Scenario> scenario,
      Optional<Assignment> assignment) {
    return new IntentEvent.Created(intent, 1, request, Optional.of(at), scenario, assignment);
  }

  private static Scenario sent(Optional<Workflow> workflow) {
    return new Scenario(
        "release.nightly",
        UUID.fromString("01940000-0000-7000-8000-0000000000dd"),
        List.of(
            new Scenario.Agent("writer", WORKER, Optional.of("account_7"), true),
            new Scenario.Agent("checker", WORKER, Optional.empty(), false)),
        workflow);
  }

  private Workflow workflow() {
    List<Step> steps = new ArrayList<>();
    work().forEach(work -> steps.add(step(new StepId("step_" + (steps.size() + 1)), work)));
    StepId first = steps.getFirst().id();
    Step whole =
        new Step(
            DRAFT,
            work().getFirst(),
            Optional.of(first),
            Optional.of(first),
            new Step.Retry(3, Duration.ofSeconds(90)),
            Optional.of(HOUR));
    steps.add(whole);
    return new Workflow(DRAFT, steps);
  }

  private static Step step(StepId id, Work work) {
    return new Step(
        id, work, Optional.empty(), Optional.empty(), Step.Retry.NONE, Optional.empty());
  }

  private List<Work> work() {
    ReminderPlan plan =
        new ReminderPlan(HOUR, HOUR, 2, Optional.of(new Assignee.Email("bob@acme.test")));
    return List.of(
        new Work.Agent(
            Mailbox.here(WORKER),
            "writer",
            true,
            "The writer",
            Optional.of("tool.agent.task.v1"),
            Optional.of(payload)),
        new Work.Agent(
            Mailbox.here(WORKER), "writer", false, "writer", Optional.empty(), Optional.empty()),
        new Work.Human(draft, Optional.of(plan), "alice@acme.test", "Alice"),
        new Work.Human(draft, Optional.empty(), "reviewer", "reviewer"),
        new Work.Delay(HOUR, Optional.of("let it settle")),
        new Work.Delay(HOUR, Optional.empty()),
        new Work.Notification(Optional.of(payload)),
        new Work.Notification(Optional.empty()),
        new Work.Escalation(new Assignee.Role("reviewer")),
        new Work.Configure(Optional.of(plan), Optional.of(HOUR)),
        new Work.Configure(Optional.empty(), Optional.empty()),
        new Work.Nothing(Optional.of(payload)),
        new Work.Nothing(Optional.empty()));
  }

  private Assignment fullAssignment(IntentId parent) {
    return new Assignment(
        parent,
        "release.nightly",
        DRAFT,
        2,
        Optional.of("tool.agent.task.v1"),
        Optional.of(payload),
        List.of(
            new Assignment.Previous(DRAFT, new Result.Given(payload)),
            new Assignment.Previous(SIGN, new Result.Decided(decision))),
        1);
  }

  private static Assignment bareAssignment(IntentId parent) {
    return new Assignment(
        parent, "release.nightly", DRAFT, 1, Optional.empty(), Optional.empty(), List.of(), 1);
  }
}
