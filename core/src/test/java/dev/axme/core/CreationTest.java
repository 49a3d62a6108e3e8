package dev.axme.core;

import static dev.axme.core.Samples.ALICE;
import static dev.axme.core.Samples.HOUR;
import static dev.axme.core.Samples.INTENT;
import static dev.axme.core.Samples.NOON;
import static dev.axme.core.Samples.REQUESTER;
import static dev.axme.core.Samples.approval;
import static dev.axme.core.Samples.request;
import static dev.axme.core.Story.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How an intent begins (protocol sections 2.5 and 6.7). */
class CreationTest {
  private static final IntentEvent SUBMITTED = new IntentEvent.Submitted(INTENT, 2);
  private static final IntentEvent DELIVERED = new IntentEvent.Delivered(INTENT, 3);

  @Test
  void aPlainIntentIsCreatedSubmittedAndDeliveredAtOnce() {
    given()
        .when(REQUESTER, Orders.create())
        .then(
            new IntentEvent.Created(
                INTENT, 1, request(), Optional.empty(), Optional.empty(), Optional.empty()),
            SUBMITTED,
            DELIVERED);
  }

  @Test
  void aDirectHumanTaskIsAskedInTheSameAppend() {
    TaskId task = new TaskId(new Moment(NOON, 7).id(0));

    given()
        .when(REQUESTER, Orders.ask(approval()))
        .then(
            new IntentEvent.Created(
                INTENT, 1, request(), Optional.empty(), Optional.empty(), Optional.empty()),
            SUBMITTED,
            DELIVERED,
            new IntentEvent.TaskOpened(INTENT, 4, task, approval()));
  }

  @Test
  void aPersonMayAskToo() {
    Story story = given().when(ALICE, Orders.ask(approval())).thenPhase(Phase.Asked.class);

    assertThat(story.intent().phase().status()).isEqualTo(Status.WAITING);
  }

  @Test
  void nothingExpiresUnlessTheSenderSaysWhen() {
    Story story = given().when(REQUESTER, Orders.create()).thenPhase(Phase.Mailed.class);

    assertThat(story.intent().deadline()).isEmpty();
    assertThat(story.due(Timer.Kind.DEADLINE)).isEmpty();
  }

  @Test
  void aTimeOutCountsFromTheCreation() {
    Story story =
        given()
            .when(REQUESTER, Orders.ask(request(), new DeadlineRule.In(HOUR), approval()))
            .thenPhase(Phase.Asked.class);

    assertThat(story.intent().deadline()).contains(NOON.plus(HOUR));
    assertThat(story.due(Timer.Kind.DEADLINE)).contains(NOON.plus(HOUR));
  }

  @Test
  void aDeadlineIsCountedToTheMicrosecondAsItsTimerIsKept() {
    DeadlineRule rule = new DeadlineRule.At(NOON.plusNanos(1_999));
    DeadlineRule timeOut = new DeadlineRule.In(HOUR.plusNanos(1_999));

    assertThat(rule.apply(Optional.empty(), NOON)).contains(NOON.plusNanos(1_000));
    assertThat(timeOut.apply(Optional.empty(), NOON)).contains(NOON.plus(HOUR).plusNanos(1_000));
  }

  @Test
  void aDeadlineThatHasPassedIsRefused() {
    given()
        .when(REQUESTER, Orders.ask(request(), new DeadlineRule.At(NOON), approval()))
        .thenRefused(new Refusal.DeadlinePassed(INTENT));
  }

  @Test
  void anIdIsTakenOnlyOnce() {
    Story.mailed().when(REQUESTER, Orders.create()).thenRefused(new Refusal.AlreadyExists(INTENT));
  }

  @Test
  void whatDoesNotExistIsUnknown() {
    given().when(ALICE, Orders.answer("approved")).thenRefused(new Refusal.UnknownIntent(INTENT));
  }

  @Test
  void anIntentStartsAtGenerationZero() {
    assertThat(Story.mailed().intent().generation()).isZero();
  }
}
