package dev.axme.core;

import static dev.axme.core.Flows.agent;
import static dev.axme.core.Flows.onFailure;
import static dev.axme.core.Flows.people;
import static dev.axme.core.Flows.retried;
import static dev.axme.core.Flows.step;
import static dev.axme.core.Flows.within;
import static dev.axme.core.Orders.answer;
import static dev.axme.core.Orders.fire;
import static dev.axme.core.Samples.ALICE;
import static dev.axme.core.Samples.CLOCK;
import static dev.axme.core.Samples.HOUR;
import static dev.axme.core.Samples.INTENT;
import static dev.axme.core.Samples.NOON;
import static dev.axme.core.Samples.REQUESTER;
import static dev.axme.core.Samples.SECOND;
import static dev.axme.core.Samples.WORKER;
import static dev.axme.core.Samples.approval;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Failures, time-outs, retries, rejections and limits (protocol section 5.5). */
class FlowFailureTest {
  private static final Instant ONE = NOON.plus(HOUR);
  private static final Instant TWO = ONE.plus(HOUR);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofSeconds(15);

  @Test
  void anAgentsFailureFailsTheWorkflowForItsReason() {
    Story story = Story.flow(step("write", agent(WORKER), "next"), step("next", done(), ""));

    story.when(WORKER, fails(story)).thenTold("StepEnded", "Failed");
    assertThat(story.intent().phase())
        .isEqualTo(
            new Phase.Failed(
                Optional.of("no network"),
                Optional.empty(),
                Optional.of(new Result.Composed(Assignment.COMPOSER))));
    assertThat(story.intent().run().orElseThrow().records()).hasSize(1);
  }

  @Test
  void anAgentThatResolvesWithAnErrorHandsItOnToTheWorkflow() {
    Story story = Story.flow(step("write", agent(WORKER), ""));

    story.and(
        WORKER,
        new IntentCommand.Resolve(
            story.work().id(),
            IntentCommand.End.FAILED,
            Optional.empty(),
            Optional.of(Samples.RESULT),
            Optional.of("broken"),
            OptionalInt.empty()),
        NOON);

    Phase.Failed failed = (Phase.Failed) story.intent().phase();
    assertThat(failed.error()).contains(Samples.RESULT);
    assertThat(failed.reason()).contains("broken");
  }

  @Test
  void aFailedStepIsTriedAgainAfterItsDelayAsOftenAsItMay() {
    Story story = Story.flow(retried(step("write", agent(WORKER), ""), 2, HOUR));
    IntentId first = story.work().id();

    story.when(WORKER, fails(story)).thenTold("StepEnded", "StepDelayed");
    assertThat(story.due(Timer.Kind.WAKE)).contains(ONE);

    story.when(CLOCK, fire(Timer.Kind.WAKE, ONE), ONE).thenTold("StepAssigned");
    assertThat(story.work().id()).isNotEqualTo(first);
    assertThat(story.work().assignment().orElseThrow().attempt()).isEqualTo(2);

    story.and(WORKER, fails(story), ONE).and(CLOCK, fire(Timer.Kind.WAKE, TWO), TWO);
    story.when(WORKER, fails(story), TWO).thenTold("StepEnded", "Failed");
    assertThat(story.record("write").attempt()).isEqualTo(3);
    assertThat(story.due(Timer.Kind.WAKE)).isEmpty();
  }

  @Test
  void aLaterTryMaySucceed() {
    Story story = Story.flow(retried(step("write", agent(WORKER), "sign"), 1, HOUR), sign());
    story.and(WORKER, fails(story), NOON).and(CLOCK, fire(Timer.Kind.WAKE, ONE), ONE);

    story
        .when(WORKER, Orders.complete().about(story.work().id()), ONE)
        .thenPhase(Phase.Asked.class);
  }

  @Test
  void afterTheLastTryTheWayOfFailureIsTaken() {
    Story story =
        Story.flow(
            onFailure(step("write", agent(WORKER), "sign"), "repair"),
            sign(),
            step("repair", agent(SECOND), ""));

    story.when(WORKER, fails(story)).thenTold("StepEnded", "StepAssigned");
    assertThat(story.intent().holder()).isEqualTo(SECOND.address());
    story.when(SECOND, Orders.complete().about(story.work().id())).thenPhase(Phase.Completed.class);
  }

  @Test
  void aRejectionIsNotTriedAgain() {
    Story story =
        Story.flow(retried(onFailure(sign(), "repair"), 5, HOUR), step("repair", done(), ""));

    story.when(ALICE, answer("rejected")).thenTold("TaskDecided", "StepEnded", "Completed");
    assertThat(story.record("sign").status()).isEqualTo(StepStatus.REJECTED);
  }

  @Test
  void aRejectionWithoutAnotherWayFailsTheWorkflowWithItsWord() {
    Story story = Story.flow(sign());

    story.when(ALICE, answer("denied"), NOON).thenRefused(invalid("denied"));
    story.when(ALICE, answer("rejected"), NOON).thenTold("TaskDecided", "Failed");
    assertThat(((Phase.Failed) story.intent().phase()).reason()).contains("rejected");
  }

  private static Refusal invalid(String word) {
    return new Refusal.InvalidOutcome(INTENT, word, approval().outcomes());
  }

  @Test
  void aQuestionThatNobodyAnswersInTimeTimesOut() {
    Story story = Story.flow(within(sign(), HOUR));

    story
        .when(CLOCK, fire(Timer.Kind.STEP, ONE), ONE)
        .then(
            new IntentEvent.StepEnded(
                INTENT,
                5,
                new StepId("sign"),
                StepStatus.TIMED_OUT,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()),
            new IntentEvent.TimedOut(INTENT, 6, ONE));
    HumanTask task = story.intent().lastTask().orElseThrow();
    assertThat(task.closed().map(HumanTask.Closed::status)).contains(Status.TIMED_OUT);
  }

  @Test
  void aQuestionThatTimesOutTakesTheWayOfFailure() {
    Story story =
        Story.flow(within(onFailure(sign(), "again"), HOUR), step("again", people(approval()), ""));

    story.when(CLOCK, fire(Timer.Kind.STEP, ONE), ONE).thenTold("StepEnded", "TaskOpened");
    assertThat(story.due(Timer.Kind.STEP)).isEmpty();
    story.when(ALICE, answer("approved"), ONE).thenPhase(Phase.Completed.class);
  }

  @Test
  void anAgentThatIsLateTimesTheWorkflowOut() {
    Story story = Story.flow(within(step("write", agent(WORKER), ""), SHORT));
    Instant due = NOON.plus(SHORT);

    story.when(CLOCK, expire(story, due), due).thenTold("StepEnded", "TimedOut");
    assertThat(story.work().phase()).isEqualTo(new Phase.TimedOut());
  }

  @Test
  void anAgentThatIsLateIsTriedAgain() {
    Story story = Story.flow(retried(within(step("write", agent(WORKER), ""), SHORT), 1, HOUR));
    Instant due = NOON.plus(SHORT);

    story.when(CLOCK, expire(story, due), due).thenTold("StepEnded", "StepDelayed");
    assertThat(story.record("write").status()).isEqualTo(StepStatus.TIMED_OUT);
  }

  @Test
  void anAgentThatNeverCameIsAFailedDelivery() {
    Story story = Story.flow(within(step("write", agent(WORKER), ""), MINUTE));
    Instant due = NOON.plus(MINUTE);

    story.when(CLOCK, expire(story, due), due).thenTold("StepEnded", "DeliveryFailed", "Failed");
    assertThat(((Phase.Failed) story.intent().phase()).reason()).contains("delivery_failed");
    assertThat(story.record("write").status()).isEqualTo(StepStatus.TIMED_OUT);
  }

  @Test
  void anAgentThatCameAndIsLateIsNoFailedDelivery() {
    Story story = Story.flow(within(step("write", agent(WORKER), ""), MINUTE));
    Instant due = NOON.plus(MINUTE);
    IntentId work = story.work().id();

    story
        .and(WORKER, new IntentCommand.PickUp(work, WORKER.address()), NOON)
        .when(CLOCK, expire(story, due), due)
        .thenTold("StepEnded", "TimedOut");
  }

  @Test
  void theDeadlineOfAllOfItEndsItsOpenStep() {
    Story story = limited(ONE, step("write", agent(WORKER), ""));

    story.when(CLOCK, fire(Timer.Kind.DEADLINE, ONE), ONE).thenTold("TimedOut");
    assertThat(story.work().phase()).isEqualTo(new Phase.TimedOut());
    assertThat(story.record("write").status()).isEqualTo(StepStatus.TIMED_OUT);
  }

  @Test
  void theDeadlineOfAllOfItWinsOverAStepsThatIsOverdueToo() {
    Step quick = within(step("write", agent(WORKER), ""), MINUTE);
    Story story = limited(ONE, retried(onFailure(quick, "repair"), 3, MINUTE), repair());

    story.when(CLOCK, expire(story, NOON.plus(MINUTE)), TWO).thenTold("StepEnded", "TimedOut");

    Step asked = within(sign(), MINUTE);
    limited(ONE, onFailure(asked, "repair"), repair())
        .when(CLOCK, fire(Timer.Kind.STEP, NOON.plus(MINUTE)), TWO)
        .thenTold("StepEnded", "TimedOut");
  }

  @Test
  void noNextTryBeginsAfterTheDeadlineOfAllOfIt() {
    Story story = limited(ONE, retried(step("write", agent(WORKER), ""), 1, MINUTE));
    story.and(WORKER, fails(story), NOON);

    story.when(CLOCK, fire(Timer.Kind.WAKE, NOON.plus(MINUTE)), TWO).thenTold("TimedOut");
    assertThat(story.root().intents()).hasSize(2);
  }

  @Test
  void aWorkflowThatFailsInCirclesEndsAtTheLimit() {
    Story story = Story.flow(onFailure(step("sign", people(approval()), ""), "sign"));

    for (int i = 1; i < Workflow.MAX_STARTS; i++) {
      story.and(ALICE, answer("rejected"), NOON);
    }
    assertThat(story.intent().phase()).isInstanceOf(Phase.Asked.class);
    story.when(ALICE, answer("rejected")).thenTold("TaskDecided", "Failed");
    assertThat(((Phase.Failed) story.intent().phase()).reason()).contains("step_limit");
    assertThat(story.intent().run().orElseThrow().starts()).isEqualTo(Workflow.MAX_STARTS);
  }

  @Test
  void triesCountAgainstTheLimitToo() {
    Story story = Story.flow(retried(step("write", agent(WORKER), ""), 9_999, Duration.ZERO));

    for (int i = 1; i < Workflow.MAX_STARTS; i++) {
      story.and(WORKER, fails(story), NOON).and(CLOCK, fire(Timer.Kind.WAKE, NOON), NOON);
    }
    story.and(WORKER, fails(story), NOON);
    story.when(CLOCK, fire(Timer.Kind.WAKE, NOON), NOON).thenTold("Failed");
    assertThat(((Phase.Failed) story.intent().phase()).reason()).contains("step_limit");
  }

  private static Work done() {
    return new Work.Nothing(Optional.empty());
  }

  private static Step sign() {
    return step("sign", people(approval()), "");
  }

  private static Step repair() {
    return step("repair", done(), "");
  }

  private static Story limited(Instant deadline, Step... steps) {
    DeadlineRule rule = new DeadlineRule.At(deadline);
    return Story.given().and(REQUESTER, Flows.start(Samples.openRequest(), rule, steps), NOON);
  }

  private static IntentCommand fails(Story story) {
    IntentCommand.Resume c = Orders.report(false);
    return new IntentCommand.Resume(
        story.work().id(),
        c.report(),
        c.answer(),
        c.proceed(),
        c.handOver(),
        Optional.of("no network"),
        OptionalInt.empty());
  }

  private static IntentCommand expire(Story story, Instant due) {
    return new IntentCommand.FireTimer(new Timer(story.work().id(), Timer.Kind.DEADLINE), due);
  }
}
