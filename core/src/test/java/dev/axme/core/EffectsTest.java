package dev.axme.core;

import static dev.axme.core.Samples.ALICE;
import static dev.axme.core.Samples.INTENT;
import static dev.axme.core.Samples.NOON;
import static dev.axme.core.Samples.SECOND;
import static dev.axme.core.Samples.TASK;
import static dev.axme.core.Samples.WORKER;
import static dev.axme.core.Samples.approval;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What follows from events outside the fold: mailboxes and views. Timers: {@link TimerTest}. */
class EffectsTest {
  private static final Mailbox TO_WORKER = Mailbox.here(WORKER.address());
  private static final Effect SHOW_INTENT = new Effect.ShowIntent(INTENT);
  private static final Effect SHOW_TASK = new Effect.ShowTask(INTENT, TASK);
  private static final Effect CLOSE = new Effect.CloseDelivery(INTENT, TO_WORKER);

  @Test
  void aPlainIntentGoesIntoTheRecipientsMailbox() {
    assertThat(effects(Story.mailed(), new IntentEvent.Delivered(INTENT, 3)))
        .containsExactly(SHOW_INTENT, new Effect.Deliver(INTENT, TO_WORKER, Effect.Mail.WORK));
  }

  @Test
  void aDirectHumanTaskIsNeverDeliveredToAnAgent() {
    Story story = Story.asked(approval());

    assertThat(effects(story, new IntentEvent.Delivered(INTENT, 3)))
        .containsExactly(SHOW_INTENT, new Effect.Deliver(INTENT, TO_WORKER, Effect.Mail.THREAD));
    assertThat(effects(story, new IntentEvent.TaskOpened(INTENT, 4, TASK, approval())))
        .containsExactly(
            SHOW_INTENT,
            SHOW_TASK,
            new Effect.Tell(INTENT, Notice.Kind.ASKED, Optional.of(TASK), Optional.empty(), 0));
  }

  @Test
  void aHandOverMovesItBetweenMailboxes() {
    assertThat(following(Story.mailed(), WORKER, Orders.handOver(SECOND)))
        .containsSubsequence(
            CLOSE, new Effect.Deliver(INTENT, Mailbox.here(SECOND.address()), Effect.Mail.WORK));
  }

  @Test
  void anEndTakesItOutOfTheMailboxes() {
    assertThat(following(Story.mailed(), WORKER, Orders.complete())).contains(CLOSE);
    assertThat(following(Story.mailed(), ALICE, Orders.resolve(IntentCommand.End.CANCELED)))
        .contains(CLOSE);
  }

  @Test
  void anAnswerIsShownInTheListOfTasks() {
    List<Effect> effects = following(Story.asked(approval()), ALICE, Orders.answer("approved"));

    assertThat(effects).contains(SHOW_TASK).doesNotContain(CLOSE);
  }

  @Test
  void aMovedDeadlineIsShownInTheListOfTasks() {
    DeadlineRule later = new DeadlineRule.In(Samples.HOUR);

    assertThat(following(Story.asked(approval()), Samples.REQUESTER, Orders.controls(later)))
        .contains(SHOW_TASK);
    assertThat(following(Story.mailed(), WORKER, Orders.controls(later)))
        .noneMatch(e -> e instanceof Effect.ShowTask);
  }

  @Test
  void everyEventIsShownInTheListOfIntents() {
    assertThat(following(Story.mailed(), WORKER, Orders.proceed(true, "go"))).contains(SHOW_INTENT);
    assertThat(following(Story.mailed(), WORKER, Orders.controls(Orders.KEEP)))
        .contains(SHOW_INTENT);
  }

  private static List<Effect> following(Story story, Actor actor, IntentCommand command) {
    Ruling.Accepted accepted = (Ruling.Accepted) story.rule(actor, command, NOON);
    story.and(actor, command, NOON);
    List<Effect> effects = new ArrayList<>();
    accepted.events().forEach(e -> effects.addAll(effects(story, e)));
    return effects;
  }

  private static List<Effect> effects(Story story, IntentEvent event) {
    return Effects.of(event, story.intent(), NOON);
  }
}
