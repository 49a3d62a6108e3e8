package dev.axme.core;

import static dev.axme.core.Samples.ALICE;
import static dev.axme.core.Samples.CLOCK;
import static dev.axme.core.Samples.INTENT;
import static dev.axme.core.Samples.NOON;
import static dev.axme.core.Samples.REQUESTER;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A root that would grow beyond the limit fails instead. */
class HistoryLimitTest {
  private static final Moment MOMENT = new Moment(NOON, 1);

  @Test
  void theCommandThatWouldPassTheLimitFailsTheIntent() {
    assertThat(rule(IntentMachine.HISTORY_LIMIT - 1, Orders.controls(Orders.KEEP)))
        .isEqualTo(
            new Ruling.Accepted(
                List.of(
                    new IntentEvent.Failed(
                        INTENT,
                        5,
                        Optional.of("history_limit"),
                        Optional.empty(),
                        Optional.empty()))));
  }

  @Test
  void theCommandThatReachesTheLimitIsStillAccepted() {
    Ruling.Accepted ruling =
        (Ruling.Accepted) rule(IntentMachine.HISTORY_LIMIT - 2, Orders.controls(Orders.KEEP));

    assertThat(ruling.events()).hasSize(2);
    assertThat(ruling.events().getFirst()).isInstanceOf(IntentEvent.GenerationChanged.class);
  }

  @Test
  void aRefusalStaysARefusalAtTheLimit() {
    Root full = withEvents(IntentMachine.HISTORY_LIMIT);

    assertThat(IntentMachine.rule(full, REQUESTER, Orders.answer("approved"), MOMENT))
        .isInstanceOf(Ruling.Refused.class);
    assertThat(IntentMachine.rule(full, CLOCK, Orders.fire(Timer.Kind.REMINDER, NOON), MOMENT))
        .isEqualTo(new Ruling.Stale());
  }

  @Test
  void aStepThatPassesTheLimitFailsItsWorkflowAndEndsWithIt() {
    Story story = Story.flow(Flows.step("write", Flows.agent(Samples.WORKER), ""));
    IntentId work = story.work().id();
    Root full = filled(story, IntentMachine.HISTORY_LIMIT);

    IntentCommand report = Orders.complete().about(work);
    Ruling ruling = IntentMachine.rule(full, Samples.WORKER, report, MOMENT);

    Optional<String> limit = Optional.of("history_limit");
    Optional<Payload> noError = Optional.empty();
    assertThat(ruling)
        .isEqualTo(
            new Ruling.Accepted(
                List.of(
                    new IntentEvent.Failed(INTENT, 5, limit, noError, Optional.empty()),
                    new IntentEvent.Canceled(work, 4, Optional.of("workflow_ended")))));
  }

  private static Ruling rule(int events, IntentCommand command) {
    return IntentMachine.rule(withEvents(events), ALICE, command, MOMENT);
  }

  private static Root withEvents(int events) {
    return filled(Story.asked(Samples.approval()), events);
  }

  private static Root filled(Story story, int events) {
    Root root = story.root();
    return new Root(root.id(), root.version(), events, root.at(), root.intents());
  }
}
