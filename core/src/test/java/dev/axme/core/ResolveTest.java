package dev.axme.core;

import static dev.axme.core.Orders.resolve;
import static dev.axme.core.Samples.ALICE;
import static dev.axme.core.Samples.BOB;
import static dev.axme.core.Samples.INTENT;
import static dev.axme.core.Samples.NOON;
import static dev.axme.core.Samples.REQUESTER;
import static dev.axme.core.Samples.RESULT;
import static dev.axme.core.Samples.STRANGER;
import static dev.axme.core.Samples.TO_ALICE;
import static dev.axme.core.Samples.WORKER;
import static dev.axme.core.Samples.approval;
import static dev.axme.core.Story.asked;
import static dev.axme.core.Story.mailed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.core.IntentCommand.End;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An intent is ended by name (protocol section 3.6). */
class ResolveTest {
  private static final IntentEvent ONCE = new IntentEvent.GenerationChanged(INTENT, 1);
  private static final Optional<String> BECAUSE = Optional.of("because");
  private static final Optional<Result> GIVEN = Optional.of(new Result.Given(RESULT));

  @Test
  void aFreshlyDeliveredIntentMayBeCompleted() {
    mailed()
        .when(REQUESTER, resolve(End.COMPLETED))
        .then(ONCE, new IntentEvent.Completed(INTENT, 4, GIVEN));
  }

  @Test
  void aFailureKeepsReasonAndResult() {
    mailed()
        .when(WORKER, resolve(End.FAILED))
        .then(ONCE, new IntentEvent.Failed(INTENT, 4, BECAUSE, Optional.empty(), GIVEN));
  }

  @Test
  void aCancellationKeepsItsReason() {
    mailed()
        .when(ALICE, resolve(End.CANCELED))
        .then(ONCE, new IntentEvent.Canceled(INTENT, 4, BECAUSE));
  }

  @ParameterizedTest
  @EnumSource(End.class)
  void aStrangerEndsNothing(End end) {
    mailed().when(STRANGER, resolve(end)).thenRefused(new Refusal.NotTheirs(INTENT));
  }

  @ParameterizedTest
  @EnumSource(End.class)
  void nothingFollowsAnEnd(End end) {
    Story story = mailed().and(REQUESTER, resolve(end), NOON);
    Phase.Ended over = (Phase.Ended) story.intent().phase();

    for (IntentCommand command :
        List.of(
            resolve(End.CANCELED),
            Orders.complete(),
            Orders.answer("approved"),
            Orders.controls(Orders.KEEP),
            Orders.policy(Orders.KEEP),
            Orders.expecting(9, resolve(End.FAILED)))) {
      story.when(ALICE, command).thenRefused(new Refusal.IntentEnded(INTENT, over));
      story.when(REQUESTER, command).thenRefused(new Refusal.IntentEnded(INTENT, over));
    }
    assertThat(story.root().ended()).isTrue();
  }

  @Test
  void theRequesterMayWithdrawItsQuestion() {
    asked(approval(TO_ALICE))
        .when(REQUESTER, resolve(End.CANCELED))
        .then(ONCE, new IntentEvent.Canceled(INTENT, 5, BECAUSE));
  }

  @Test
  void anotherAgentMayNotWithdrawIt() {
    asked(approval())
        .when(STRANGER, resolve(End.CANCELED))
        .thenRefused(new Refusal.NotTheirs(INTENT));
  }

  @Test
  void aPersonMayCancelWhatSomebodyElseIsAsked() {
    asked(approval(TO_ALICE)).when(BOB, resolve(End.CANCELED)).thenPhase(Phase.Canceled.class);
  }

  @Test
  void aStaleCallerEndsNothing() {
    mailed()
        .and(REQUESTER, Orders.proceed(true, "go"), NOON)
        .when(REQUESTER, Orders.expecting(0, resolve(End.COMPLETED)))
        .thenStaleGeneration(1);
  }
}
