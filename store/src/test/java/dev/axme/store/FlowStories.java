package dev.axme.store;

import static dev.axme.store.Samples.ALICE;
import static dev.axme.store.Samples.REQUESTER;
import static dev.axme.store.Samples.RITA;
import static dev.axme.store.Samples.SECOND;
import static dev.axme.store.Samples.WORKER;

import dev.axme.core.Actor;
import dev.axme.core.DeadlineRule;
import dev.axme.core.IntentCommand;
import dev.axme.core.IntentId;
import dev.axme.core.Mailbox;
import dev.axme.core.ReminderPlan;
import dev.axme.core.Scenario;
import dev.axme.core.Step;
import dev.axme.core.StepId;
import dev.axme.core.Timer;
import dev.axme.core.Work;
import dev.axme.core.Workflow;
import dev.axme.core.WorkspaceId;
import dev.axme.store.Scribe.Answer.Accepted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** Whole workflows, and some that wait: together they come by every kind of step and of wait. */
final class FlowStories {
  private static final Duration SOON = Duration.ofNanos(1_000);
  private static final Duration DAY = Duration.ofDays(1);
  private static final DeadlineRule IN_A_WEEK = new DeadlineRule.In(DAY.multipliedBy(7));

  private final Store store;
  private final Scribe scribe;
  private final WorkspaceId workspace;

  FlowStories(Store store, WorkspaceId workspace) {
    this.store = store;
    this.scribe = new Scribe(store);
    this.workspace = workspace;
  }

  List<List<Accepted>> all() {
    return List.of(
        signedTwiceAndWritten(),
        lateTwiceAndNeverSigned(),
        delayedTwice(),
        remindedAndCanceled(),
        of(IN_A_WEEK, _ -> {}, step("write", agent(WORKER), "", within(DAY))),
        of(IN_A_WEEK, _ -> {}, step("sign", human(), "", within(DAY))));
  }

  /** The deadline moves after the first question is closed, and the step changes hands. */
  private List<Accepted> signedTwiceAndWritten() {
    return of(
        IN_A_WEEK,
        story -> {
          Instant later = store.now().plus(DAY.multipliedBy(9));
          story.add(Order.answer(workspace, story.whole, ALICE, "approved"));
          story.add(Order.controls(workspace, story.whole, new DeadlineRule.At(later)));
          story.add(Order.handOver(workspace, story.work(), SECOND.address()));
          story.add(Order.pickUp(workspace, story.work(), SECOND));
          story.add(Order.report(workspace, story.work()));
          story.add(Order.answer(workspace, story.whole, RITA, "rejected"));
        },
        step("first", human(), "write"),
        step("write", agent(WORKER), "second"),
        step("second", human(), ""));
  }

  private List<Accepted> lateTwiceAndNeverSigned() {
    Step write = step("write", agent(SECOND), "", within(SOON));
    Step tried =
        new Step(
            write.id(),
            write.work(),
            write.onSuccess(),
            Optional.of(new StepId("sign")),
            new Step.Retry(1, SOON),
            write.deadline());
    return of(
        Samples.NEVER,
        story -> {
          story.fire(story.work(), Timer.Kind.DEADLINE);
          story.fire(story.whole, Timer.Kind.WAKE);
          story.fire(story.work(), Timer.Kind.DEADLINE);
          story.fire(story.whole, Timer.Kind.STEP);
        },
        tried,
        step("sign", human(), "", within(SOON)));
  }

  /** The timer that fired is set again by the append that it causes. */
  private List<Accepted> delayedTwice() {
    return of(
        IN_A_WEEK,
        story -> story.fire(story.whole, Timer.Kind.WAKE),
        step("wait", new Work.Delay(SOON, Optional.empty()), "wait_on"),
        step("wait_on", new Work.Delay(DAY, Optional.of("let it settle")), ""));
  }

  private List<Accepted> remindedAndCanceled() {
    ReminderPlan plan = new ReminderPlan(SOON, SOON, 1, Optional.of(Samples.TO_REVIEWERS));
    return of(
        IN_A_WEEK,
        story -> {
          story.fire(story.whole, Timer.Kind.REMINDER);
          story.fire(story.whole, Timer.Kind.ESCALATION);
          story.add(Order.resolve(workspace, story.whole, IntentCommand.End.CANCELED));
        },
        step("set", new Work.Configure(Optional.of(plan), Optional.of(DAY)), "raise"),
        step("raise", new Work.Escalation(Samples.TO_REVIEWERS), "tell"),
        step("tell", new Work.Notification(Optional.of(Samples.RESULT.payload())), "note"),
        step("note", new Work.Nothing(Optional.of(Samples.RESULT.payload())), "sign"),
        step("sign", human(), ""));
  }

  private List<Accepted> of(DeadlineRule deadline, Consumer<Story> tell, Step... steps) {
    Story story = new Story();
    Workflow workflow = new Workflow(steps[0].id(), List.of(steps));
    Scenario scenario = new Scenario("demo", new UUID(0, 7), List.of(), Optional.of(workflow));
    story.add(
        Order.of(
            workspace,
            REQUESTER,
            new IntentCommand.Create(
                story.whole, Samples.request(), deadline, Optional.empty(), Optional.of(scenario)),
            Samples.PAYLOAD,
            Samples.QUESTION,
            Samples.RESULT));
    tell.accept(story);
    return story.accepted;
  }

  private static Optional<Duration> within(Duration deadline) {
    return Optional.of(deadline);
  }

  private static Step step(String id, Work work, String next) {
    return step(id, work, next, Optional.empty());
  }

  private static Step step(String id, Work work, String next, Optional<Duration> deadline) {
    return new Step(
        new StepId(id),
        work,
        next.isEmpty() ? Optional.empty() : Optional.of(new StepId(next)),
        Optional.empty(),
        Step.Retry.NONE,
        deadline);
  }

  private static Work human() {
    return new Work.Human(Samples.approval(), Optional.empty(), "reviewer", "Reviewer");
  }

  private static Work agent(Actor.Agent agent) {
    return new Work.Agent(
        Mailbox.here(agent.address()),
        agent.address().name(),
        true,
        agent.address().name(),
        Optional.empty(),
        Optional.of(Samples.RESULT.payload()));
  }

  /** One workflow, while it is told. */
  private final class Story {
    private final IntentId whole = Samples.intent();
    private final List<Accepted> accepted = new ArrayList<>();

    void add(Order order) {
      accepted.add(scribe.accept(order.in(whole)));
    }

    void fire(IntentId intent, Timer.Kind kind) {
      add(Order.due(store, workspace, new Timer(intent, kind)));
    }

    /** The step-intent that was made last. */
    IntentId work() {
      return accepted.getLast().after().intents().sequencedKeySet().getLast();
    }
  }
}
