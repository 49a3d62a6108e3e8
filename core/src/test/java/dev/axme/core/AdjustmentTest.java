package dev.axme.core;

import static dev.axme.core.Orders.KEEP;
import static dev.axme.core.Orders.controls;
import static dev.axme.core.Orders.expecting;
import static dev.axme.core.Orders.policy;
import static dev.axme.core.Samples.HOUR;
import static dev.axme.core.Samples.INTENT;
import static dev.axme.core.Samples.NOON;
import static dev.axme.core.Samples.REQUESTER;
import static dev.axme.core.Samples.STRANGER;
import static dev.axme.core.Samples.approval;
import static dev.axme.core.Samples.patch;
import static dev.axme.core.Samples.payload;
import static dev.axme.core.Samples.request;
import static dev.axme.core.Story.asked;
import static dev.axme.core.Story.mailed;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

/** Controls and policy are merged, and move the deadline (protocol section 3.8). */
class AdjustmentTest {
  private static final SequencedMap<String, Optional<Payload>> NONE = new LinkedHashMap<>();
  private static final IntentEvent ONCE = new IntentEvent.GenerationChanged(INTENT, 1);
  private static final Instant ONE = NOON.plus(HOUR);
  private static final Instant TWO = ONE.plus(HOUR);

  @Test
  void aChangeCountsAndIsKept() {
    mailed()
        .when(REQUESTER, controls(KEEP))
        .then(ONCE, new IntentEvent.ControlsChanged(INTENT, NONE));
    mailed().when(REQUESTER, policy(KEEP)).then(ONCE, new IntentEvent.PolicyChanged(INTENT, NONE));
  }

  @Test
  void aChangeShowsNoEventToClients() {
    Story story = mailed().and(REQUESTER, controls(KEEP), NOON).and(REQUESTER, policy(KEEP), NOON);

    assertThat(story.intent().seq()).isEqualTo(3);
    assertThat(story.intent().generation()).isEqualTo(2);
  }

  @Test
  void aPatchMergesKeyByKeyAndAnEmptyValueRemoves() {
    Story story =
        mailed()
            .and(REQUESTER, merge("a", '1', "b", '2'), NOON)
            .and(
                REQUESTER,
                new IntentCommand.ChangeControls(
                    INTENT,
                    patch(
                        entry("a", Optional.empty()),
                        entry("b", Optional.of(payload('3'))),
                        entry("never", Optional.empty())),
                    KEEP,
                    OptionalInt.empty()),
                NOON);

    assertThat(story.intent().controls()).containsExactly(entry("b", payload('3')));
    assertThat(story.intent().policy()).isEmpty();
  }

  @Test
  void policyIsMergedApartFromControls() {
    Story story =
        mailed()
            .and(
                REQUESTER,
                new IntentCommand.ChangePolicy(
                    INTENT,
                    patch(entry("grant", Optional.of(payload('4')))),
                    KEEP,
                    OptionalInt.empty()),
                NOON);

    assertThat(story.intent().policy()).containsExactly(entry("grant", payload('4')));
    assertThat(story.intent().controls()).isEmpty();
  }

  @Test
  void whoExpectsTheRightGenerationIsApplied() {
    mailed()
        .and(REQUESTER, expecting(0, controls(KEEP)), NOON)
        .when(REQUESTER, expecting(1, policy(KEEP)))
        .thenPhase(Phase.Mailed.class);
  }

  @Test
  void whoExpectsAnotherGenerationChangesNothing() {
    Story story = mailed().and(REQUESTER, controls(KEEP), NOON);

    story.when(REQUESTER, expecting(0, controls(KEEP))).thenStaleGeneration(1);
    story.when(REQUESTER, expecting(2, policy(KEEP))).thenStaleGeneration(1);
    story.when(REQUESTER, expecting(0, Orders.complete())).thenStaleGeneration(1);
  }

  @Test
  void aTimeOutMovesTheDeadline() {
    Story story =
        asked(request(), Optional.of(ONE), approval())
            .when(REQUESTER, controls(new DeadlineRule.At(TWO)))
            .then(
                ONCE,
                new IntentEvent.ControlsChanged(INTENT, NONE),
                new IntentEvent.DeadlineMoved(INTENT, Optional.of(TWO)));

    assertThat(story.due(Timer.Kind.DEADLINE)).contains(TWO);
  }

  @Test
  void aTimeOutCountsFromTheChange() {
    Story story = mailed().and(REQUESTER, policy(new DeadlineRule.In(HOUR)), ONE);

    assertThat(story.intent().deadline()).contains(TWO);
    assertThat(story.due(Timer.Kind.DEADLINE)).contains(TWO);
  }

  @Test
  void aDeadlineCanBeTakenAway() {
    Story story =
        asked(request(), Optional.of(ONE), approval())
            .and(REQUESTER, controls(new DeadlineRule.Never()), NOON);

    assertThat(story.intent().deadline()).isEmpty();
    assertThat(story.due(Timer.Kind.DEADLINE)).isEmpty();
  }

  @Test
  void theSameDeadlineDoesNotMove() {
    mailed(request(), Optional.of(ONE))
        .when(REQUESTER, controls(new DeadlineRule.At(ONE)))
        .then(ONCE, new IntentEvent.ControlsChanged(INTENT, NONE));
  }

  @Test
  void aDeadlineCannotMoveIntoThePast() {
    mailed(request(), Optional.of(TWO))
        .when(REQUESTER, controls(new DeadlineRule.At(ONE)), ONE)
        .thenRefused(new Refusal.DeadlinePassed(INTENT));
  }

  private static IntentCommand merge(String key, char value, String other, char otherValue) {
    return new IntentCommand.ChangeControls(
        INTENT,
        patch(
            entry(key, Optional.of(payload(value))),
            entry(other, Optional.of(payload(otherValue)))),
        KEEP,
        OptionalInt.empty());
  }

  @Test
  void anotherAgentMayNotMoveTheDeadlineOfAQuestion() {
    asked(approval()).when(STRANGER, controls(KEEP)).thenRefused(new Refusal.NotTheirs(INTENT));
  }
}
