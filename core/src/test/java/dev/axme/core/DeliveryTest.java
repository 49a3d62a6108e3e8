package dev.axme.core;

import static dev.axme.core.Samples.ALICE;
import static dev.axme.core.Samples.CLOCK;
import static dev.axme.core.Samples.INTENT;
import static dev.axme.core.Samples.NOON;
import static dev.axme.core.Samples.REQUESTER;
import static dev.axme.core.Samples.SECOND;
import static dev.axme.core.Samples.WORKER;
import static dev.axme.core.Samples.approval;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Mailboxes: who took an intent, how often it was offered, and what happens when nobody came. */
class DeliveryTest {
  private static final Duration THREE_ATTEMPTS = Duration.ofSeconds(30);

  @Test
  void whoTakesAnIntentIsNotedOnce() {
    Story story = Story.mailed().and(WORKER, Orders.pickUp(WORKER), NOON.plusSeconds(4));

    assertThat(story.intent().delivery().pickedUp()).contains(NOON.plusSeconds(4));
    assertThat(story.intent().phase()).isEqualTo(new Phase.Mailed());
    assertThat(story.rule(WORKER, Orders.pickUp(WORKER), NOON.plusSeconds(5)))
        .isEqualTo(new Ruling.Stale());
  }

  @Test
  void whatIsNoLongerTheirsIsNotTaken() {
    Story passed = Story.mailed().and(WORKER, Orders.handOver(SECOND), NOON);

    assertThat(passed.rule(WORKER, Orders.pickUp(WORKER), NOON)).isEqualTo(new Ruling.Stale());
    assertThat(passed.rule(SECOND, Orders.pickUp(SECOND), NOON))
        .isInstanceOf(Ruling.Accepted.class);
  }

  @Test
  void aHandOverBeginsANewDelivery() {
    Instant later = NOON.plusSeconds(60);
    Story passed =
        Story.mailed()
            .and(WORKER, Orders.pickUp(WORKER), NOON)
            .and(WORKER, Orders.handOver(SECOND), later);

    assertThat(passed.intent().delivery())
        .isEqualTo(new Delivery(Mailbox.here(SECOND.address()), later, Optional.empty(), false));
  }

  @Test
  void attemptsAreCountedFromTheTimeThatNobodyCame() {
    Intent waiting = Story.mailed().intent();

    assertThat(waiting.deliveryAttempt(NOON)).isEqualTo(1);
    assertThat(waiting.deliveryAttempt(NOON.plusMillis(9_999))).isEqualTo(1);
    assertThat(waiting.deliveryAttempt(NOON.plusSeconds(10))).isEqualTo(2);
    assertThat(waiting.deliveryAttempt(NOON.plusSeconds(3_600))).isEqualTo(3);
    assertThat(waiting.deliveryAttempt(NOON.minusSeconds(5))).isEqualTo(1);
    Intent taken = Story.mailed().and(WORKER, Orders.pickUp(WORKER), NOON.plusSeconds(12)).intent();
    assertThat(taken.deliveryAttempt(NOON.plusSeconds(3_600))).isEqualTo(2);
  }

  @Test
  void whatNobodyEverTookFailsAtItsDeadlineAndNotBefore() {
    assertThat(atDeadline(mailed(THREE_ATTEMPTS), THREE_ATTEMPTS))
        .containsExactly(
            new IntentEvent.DeliveryFailed(INTENT, 4, 3),
            new IntentEvent.Failed(
                INTENT, 5, Optional.of("delivery_failed"), Optional.empty(), Optional.empty()));
  }

  @Test
  void aDeadlineThatTheWayToTheServerShortenedStillCounts() {
    Duration little = THREE_ATTEMPTS.minusMillis(40);

    assertThat(atDeadline(mailed(little), little).getFirst())
        .isInstanceOf(IntentEvent.DeliveryFailed.class);
  }

  @Test
  void whatTimedOutBeforeAllAttemptsWereMadeTimedOut() {
    Duration fifteen = Duration.ofSeconds(15);

    assertThat(atDeadline(mailed(fifteen), fifteen).getFirst())
        .isInstanceOf(IntentEvent.TimedOut.class);
  }

  @Test
  void whatAnAgentTookTimesOut() {
    Story taken = mailed(THREE_ATTEMPTS).and(WORKER, Orders.pickUp(WORKER), NOON.plusSeconds(29));

    assertThat(atDeadline(taken, THREE_ATTEMPTS).getFirst())
        .isInstanceOf(IntentEvent.TimedOut.class);
  }

  @Test
  void whatWasHandedOverLateTimesOutForTheSecondAgent() {
    Story passed =
        mailed(THREE_ATTEMPTS).and(WORKER, Orders.handOver(SECOND), NOON.plusSeconds(20));

    assertThat(atDeadline(passed, THREE_ATTEMPTS).getFirst())
        .isInstanceOf(IntentEvent.TimedOut.class);
  }

  @Test
  void aQuestionToPeopleIsNoDeliveryThatFails() {
    Story asked = Story.asked(Samples.request(), Optional.of(NOON.plus(Samples.HOUR)), approval());

    assertThat(atDeadline(asked, Samples.HOUR).getFirst()).isInstanceOf(IntentEvent.TimedOut.class);
  }

  @Test
  void everyEndIsToldToTheInboxThatWantedIt() {
    Mailbox inbox = Mailbox.here(REQUESTER.address());
    Effect told = new Effect.Deliver(INTENT, inbox, Effect.Mail.COMPLETION);
    Optional<Instant> deadline = Optional.of(NOON.plus(THREE_ATTEMPTS));

    assertThat(effects(Story.mailed(replyTo(inbox), deadline), WORKER, Orders.complete()))
        .contains(told);
    assertThat(effects(Story.asked(replyTo(inbox), deadline, approval()), ALICE, rejected()))
        .contains(told);
    assertThat(
            effects(
                Story.mailed(replyTo(inbox), deadline),
                CLOCK,
                Orders.fire(Timer.Kind.DEADLINE, deadline.get())))
        .contains(told);
  }

  @Test
  void whatPeopleAreAskedStaysInTheWorkspaceThatAsks() {
    Mailbox abroad = new Mailbox(SECOND.address(), Optional.of(new WorkspaceId(new UUID(1, 2))));

    assertThat(Story.asked(to(abroad), Optional.empty(), approval()).intent().delivery().to())
        .isEqualTo(abroad);
    assertThat(
            Effects.of(
                new IntentEvent.Delivered(INTENT, 3),
                Story.asked(to(abroad), Optional.empty(), approval()).intent(),
                NOON))
        .noneMatch(e -> e instanceof Effect.Deliver);
  }

  private static IntentRequest to(Mailbox mailbox) {
    IntentRequest r = Samples.request();
    return new IntentRequest(
        r.type(),
        r.from(),
        r.claimedFrom(),
        mailbox,
        r.toAsWritten(),
        r.toRegistered(),
        r.correlation(),
        r.payload(),
        r.metadata(),
        r.replyTo(),
        r.maxDeliveryAttempts(),
        r.reminders(),
        r.trace());
  }

  @Test
  void aMailboxInAnotherWorkspaceIsNamedWithIt() {
    Mailbox abroad = new Mailbox(SECOND.address(), Optional.of(new WorkspaceId(new UUID(1, 2))));

    assertThat(Mailbox.of(abroad.toString())).isEqualTo(abroad);
    assertThat(Mailbox.of(SECOND.address().value())).isEqualTo(Mailbox.here(SECOND.address()));
  }

  private static IntentCommand rejected() {
    return Orders.answer("rejected");
  }

  private static IntentRequest replyTo(Mailbox inbox) {
    IntentRequest r = Samples.request();
    return new IntentRequest(
        r.type(),
        r.from(),
        r.claimedFrom(),
        r.to(),
        r.toAsWritten(),
        r.toRegistered(),
        r.correlation(),
        r.payload(),
        r.metadata(),
        Optional.of(inbox),
        r.maxDeliveryAttempts(),
        r.reminders(),
        r.trace());
  }

  private static Story mailed(Duration deadline) {
    return Story.mailed(Samples.request(), Optional.of(NOON.plus(deadline)));
  }

  private static List<IntentEvent> atDeadline(Story story, Duration deadline) {
    Instant due = NOON.plus(deadline);
    Ruling ruling = story.rule(CLOCK, Orders.fire(Timer.Kind.DEADLINE, due), due);
    return ((Ruling.Accepted) ruling).events();
  }

  private static List<Effect> effects(Story story, Actor actor, IntentCommand command) {
    Instant at = command instanceof IntentCommand.FireTimer f ? f.due() : NOON;
    Ruling.Accepted ruling = (Ruling.Accepted) story.rule(actor, command, at);
    story.and(actor, command, at);
    List<Effect> effects = new ArrayList<>();
    ruling.events().forEach(e -> effects.addAll(Effects.of(e, story.intent(), at)));
    return effects;
  }
}
