package dev.axme.core;

import static dev.axme.core.Flows.agent;
import static dev.axme.core.Flows.delay;
import static dev.axme.core.Flows.people;
import static dev.axme.core.Flows.step;
import static dev.axme.core.Flows.within;
import static dev.axme.core.Orders.answer;
import static dev.axme.core.Orders.complete;
import static dev.axme.core.Orders.fire;
import static dev.axme.core.Samples.ALICE;
import static dev.axme.core.Samples.CLOCK;
import static dev.axme.core.Samples.HOUR;
import static dev.axme.core.Samples.INTENT;
import static dev.axme.core.Samples.NOON;
import static dev.axme.core.Samples.REQUESTER;
import static dev.axme.core.Samples.RESULT;
import static dev.axme.core.Samples.SECOND;
import static dev.axme.core.Samples.TO_ALICE;
import static dev.axme.core.Samples.TO_REVIEWERS;
import static dev.axme.core.Samples.WORKER;
import static dev.axme.core.Samples.approval;
import static dev.axme.core.Samples.hourly;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What each kind of step does, and how one follows another (protocol section 5.4). */
class FlowStepsTest {
  private static final Instant ONE = NOON.plus(HOUR);
  private static final Optional<Result> DONE = Optional.of(new Result.Given(RESULT));

  @Test
  void anAgentStepIsAnIntentOfItsOwn() {
    Story story = Story.flow(within(step("write", agent(WORKER), ""), HOUR));

    Intent work = story.work();
    assertThat(work.request().to()).isEqualTo(Mailbox.here(WORKER.address()));
    assertThat(work.request().payload()).isEqualTo(story.intent().request().payload());
    assertThat(work.request().from()).isEqualTo(story.intent().request().from());
    assertThat(work.deadline()).contains(ONE);
    assertThat(work.assignment().orElseThrow().parent()).isEqualTo(INTENT);
    assertThat(work.phase()).isInstanceOf(Phase.Mailed.class);
    assertThat(story.intent().phase())
        .isEqualTo(new Phase.Awaiting(work.id(), work.delivery().to(), Optional.of(ONE)));
    assertThat(story.intent().holder()).isEqualTo(WORKER.address());
  }

  @Test
  void theWorkflowEndsWithItsLastStep() {
    Story story = Story.flow(step("write", agent(WORKER), ""));

    story
        .when(WORKER, complete().about(story.work().id()))
        .thenTold("StepEnded", "Completed")
        .when(ALICE, answer("approved"))
        .thenRefused(new Refusal.IntentEnded(INTENT, (Phase.Ended) story.intent().phase()));
    assertThat(story.intent().phase())
        .isEqualTo(new Phase.Completed(Optional.of(new Result.Composed(Assignment.COMPOSER))));
    assertThat(story.record("write").result()).isEqualTo(DONE);
    assertThat(story.work().phase()).isEqualTo(new Phase.Completed(DONE));
  }

  @Test
  void aHumanStepIsAQuestionOfTheWorkflowItself() {
    Story story = Story.flow(step("sign", people(approval(TO_ALICE)), ""));
    TaskId task = story.intent().openTask().orElseThrow().id();

    story.when(ALICE, answer("approved")).thenTold("TaskDecided", "Completed");

    assertThat(story.root().intents()).hasSize(1);
    assertThat(story.record("sign").status()).isEqualTo(StepStatus.COMPLETED);
    assertThat(story.record("sign").result().orElseThrow()).isInstanceOf(Result.Decided.class);
    assertThat(story.intent().task(task).orElseThrow().closed()).isPresent();
  }

  @Test
  void twoAgentsAndAPersonWorkOneAfterTheOther() {
    Story story =
        Story.flow(
            step("plan", agent(WORKER), "write"),
            step("write", agent(SECOND), "sign"),
            step("sign", people(approval()), ""));

    story
        .when(WORKER, complete().about(story.work().id()))
        .thenTold("StepEnded", "StepAssigned")
        .when(SECOND, complete().about(story.work().id()))
        .thenTold("StepEnded", "TaskOpened")
        .when(ALICE, answer("approved"))
        .thenTold("TaskDecided", "Completed");
    assertThat(story.work().assignment().orElseThrow().previous())
        .containsExactly(new Assignment.Previous(new StepId("plan"), new Result.Given(RESULT)));
    assertThat(story.intent().run().orElseThrow().records().sequencedKeySet())
        .extracting(StepId::value)
        .containsExactly("plan", "write", "sign");
  }

  @Test
  void aDelayWaitsForItsTimeAndNoLonger() {
    Story story = Story.flow(step("wait", delay(), "sign"), step("sign", people(approval()), ""));
    assertThat(story.intent().phase()).isEqualTo(new Phase.Sleeping(ONE));

    story
        .when(CLOCK, fire(Timer.Kind.WAKE, ONE), ONE)
        .thenTold("StepEnded", "TaskOpened")
        .when(CLOCK, fire(Timer.Kind.WAKE, ONE), ONE)
        .thenNothing();
    assertThat(story.due(Timer.Kind.WAKE)).isEmpty();
  }

  @Test
  void anEscalationIsToldAndNotWaitedFor() {
    Story story = Story.flow(step("raise", new Work.Escalation(TO_REVIEWERS), ""));

    assertThat(story.intent().phase()).isInstanceOf(Phase.Completed.class);
    assertThat(story.record("raise").note()).isEmpty();
  }

  @Test
  void anEscalationBeforeAQuestionIsNotTheQuestions() {
    Story story =
        Story.flow(
            step("raise", new Work.Escalation(TO_REVIEWERS), "sign"),
            step("sign", people(approval(TO_ALICE)), ""));

    assertThat(story.intent().openTask().orElseThrow().escalatedTo()).isEmpty();
  }

  @Test
  void aNotificationSaysThatNobodyWasReached() {
    Story story =
        Story.unreachable()
            .and(
                REQUESTER,
                Flows.start(
                    step("tell", new Work.Notification(Optional.empty()), "note"),
                    step("note", new Work.Nothing(Optional.of(RESULT)), "")),
                NOON);

    assertThat(story.record("tell").status()).isEqualTo(StepStatus.COMPLETED);
    assertThat(story.record("tell").note()).contains("skipped: no channel");
    assertThat(story.record("note").result()).isEqualTo(DONE);
    assertThat(story.intent().phase()).isInstanceOf(Phase.Completed.class);
  }

  @Test
  void whatIsConfiguredHoldsForTheNextStepThatWaitsAlone() {
    Story story =
        Story.flow(
            step("remind", new Work.Configure(Optional.of(hourly(2)), Optional.empty()), "limit"),
            step("limit", new Work.Configure(Optional.empty(), Optional.of(HOUR)), "tell"),
            step("tell", new Work.Notification(Optional.empty()), "first"),
            step("first", people(approval()), "second"),
            step("second", people(approval()), ""));
    HumanTask first = story.intent().openTask().orElseThrow();
    assertThat(first.plan()).contains(hourly(2));
    assertThat(first.due()).contains(ONE);
    assertThat(story.due(Timer.Kind.STEP)).contains(ONE);
    assertThat(story.due(Timer.Kind.REMINDER)).contains(ONE);

    story.and(ALICE, answer("approved"), NOON);

    HumanTask second = story.intent().openTask().orElseThrow();
    assertThat(second.plan()).isEmpty();
    assertThat(second.due()).isEmpty();
    assertThat(story.due(Timer.Kind.STEP)).isEmpty();
    assertThat(story.due(Timer.Kind.REMINDER)).isEmpty();
  }

  @Test
  void whatAStepSaysItselfWinsOverWhatIsConfigured() {
    Duration own = Duration.ofMinutes(5);
    Work asks = new Work.Human(approval(), Optional.of(hourly(1)), "reviewer", "Reviewer");
    Work configures = new Work.Configure(Optional.of(hourly(9)), Optional.of(HOUR));

    Story story = Story.flow(step("set", configures, "sign"), within(step("sign", asks, ""), own));

    HumanTask task = story.intent().openTask().orElseThrow();
    assertThat(task.plan()).contains(hourly(1));
    assertThat(task.due()).contains(NOON.plus(own));
  }

  @Test
  void withoutAnyOtherTheIntentsPlanReminds() {
    Story story =
        Story.given()
            .and(
                Samples.REQUESTER,
                Flows.start(
                    Samples.remindedRequest(hourly(3)),
                    Orders.KEEP,
                    step("sign", people(approval()), "")),
                NOON);

    story.when(CLOCK, fire(Timer.Kind.REMINDER, ONE), ONE).thenTold("Reminded");
    assertThat(story.intent().openTask().orElseThrow().reminders()).isEqualTo(1);
  }

  @Test
  void peopleAreShownWhatTheStepsBeforeCameTo() {
    assertThat(shownAfter(new Work.Nothing(Optional.of(RESULT))))
        .isNotEqualTo(shownAfter(new Work.Nothing(Optional.of(Samples.payload('b')))))
        .isNotEqualTo(approval().shown());
    assertThat(shownAfter(new Work.Nothing(Optional.empty()))).isEqualTo(approval().shown());
  }

  @Test
  void whatIsShownCoversAnEarlierDecisionAndItsComment() {
    List<Digest> shown =
        List.of(secondShown("fine"), secondShown("fine, but hurry"), approval().shown());

    assertThat(shown).doesNotHaveDuplicates();
    assertThat(secondShown("fine")).isEqualTo(shown.getFirst());
  }

  private static Digest shownAfter(Work before) {
    Story story = Story.flow(step("before", before, "sign"), step("sign", people(approval()), ""));
    return story.intent().openTask().orElseThrow().draft().shown();
  }

  private static Digest secondShown(String comment) {
    Story story =
        Story.flow(
                step("first", people(approval()), "second"), step("second", people(approval()), ""))
            .and(ALICE, answer(Orders.said("approved", comment)), NOON);
    return story.intent().openTask().orElseThrow().draft().shown();
  }
}
