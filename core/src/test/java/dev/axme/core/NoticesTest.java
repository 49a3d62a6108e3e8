package dev.axme.core;

import static dev.axme.core.Samples.ALICE;
import static dev.axme.core.Samples.BOB;
import static dev.axme.core.Samples.CLOCK;
import static dev.axme.core.Samples.HOUR;
import static dev.axme.core.Samples.INTENT;
import static dev.axme.core.Samples.NOON;
import static dev.axme.core.Samples.REQUESTER;
import static dev.axme.core.Samples.TASK;
import static dev.axme.core.Samples.TO_ALICE;
import static dev.axme.core.Samples.WORKER;
import static dev.axme.core.Samples.approval;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who is told of what, and what is kept of it. */
class NoticesTest {
  private static final Notice.Fate SENT = new Notice.Fate.Sent("250 OK");
  private static final Notice.Fate SEEN = new Notice.Fate.Seen();

  @Test
  void aQuestionIsToldAndAskedAgainAndItsEndIsTold() {
    Story story =
        Story.asked(
            Samples.remindedRequest(Samples.hourlyThen(1, TO_ALICE)), Optional.empty(), approval());

    assertThat(tells(story, new IntentEvent.TaskOpened(INTENT, 4, TASK, approval())))
        .containsExactly(Notice.Kind.ASKED);
    story.and(CLOCK, Orders.fire(Timer.Kind.REMINDER, NOON.plus(HOUR)), NOON.plus(HOUR));
    assertThat(tells(story, new IntentEvent.Reminded(INTENT, 5, 1)))
        .containsExactly(Notice.Kind.REMINDED);
    story.and(
        CLOCK,
        Orders.fire(Timer.Kind.ESCALATION, NOON.plus(HOUR.multipliedBy(3))),
        NOON.plus(HOUR.multipliedBy(3)));
    assertThat(tells(story, new IntentEvent.Escalated(INTENT, 6, TO_ALICE)))
        .containsExactly(Notice.Kind.ESCALATED);
    story.and(ALICE, Orders.answer("approved"), NOON.plus(HOUR.multipliedBy(4)));
    assertThat(
            tells(
                story,
                new IntentEvent.TaskDecided(
                    INTENT, 7, TASK, story.intent().decision().orElseThrow())))
        .containsExactly(Notice.Kind.ENDED);
  }

  @Test
  void aQuestionThatWasTakenBackIsOverForThoseWhoWereAsked() {
    Story story = Story.asked(approval());
    story.and(REQUESTER, Orders.resolve(IntentCommand.End.CANCELED), NOON.plus(HOUR));

    List<Effect> effects =
        Effects.of(
            new IntentEvent.Canceled(INTENT, 5, Optional.empty()), story.intent(), NOON.plus(HOUR));

    assertThat(effects)
        .contains(
            new Effect.Tell(INTENT, Notice.Kind.ENDED, Optional.of(TASK), Optional.empty(), 0));
  }

  @Test
  void whatWasSentIsKeptAndChangesNothing() {
    Story story = Story.asked(approval());
    Intent before = story.intent();

    story.and(CLOCK, Orders.note(TASK, SENT), NOON.plus(HOUR));

    assertThat(story.intent()).isEqualTo(before);
    assertThat(story.notified()).extracting(IntentEvent.Notified::fate).containsExactly(SENT);
  }

  @Test
  void aLinkIsSeenForTheFirstTimeOnce() {
    Story story = Story.asked(approval()).and(CLOCK, Orders.note(TASK, SEEN), NOON);

    story.when(CLOCK, Orders.note(TASK, SEEN), NOON.plus(HOUR)).thenNothing();

    assertThat(story.intent().openTask().orElseThrow().seen()).containsExactly("alice@example.com");
  }

  @Test
  void aMailThatCameOnlyAfterTheDecisionIsNotedAllTheSame() {
    Story story = Story.asked(approval()).and(ALICE, Orders.answer("approved"), NOON);

    story.and(CLOCK, Orders.note(TASK, SENT), NOON.plus(HOUR));
    story.when(CLOCK, Orders.note(TASK, SEEN), NOON.plus(HOUR)).thenNothing();

    assertThat(story.intent().phase()).isInstanceOf(Phase.Completed.class);
  }

  @Test
  void whereNoChannelReachesPeopleTheQuestionSaysSo() {
    Story story = Story.unreachable().and(REQUESTER, Orders.ask(approval()), NOON);

    assertThat(story.notified())
        .extracting(IntentEvent.Notified::fate)
        .containsExactly(new Notice.Fate.Skipped("no channel"));
    assertThat(story.intent().openTask()).isPresent();
  }

  @Test
  void whoeverCameByALinkMayDecideThatQuestionAlone() {
    HumanTask task = Story.asked(approval(TO_ALICE)).intent().openTask().orElseThrow();
    Person bob = BOB.person();

    assertThat(task.decidableBy(bob)).isFalse();
    assertThat(task.decidableBy(bob.invited(TASK))).isTrue();
    assertThat(task.decidableBy(bob.invited(new TaskId(new Moment(NOON, 3).id(9))))).isFalse();
  }

  @Test
  void linksAreRevokedByWhoMayDecide() {
    Story story = Story.asked(approval(TO_ALICE));

    story
        .when(BOB, new IntentCommand.RevokeLinks(INTENT))
        .thenRefused(new Refusal.NotAssigned(INTENT, List.of(TO_ALICE)));
    story.and(ALICE, new IntentCommand.RevokeLinks(INTENT), NOON);

    assertThat(story.intent().openTask().orElseThrow().links()).isEqualTo(1);
  }

  @Test
  void whatNobodyTookEndsAsAFailedDelivery() {
    Story.mailed()
        .when(CLOCK, new IntentCommand.GiveUp(INTENT, NOON), NOON)
        .thenTold("DeliveryFailed", "Failed");
    Story.mailed()
        .and(WORKER, Orders.pickUp(WORKER), NOON)
        .when(CLOCK, new IntentCommand.GiveUp(INTENT, NOON), NOON)
        .thenNothing();
  }

  @Test
  void whatWasHandedOnMeanwhileIsNotGivenUp() {
    Story.mailed()
        .and(WORKER, Orders.handOver(Samples.SECOND), NOON.plusSeconds(1))
        .when(CLOCK, new IntentCommand.GiveUp(INTENT, NOON), NOON.plusSeconds(2))
        .thenNothing();
  }

  private static List<Notice.Kind> tells(Story story, IntentEvent event) {
    return Effects.of(event, story.intent(), story.intent().updatedAt()).stream()
        .filter(Effect.Tell.class::isInstance)
        .map(e -> ((Effect.Tell) e).kind())
        .toList();
  }
}
