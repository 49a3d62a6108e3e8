package dev.axme.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.core.DeadlineRule;
import dev.axme.core.IntentCommand;
import dev.axme.core.IntentId;
import dev.axme.core.RootId;
import dev.axme.core.Ruling;
import dev.axme.core.Timer;
import dev.axme.core.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Timers and mailboxes: what is found due, what goes, and what stays in whose mailbox. */
interface TimerContract extends StoreFixture {
  Duration DAY = Duration.ofDays(1);

  @Test
  default void aDeadlineIsSetMovedAndCleared() {
    WorkspaceId workspace = Samples.workspace();
    IntentId intent = Samples.intent();
    Instant first = expiring(workspace, intent, DAY);
    Instant second = first.plus(DAY);
    assertThat(due(workspace, first.minusNanos(1_000))).isEmpty();
    assertThat(due(workspace, first)).containsExactly(deadline(workspace, intent, first));

    scribe().accept(Order.controls(workspace, intent, new DeadlineRule.At(second)));
    assertThat(due(workspace, first)).isEmpty();
    assertThat(due(workspace, second)).containsExactly(deadline(workspace, intent, second));

    scribe().accept(Order.controls(workspace, intent, Samples.NEVER));
    assertThat(due(workspace, second.plus(DAY))).isEmpty();
  }

  private Instant expiring(WorkspaceId workspace, IntentId intent, Duration in) {
    Order order =
        Order.of(
            workspace,
            Samples.REQUESTER,
            new IntentCommand.Create(
                intent,
                Samples.request(),
                new DeadlineRule.In(in),
                Optional.empty(),
                Optional.empty()),
            Samples.PAYLOAD);
    return scribe().accept(order).append().at().plus(in);
  }

  private static DueTimer deadline(WorkspaceId workspace, IntentId intent, Instant due) {
    return new DueTimer(
        workspace, new RootId(intent.value()), new Timer(intent, Timer.Kind.DEADLINE), due);
  }

  private List<DueTimer> due(WorkspaceId workspace, Instant now) {
    return store().dueTimers(now, 10_000).stream()
        .filter(t -> t.workspace().equals(workspace))
        .toList();
  }

  @Test
  default void timersAreFoundInTheOrderInWhichTheyFallDue() {
    WorkspaceId workspace = Samples.workspace();
    List<IntentId> intents = List.of(Samples.intent(), Samples.intent(), Samples.intent());
    expiring(workspace, intents.get(0), DAY.multipliedBy(30));
    expiring(workspace, intents.get(1), DAY.multipliedBy(10));
    Instant last = expiring(workspace, intents.get(2), DAY.multipliedBy(20));

    assertThat(due(workspace, last))
        .extracting(t -> t.timer().intent())
        .containsExactly(intents.get(1), intents.get(2));
    assertThat(store().dueTimers(last.plus(DAY.multipliedBy(100)), 1)).hasSize(1);
  }

  @Test
  default void aTimerThatFiredIsGone() {
    WorkspaceId workspace = Samples.workspace();
    IntentId intent = Samples.intent();
    Instant due = expiring(workspace, intent, Duration.ofNanos(1_000));

    scribe().accept(Order.fire(workspace, new Timer(intent, Timer.Kind.DEADLINE), due));

    assertThat(due(workspace, due.plus(DAY))).isEmpty();
  }

  @Test
  default void aStaleTimerTakesItsOwnRowAndNeverAMovedOne() {
    WorkspaceId workspace = Samples.workspace();
    IntentId intent = Samples.intent();
    Instant first = expiring(workspace, intent, DAY);
    Instant second = first.plus(DAY);
    Timer timer = new Timer(intent, Timer.Kind.DEADLINE);

    List<Scribe.Answer> answers =
        scribe()
            .batch(
                Order.controls(workspace, intent, new DeadlineRule.At(second)),
                Order.fire(workspace, timer, first));
    Scribe.Answer again = scribe().write(Order.fire(workspace, timer, first));

    assertThat(answers.getLast()).isEqualTo(new Scribe.Answer.Unchanged(new Ruling.Stale()));
    assertThat(again).isEqualTo(new Scribe.Answer.Unchanged(new Ruling.Stale()));
    assertThat(due(workspace, second)).containsExactly(deadline(workspace, intent, second));
  }

  @Test
  default void aStrayTimerThatMeansNothingIsRemovedByFiringIt() {
    WorkspaceId workspace = Samples.workspace();
    IntentId intent = Samples.intent();
    scribe().accept(Order.create(workspace, intent));
    Instant past = Instant.EPOCH.plusSeconds(5);
    sql()
        .run(
            "INSERT INTO timers (workspace_id, root_id, intent_id, kind, due_at)"
                + " VALUES (?, ?, ?, 'DEADLINE', ?)",
            workspace.value(),
            intent.value(),
            intent.value(),
            Micros.of(past));

    DueTimer stray = due(workspace, store().now()).getFirst();
    Scribe.Answer answer = scribe().write(Order.fire(workspace, stray.timer(), stray.due()));

    assertThat(answer).isInstanceOf(Scribe.Answer.Unchanged.class);
    assertThat(due(workspace, store().now())).isEmpty();
  }

  @Test
  default void aDeferredTimerIsFoundAgainInItsTime() {
    WorkspaceId workspace = Samples.workspace();
    IntentId intent = Samples.intent();
    Instant due = expiring(workspace, intent, DAY);
    DueTimer timer = deadline(workspace, intent, due);

    store().deferTimer(timer, due.plus(DAY));

    assertThat(due(workspace, due)).isEmpty();
    assertThat(due(workspace, due.plus(DAY))).containsExactly(timer);
  }

  @Test
  default void aTimerThatWasMovedMeanwhileIsNotDeferred() {
    WorkspaceId workspace = Samples.workspace();
    IntentId intent = Samples.intent();
    Instant first = expiring(workspace, intent, DAY);
    store().deferTimer(deadline(workspace, intent, first), first.plus(DAY));
    Instant second = first.plus(Duration.ofHours(1));
    scribe().accept(Order.controls(workspace, intent, new DeadlineRule.At(second)));
    assertThat(due(workspace, second)).as("moving lifts the deferral").hasSize(1);

    store().deferTimer(deadline(workspace, intent, first), first.plus(DAY.multipliedBy(9)));

    assertThat(due(workspace, second)).containsExactly(deadline(workspace, intent, second));
  }

  @Test
  default void anIntentIsInTheMailboxOfWhoeverHoldsIt() {
    WorkspaceId workspace = Samples.workspace();
    IntentId intent = Samples.intent();
    String worker = Samples.WORKER.address().value();
    String second = Samples.SECOND.address().value();
    scribe().accept(Order.create(workspace, intent));
    assertThat(mailboxes(workspace)).containsExactly(worker + " at 1: open");

    scribe().accept(Order.handOver(workspace, intent, Samples.SECOND.address()));
    assertThat(mailboxes(workspace))
        .containsExactlyInAnyOrder(worker + " at 1: closed", second + " at 2: open");

    scribe().accept(Order.report(workspace, intent));
    assertThat(mailboxes(workspace))
        .containsExactlyInAnyOrder(worker + " at 1: closed", second + " at 2: closed");
  }

  @Test
  default void handingOverTwiceInOneBatchLeavesOneOpenDelivery() {
    WorkspaceId workspace = Samples.workspace();
    IntentId intent = Samples.intent();
    IntentId other = Samples.intent();

    scribe()
        .batch(
            Order.create(workspace, other),
            Order.create(workspace, intent),
            Order.handOver(workspace, intent, Samples.SECOND.address()),
            Order.handOver(workspace, intent, Samples.WORKER.address()));

    assertThat(mailboxes(workspace).stream().filter(m -> m.endsWith("open")))
        .containsExactly(
            Samples.WORKER.address() + " at 1: open", Samples.WORKER.address() + " at 4: open");
  }

  @Test
  default void aQuestionToPeopleIsInNoMailbox() {
    WorkspaceId workspace = Samples.workspace();

    scribe().accept(Order.ask(workspace, Samples.intent(), Samples.approval()));

    assertThat(mailboxes(workspace)).containsExactly("agent://acme/main/worker at 1: closed");
  }

  private List<String> mailboxes(WorkspaceId workspace) {
    return sql()
        .rows(
            "SELECT address, position, is_open FROM deliveries WHERE workspace_id = ?"
                + " ORDER BY position",
            workspace.value())
        .stream()
        .map(r -> r.text(1) + " at " + r.text(2) + (r.number(3) == 1 ? ": open" : ": closed"))
        .toList();
  }
}
