package dev.axme.core;

import static dev.axme.core.Flows.agent;
import static dev.axme.core.Flows.delay;
import static dev.axme.core.Flows.onFailure;
import static dev.axme.core.Flows.people;
import static dev.axme.core.Flows.retried;
import static dev.axme.core.Flows.step;
import static dev.axme.core.Orders.answer;
import static dev.axme.core.Orders.complete;
import static dev.axme.core.Orders.handOver;
import static dev.axme.core.Orders.proceed;
import static dev.axme.core.Orders.report;
import static dev.axme.core.Orders.resolve;
import static dev.axme.core.Samples.ALICE;
import static dev.axme.core.Samples.HOUR;
import static dev.axme.core.Samples.INTENT;
import static dev.axme.core.Samples.NOON;
import static dev.axme.core.Samples.OWNER;
import static dev.axme.core.Samples.REQUESTER;
import static dev.axme.core.Samples.SECOND;
import static dev.axme.core.Samples.STRANGER;
import static dev.axme.core.Samples.WORKER;
import static dev.axme.core.Samples.approval;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What callers do to a workflow and to its steps by name (protocol sections 3.6 and 3.7). */
class FlowOrdersTest {
  private static final StepId WRITE = new StepId("write");

  @Test
  void aCancelReachesTheOpenStep() {
    Story story = working();
    Intent work = story.work();

    story.when(REQUESTER, resolve(IntentCommand.End.CANCELED)).thenTold("Canceled");

    Phase.Ended ended = (Phase.Ended) story.work().phase();
    assertThat(ended).isEqualTo(new Phase.Canceled(Optional.of("workflow_ended")));
    assertThat(story.record("write").status()).isEqualTo(StepStatus.CANCELED);
    story
        .when(WORKER, complete().about(work.id()))
        .thenRefused(new Refusal.IntentEnded(work.id(), ended));
  }

  @Test
  void aCancelClosesAnOpenQuestionAndADelay() {
    Story asked = Story.flow(sign());
    asked.when(REQUESTER, resolve(IntentCommand.End.CANCELED)).thenTold("Canceled");
    assertThat(asked.intent().lastTask().flatMap(HumanTask::closed)).isPresent();

    Story delayed = Story.flow(step("wait", delay(), ""));
    delayed.when(REQUESTER, resolve(IntentCommand.End.CANCELED)).thenTold("Canceled");
    assertThat(delayed.due(Timer.Kind.WAKE)).isEmpty();
  }

  @Test
  void aCanceledStepIsNotTriedAgain() {
    Story story = Story.flow(retried(step("write", agent(WORKER), ""), 3, HOUR));

    story
        .when(ALICE, resolve(IntentCommand.End.CANCELED).about(story.work().id()))
        .thenTold("StepEnded", "Failed");
    assertThat(story.record("write").status()).isEqualTo(StepStatus.CANCELED);
  }

  @Test
  void aStepsAgentMayResumeTheWorkflowInstead() {
    Story story = working();

    story.when(WORKER, complete()).thenTold("StepEnded", "TaskOpened");
    assertThat(story.work().phase()).isInstanceOf(Phase.Completed.class);
    assertThat(story.intent().generation()).isEqualTo(1);
    assertThat(story.work().generation()).isEqualTo(1);

    story = working();
    story.when(WORKER, report(false)).thenTold("StepEnded", "Failed");
    assertThat(story.work().phase()).isInstanceOf(Phase.Failed.class);
  }

  @Test
  void aStepsAgentMayResolveTheWorkflowInstead() {
    Story story = working();

    story.when(WORKER, resolve(IntentCommand.End.COMPLETED)).thenTold("StepEnded", "TaskOpened");
    assertThat(story.work().phase()).isInstanceOf(Phase.Completed.class);
  }

  @Test
  void theOwnerMayLetAStepPass() {
    for (Actor owner : List.<Actor>of(REQUESTER, ALICE)) {
      Story story = working();
      story.when(owner, proceed(true, "good enough")).thenTold("StepEnded", "TaskOpened");
      assertThat(story.record("write").status()).isEqualTo(StepStatus.COMPLETED);
      assertThat(story.record("write").result()).isEmpty();
      assertThat(story.intent().generation()).isEqualTo(1);
    }
  }

  @Test
  void aStepThatItsOwnerDoesNotLetPassIsRejectedAndNotTriedAgain() {
    Story story =
        Story.flow(retried(onFailure(step("write", agent(WORKER), ""), "sign"), 3, HOUR), sign());

    story.when(REQUESTER, proceed(false, "too long")).thenTold("StepEnded", "TaskOpened");
    assertThat(story.record("write").status()).isEqualTo(StepStatus.REJECTED);
    assertThat(story.record("write").reason()).contains("too long");
    assertThat(story.work().phase()).isInstanceOf(Phase.Failed.class);
  }

  @Test
  void aPersonWhoRejectsAStepsWorkIsNotAskedForItAgain() {
    Story story = Story.flow(retried(step("write", agent(WORKER), ""), 3, HOUR));

    story.when(ALICE, answer("rejected").about(story.work().id())).thenTold("StepEnded", "Failed");
    assertThat(story.record("write").status()).isEqualTo(StepStatus.REJECTED);
  }

  @Test
  void theOwnerMaySkipADelay() {
    Story story = Story.flow(step("wait", delay(), "sign"), sign());

    story.when(STRANGER, proceed(true, "now")).thenRefused(new Refusal.NotTheirs(INTENT));
    story.when(REQUESTER, proceed(true, "now")).thenTold("StepEnded", "TaskOpened");
    assertThat(story.due(Timer.Kind.WAKE)).isEmpty();
  }

  @Test
  void theOwnerMayNotWaitForTheNextTryOrForbidIt() {
    Step step = retried(step("write", agent(WORKER), ""), 3, HOUR);

    Story now = Story.flow(step).and(WORKER, report(false), NOON);
    now.when(REQUESTER, proceed(true, "now")).thenTold("StepAssigned");
    assertThat(now.due(Timer.Kind.WAKE)).isEmpty();

    Story never = Story.flow(step).and(WORKER, report(false), NOON);
    never.when(REQUESTER, proceed(false, "leave it")).thenTold("StepEnded", "Failed");
    assertThat(never.due(Timer.Kind.WAKE)).isEmpty();
  }

  @Test
  void otherAgentsMayDoNothing() {
    Story story = working();
    IntentId work = story.work().id();

    for (IntentCommand.Resume order : List.of(complete(), report(false), handOver(STRANGER))) {
      story.when(STRANGER, order).thenRefused(new Refusal.NotTheirs(work));
      story.when(STRANGER, order.about(work)).thenRefused(new Refusal.NotTheirs(work));
      story.when(REQUESTER, order.about(work)).thenRefused(new Refusal.NotTheirs(work));
    }
    story.when(STRANGER, proceed(true, "go")).thenRefused(new Refusal.NotTheirs(INTENT));
    story.when(WORKER, proceed(true, "go")).thenRefused(new Refusal.NotTheirs(INTENT));
    story
        .when(STRANGER, resolve(IntentCommand.End.CANCELED))
        .thenRefused(new Refusal.NotTheirs(INTENT));
  }

  @Test
  void nobodyDecidesWhatNobodyWasAsked() {
    Story story = working();

    story.when(ALICE, answer("approved")).thenRefused(new Refusal.NobodyAsked(INTENT, WRITE));
    story.when(WORKER, answer("approved")).thenRefused(new Refusal.HumanDecisionRequired(INTENT));
  }

  @Test
  void noAgentAnswersAHumanStep() {
    for (Actor agent : List.<Actor>of(WORKER, REQUESTER)) {
      Story story = Story.flow(sign());
      for (IntentCommand order :
          List.of(answer("approved"), proceed(true, "go"), resolve(IntentCommand.End.COMPLETED))) {
        story.when(agent, order).thenRefused(new Refusal.HumanDecisionRequired(INTENT));
      }
    }
  }

  @Test
  void aHandOverIsToldToTheWorkflow() {
    Story story = working();
    IntentId work = story.work().id();
    Mailbox second = Mailbox.here(SECOND.address());

    story.when(WORKER, handOver(SECOND).about(work)).thenTold("StepAssigned");
    assertThat(story.intent().phase())
        .isEqualTo(new Phase.Awaiting(work, second, Optional.empty()));
    story.when(SECOND, complete()).thenTold("StepEnded", "TaskOpened");
  }

  @Test
  void aHandOverToTheSameAgentIsToldToTheWorkflowToo() {
    Story story = working();

    story.when(WORKER, handOver(WORKER)).thenTold("StepAssigned");
    story.when(WORKER, complete()).thenTold("StepEnded", "TaskOpened");
  }

  @Test
  void aStepThatGetsAnotherDeadlineIsToldToTheWorkflow() {
    Story story = working();
    DeadlineRule later = new DeadlineRule.In(HOUR);
    IntentCommand.ChangeControls order = Orders.controls(later);

    story
        .when(
            WORKER,
            new IntentCommand.ChangeControls(
                story.work().id(), order.patch(), later, order.expectedGeneration()))
        .thenTold("StepAssigned");
    assertThat(story.intent().due()).contains(NOON.plus(HOUR));
  }

  @Test
  void aRequestersKeyDoesNotCompleteAWorkflowThatAsksPeople() {
    for (Story story : List.of(working(), Story.flow(step("wait", delay(), "sign"), sign()))) {
      for (Actor actor : List.<Actor>of(REQUESTER, ALICE)) {
        story
            .when(actor, resolve(IntentCommand.End.COMPLETED))
            .thenRefused(new Refusal.HumanDecisionRequired(INTENT));
        story
            .when(actor, resolve(IntentCommand.End.FAILED))
            .thenRefused(new Refusal.HumanDecisionRequired(INTENT));
      }
      story.when(OWNER, resolve(IntentCommand.End.COMPLETED)).thenTold("Completed");
    }
  }

  @Test
  void aRequestersKeyEndsAWorkflowOfAgentsAsItLikes() {
    Story story = Story.flow(step("write", agent(WORKER), ""));

    story.when(REQUESTER, resolve(IntentCommand.End.COMPLETED)).thenTold("Completed");
    assertThat(story.work().phase()).isInstanceOf(Phase.Canceled.class);
  }

  @Test
  void anOrderThatExpectsAnotherGenerationChangesNothing() {
    Story story = working();

    story.when(WORKER, Orders.expecting(3, complete())).thenStaleGeneration(0);
    assertThat(story.work().phase()).isInstanceOf(Phase.Mailed.class);
    story.when(WORKER, Orders.expecting(0, complete())).thenPhase(Phase.Asked.class);
  }

  /** An agent writes, then people sign. */
  private static Story working() {
    return Story.flow(step("write", agent(WORKER), "sign"), sign());
  }

  private static Step sign() {
    return step("sign", people(approval()), "");
  }
}
