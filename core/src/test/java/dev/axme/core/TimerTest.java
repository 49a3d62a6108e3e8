package dev.axme.core;

import static dev.axme.core.Orders.answer;
import static dev.axme.core.Orders.controls;
import static dev.axme.core.Orders.fire;
import static dev.axme.core.Samples.ALICE;
import static dev.axme.core.Samples.CLOCK;
import static dev.axme.core.Samples.HOUR;
import static dev.axme.core.Samples.INTENT;
import static dev.axme.core.Samples.NOON;
import static dev.axme.core.Samples.REQUESTER;
import static dev.axme.core.Samples.TO_ALICE;
import static dev.axme.core.Samples.TO_REVIEWERS;
import static dev.axme.core.Samples.approval;
import static dev.axme.core.Samples.hourly;
import static dev.axme.core.Samples.hourlyThen;
import static dev.axme.core.Samples.remindedRequest;
import static dev.axme.core.Samples.request;
import static dev.axme.core.Story.asked;
import static dev.axme.core.Story.mailed;
import static dev.axme.core.Timer.Kind.DEADLINE;
import static dev.axme.core.Timer.Kind.ESCALATION;
import static dev.axme.core.Timer.Kind.REMINDER;
import static dev.axme.core.Timer.Kind.WAKE;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reminders, escalation and deadlines, and timers that come too late (protocol section 6.6). */
class TimerTest {
  private static final Instant ONE = NOON.plus(HOUR);
  private static final Instant THREE = ONE.plus(HOUR.multipliedBy(2));
  private static final Instant FIVE = THREE.plus(HOUR.multipliedBy(2));

  @Test
  void theFirstReminderComesAfterTheFirstTimeAndTheNextAfterTheInterval() {
    Story story = reminded(hourly(2));
    assertThat(story.due(REMINDER)).contains(ONE);

    story.when(CLOCK, fire(REMINDER, ONE), ONE).then(new IntentEvent.Reminded(INTENT, 5, 1));
    assertThat(story.due(REMINDER)).contains(THREE);

    story.when(CLOCK, fire(REMINDER, THREE), THREE).then(new IntentEvent.Reminded(INTENT, 6, 2));
    assertThat(story.due(REMINDER)).isEmpty();
    assertThat(story.due(ESCALATION)).isEmpty();
  }

  @Test
  void thereAreNoMoreRemindersThanThePlanSays() {
    reminded(hourly(1))
        .and(CLOCK, fire(REMINDER, ONE), ONE)
        .when(CLOCK, fire(REMINDER, THREE), THREE)
        .thenNothing();
  }

  @Test
  void aReminderThatIsLateComesOnceAndTheNextCountsFromIt() {
    Instant late = FIVE.plus(HOUR);
    Story story = reminded(hourly(3)).and(CLOCK, fire(REMINDER, ONE), late);

    story.when(CLOCK, fire(REMINDER, THREE), late).thenNothing();
    assertThat(story.due(REMINDER)).contains(late.plus(HOUR.multipliedBy(2)));
  }

  @Test
  void aPlanWithoutRemindersEscalatesAtOnce() {
    assertThat(reminded(hourlyThen(0, TO_REVIEWERS)).due(ESCALATION)).contains(ONE);
    assertThat(reminded(hourly(0)).due(REMINDER)).isEmpty();
  }

  @Test
  void escalationFollowsTheLastReminderByOneInterval() {
    Story story = reminded(hourlyThen(1, TO_REVIEWERS)).and(CLOCK, fire(REMINDER, ONE), ONE);
    assertThat(story.due(REMINDER)).isEmpty();
    assertThat(story.due(ESCALATION)).contains(THREE);

    story
        .when(CLOCK, fire(ESCALATION, THREE), THREE)
        .then(new IntentEvent.Escalated(INTENT, 6, TO_REVIEWERS));
    assertThat(story.due(ESCALATION)).isEmpty();
    assertThat(story.intent().phase().status()).isEqualTo(Status.WAITING);
  }

  @Test
  void aPlainIntentRemindsNobody() {
    Story story = mailed(remindedRequest(hourly(2)), Optional.empty());

    assertThat(story.due(REMINDER)).isEmpty();
    story.when(CLOCK, fire(REMINDER, ONE), ONE).thenNothing();
  }

  @Test
  void theDeadlineEndsWhateverIsOpen() {
    IntentEvent timedOut = new IntentEvent.TimedOut(INTENT, 4, ONE);

    Story plain =
        mailed(request(), Optional.of(ONE))
            .and(Samples.WORKER, Orders.pickUp(Samples.WORKER), NOON);
    plain.when(CLOCK, fire(DEADLINE, ONE), ONE).then(timedOut);

    Story asked = asked(request(), Optional.of(ONE), approval());
    asked.when(CLOCK, fire(DEADLINE, ONE), ONE).thenPhase(Phase.TimedOut.class);
    assertThat(asked.intent().lastTask()).isPresent();
  }

  @Test
  void theDeadlineEndsWhatWasHandedOver() {
    mailed(request(), Optional.of(ONE))
        .and(Samples.WORKER, Orders.handOver(Samples.SECOND), NOON)
        .and(Samples.SECOND, Orders.pickUp(Samples.SECOND), NOON)
        .when(CLOCK, fire(DEADLINE, ONE), THREE)
        .then(new IntentEvent.TimedOut(INTENT, 6, ONE));
  }

  @Test
  void aDeadlineThatMovedAwayIsSilentAtItsOldTime() {
    Story story =
        asked(request(), Optional.of(ONE), approval())
            .and(REQUESTER, controls(new DeadlineRule.At(THREE)), NOON);

    story.when(CLOCK, fire(DEADLINE, ONE), ONE).thenNothing();
    story.when(CLOCK, fire(DEADLINE, THREE), THREE).thenPhase(Phase.TimedOut.class);
  }

  @Test
  void aDeadlineThatMovedNearerFiresAtItsNewTimeOnly() {
    Story story =
        asked(request(), Optional.of(THREE), approval())
            .and(REQUESTER, controls(new DeadlineRule.At(ONE)), NOON);

    story.when(CLOCK, fire(DEADLINE, THREE), THREE).thenNothing();
    story.when(CLOCK, fire(DEADLINE, ONE), THREE).thenPhase(Phase.TimedOut.class);
  }

  @Test
  void aDeadlineThatWasTakenAwayIsSilent() {
    asked(request(), Optional.of(ONE), approval())
        .and(REQUESTER, controls(new DeadlineRule.Never()), NOON)
        .when(CLOCK, fire(DEADLINE, ONE), ONE)
        .thenNothing();
  }

  @Test
  void noTimerFiresTwice() {
    Story story = full();

    for (Timer.Kind kind : List.of(REMINDER, ESCALATION, DEADLINE)) {
      Instant due = story.due(kind).orElseThrow();
      story.and(CLOCK, fire(kind, due), due);
      story.when(CLOCK, fire(kind, due), due).thenNothing();
      story.when(CLOCK, fire(kind, due), FIVE).thenNothing();
    }
  }

  @ParameterizedTest
  @EnumSource(Timer.Kind.class)
  void noTimerFiresEarly(Timer.Kind kind) {
    Story story = waitingFor(kind);
    Instant due = story.due(kind).orElseThrow();

    story.when(CLOCK, fire(kind, due), due.minusNanos(1)).thenNothing();
    story.when(CLOCK, fire(kind, due), due).thenPhase(Phase.class);
  }

  @ParameterizedTest
  @EnumSource(Timer.Kind.class)
  void noTimerFiresAfterTheAnswer(Timer.Kind kind) {
    for (IntentCommand end : answers(kind)) {
      Story story = waitingFor(kind);
      Instant due = story.due(kind).orElseThrow();
      story.and(ALICE, end, ONE);

      story.when(CLOCK, fire(kind, due), FIVE).thenNothing();
      assertThat(story.due(kind)).isEmpty();
    }
  }

  @Test
  void theDeadlineSilencesReminders() {
    Story story = full().and(CLOCK, fire(DEADLINE, FIVE), FIVE);

    story.when(CLOCK, fire(REMINDER, ONE), FIVE).thenNothing();
    assertThat(story.due(REMINDER)).isEmpty();
    assertThat(story.due(DEADLINE)).isEmpty();
  }

  @Test
  void aTimerOfNothingIsSilent() {
    Story.given().when(CLOCK, fire(DEADLINE, ONE), ONE).thenNothing();
  }

  private static Story reminded(ReminderPlan plan) {
    return asked(remindedRequest(plan), Optional.empty(), approval(TO_ALICE));
  }

  /** One reminder, then escalation, then the deadline. */
  private static Story full() {
    return asked(
        remindedRequest(hourlyThen(1, TO_REVIEWERS)), Optional.of(FIVE), approval(TO_ALICE));
  }

  /** A story in which this timer is set. */
  private static Story waitingFor(Timer.Kind kind) {
    return switch (kind) {
      case REMINDER, DEADLINE -> full();
      case ESCALATION -> full().and(CLOCK, fire(REMINDER, ONE), ONE);
      case STEP ->
          Story.flow(
              Flows.within(Flows.step("ask", Flows.people(approval()), ""), HOUR.multipliedBy(5)));
      case WAKE -> Story.flow(Flows.step("wait", Flows.delay(), ""));
    };
  }

  /** What ends the wait before the timer does; nobody is asked during a delay. */
  private static List<IntentCommand> answers(Timer.Kind kind) {
    IntentCommand cancel = Orders.resolve(IntentCommand.End.CANCELED);
    return kind == WAKE
        ? List.of(Orders.proceed(true, "now"), Orders.proceed(false, "no"), cancel)
        : List.of(answer("approved"), answer("rejected"), cancel);
  }
}
