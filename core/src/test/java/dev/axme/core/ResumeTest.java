package dev.axme.core;

import static dev.axme.core.Orders.answer;
import static dev.axme.core.Orders.handOver;
import static dev.axme.core.Orders.proceed;
import static dev.axme.core.Orders.report;
import static dev.axme.core.Orders.resolve;
import static dev.axme.core.Samples.ALICE;
import static dev.axme.core.Samples.INTENT;
import static dev.axme.core.Samples.NOON;
import static dev.axme.core.Samples.REQUESTER;
import static dev.axme.core.Samples.RESULT;
import static dev.axme.core.Samples.SECOND;
import static dev.axme.core.Samples.STRANGER;
import static dev.axme.core.Samples.WORKER;
import static dev.axme.core.Story.mailed;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A plain intent is reported on, let go on or handed over (protocol section 3.7). */
class ResumeTest {
  private static final IntentEvent ONCE = new IntentEvent.GenerationChanged(INTENT, 1);
  private static final Optional<Result> GIVEN = Optional.of(new Result.Given(RESULT));

  @Test
  void aResultIsInProgressAndThenCompleted() {
    mailed()
        .when(WORKER, report(true))
        .then(
            ONCE,
            new IntentEvent.Progressed(INTENT, 4, Optional.empty(), Optional.of(RESULT)),
            new IntentEvent.Completed(INTENT, 5, GIVEN));
  }

  @Test
  void aFailureFailsAtOnce() {
    mailed()
        .when(WORKER, report(false))
        .then(ONCE, new IntentEvent.Failed(INTENT, 4, Optional.empty(), Optional.empty(), GIVEN));
  }

  @Test
  void aGoAheadIsNotTheEndAndALaterResolveFinishes() {
    mailed()
        .and(REQUESTER, proceed(true, "go"), NOON)
        .when(REQUESTER, resolve(IntentCommand.End.COMPLETED))
        .then(
            new IntentEvent.GenerationChanged(INTENT, 2),
            new IntentEvent.Completed(INTENT, 5, GIVEN));
  }

  @Test
  void aGoAheadSaysInProgress() {
    Story story =
        mailed()
            .when(REQUESTER, proceed(true, "go"))
            .then(ONCE, new IntentEvent.Progressed(INTENT, 4, Optional.of("go"), Optional.empty()));

    assertThat(story.intent().phase().status()).isEqualTo(Status.IN_PROGRESS);
  }

  @Test
  void aRefusedStepFails() {
    mailed()
        .when(REQUESTER, proceed(false, "too risky"))
        .then(
            ONCE,
            new IntentEvent.Failed(
                INTENT, 4, Optional.of("too risky"), Optional.empty(), Optional.empty()));
  }

  @Test
  void aHandOverWaitsForTheNextAgent() {
    Story story =
        mailed()
            .when(WORKER, handOver(SECOND))
            .then(
                ONCE,
                new IntentEvent.Transferred(INTENT, 4, box(WORKER), box(SECOND)),
                new IntentEvent.Parked(INTENT, 5, SECOND.address()));

    assertThat(story.intent().phase()).isEqualTo(new Phase.Passed());
    assertThat(story.intent().holder()).isEqualTo(SECOND.address());
  }

  @Test
  void aSecondHandOverStartsAtWhoeverHoldsIt() {
    mailed()
        .and(WORKER, handOver(SECOND), NOON)
        .when(SECOND, handOver(STRANGER))
        .then(
            new IntentEvent.GenerationChanged(INTENT, 2),
            new IntentEvent.Transferred(INTENT, 6, box(SECOND), box(STRANGER)),
            new IntentEvent.Parked(INTENT, 7, STRANGER.address()));
  }

  @Test
  void whoeverHoldsItMayFinishIt() {
    mailed()
        .and(WORKER, handOver(SECOND), NOON)
        .when(SECOND, report(true))
        .thenPhase(Phase.Completed.class);
  }

  @Test
  void whoeverHoldsItMayFinishItAlsoAfterAGoAhead() {
    mailed()
        .and(WORKER, handOver(SECOND), NOON)
        .and(SECOND, proceed(true, "working"), NOON)
        .when(SECOND, report(true))
        .thenPhase(Phase.Completed.class);
  }

  @Test
  void aHandOverAfterAGoAheadStartsAtWhoeverHoldsIt() {
    Story story =
        mailed().and(WORKER, handOver(SECOND), NOON).and(SECOND, proceed(true, "working"), NOON);

    Ruling.Accepted ruling = (Ruling.Accepted) story.rule(SECOND, handOver(STRANGER), NOON);

    assertThat(ruling.events())
        .contains(new IntentEvent.Transferred(INTENT, 7, box(SECOND), box(STRANGER)));
  }

  @Test
  void onlySenderRecipientAndPeopleMayReport() {
    for (IntentCommand command : List.of(report(true), proceed(true, "go"), handOver(SECOND))) {
      mailed().when(STRANGER, command).thenRefused(new Refusal.NotTheirs(INTENT));
      for (Actor actor : List.of(WORKER, REQUESTER, ALICE)) {
        mailed().when(actor, command).thenPhase(Phase.class);
      }
    }
  }

  @Test
  void everyKeyMayFinishWhatWasSentToNobody() {
    mailed(Samples.openRequest(), Optional.empty())
        .when(STRANGER, report(true))
        .thenPhase(Phase.Completed.class);
  }

  @Test
  void aBodyThatSaysNothingDoesNothing() {
    mailed().when(WORKER, Orders.silence()).thenRefused(new Refusal.NothingToDo(INTENT));
  }

  @Test
  void aPersonFinishesAPlainIntentAsIfItHadAsked() {
    Story story = mailed().when(ALICE, answer("approved")).thenPhase(Phase.Completed.class);

    Phase.Completed end = (Phase.Completed) story.intent().phase();
    Result.Decided result = (Result.Decided) end.result().orElseThrow();
    assertThat(result.decision().outcome()).isEqualTo("approved");
    assertThat(result.decision().shown()).isEmpty();
    assertThat(story.intent().seq()).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rejected", "Rejected", " rejected ", "denied", "changes_requested"})
  void aPersonsNoFailsAPlainIntentHoweverItIsWritten(String no) {
    Story story = mailed().when(ALICE, answer(no)).thenPhase(Phase.Failed.class);

    Phase.Failed end = (Phase.Failed) story.intent().phase();
    assertThat(end.reason()).contains(no.strip().toLowerCase(Locale.ROOT));
  }

  @Test
  void everyAppliedResumeCounts() {
    Story story =
        mailed().and(WORKER, proceed(true, "1"), NOON).and(WORKER, proceed(true, "2"), NOON);

    assertThat(story.intent().generation()).isEqualTo(2);
  }

  private static Mailbox box(Actor.Agent agent) {
    return Mailbox.here(agent.address());
  }
}
