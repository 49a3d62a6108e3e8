package dev.axme.store;

import static dev.axme.store.Samples.ALICE;
import static dev.axme.store.Samples.OWNER;
import static dev.axme.store.Samples.RITA;
import static dev.axme.store.Samples.TO_ALICE;
import static dev.axme.store.Samples.TO_REVIEWERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.core.Actor;
import dev.axme.core.Append;
import dev.axme.core.Assignee;
import dev.axme.core.DeadlineRule;
import dev.axme.core.IntentCommand;
import dev.axme.core.IntentId;
import dev.axme.core.Status;
import dev.axme.core.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The list views: pages, cursors, filters, and which tasks concern whom. */
interface ListContract extends StoreFixture {
  IntentQuery ALL = query(List.of(), 10);

  static IntentQuery query(List<Status> statuses, int limit) {
    return new IntentQuery(
        statuses, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), limit);
  }

  static IntentQuery after(IntentQuery q, Optional<String> cursor) {
    return new IntentQuery(q.statuses(), q.correlation(), q.from(), q.to(), cursor, q.limit());
  }

  @Test
  default void anIntentIsListedAsItStands() {
    WorkspaceId workspace = Samples.workspace();
    IntentId intent = Samples.intent();
    Instant created = scribe().accept(Order.create(workspace, intent)).append().at();
    Append last = scribe().accept(Order.proceed(workspace, intent, OptionalInt.empty())).append();

    Page<IntentRow> page = store().intents(workspace, ALL);

    assertThat(page.next()).isEmpty();
    assertThat(page.rows())
        .containsExactly(
            new IntentRow(
                intent,
                Optional.empty(),
                Status.IN_PROGRESS,
                "deploy.v1",
                Samples.REQUESTER.address().value(),
                "worker",
                new UUID(0, 9),
                created,
                last.at()));
  }

  @Test
  default void intentsArePagedNewestFirstWithoutGapsOrRepeats() {
    WorkspaceId workspace = Samples.workspace();
    List<IntentId> intents = create(workspace, 450);

    List<Integer> sizes = new ArrayList<>();
    List<IntentId> seen = walk(workspace, query(List.of(), 170), sizes);

    assertThat(seen).isEqualTo(intents.reversed());
    assertThat(sizes).containsExactly(170, 170, 110);
    assertThat(walk(workspace, query(List.of(), 225), sizes)).hasSize(450);
    assertThat(sizes).as("a full last page ends the list").endsWith(225, 225);
  }

  private List<IntentId> create(WorkspaceId workspace, int count) {
    List<Order> orders = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      orders.add(Order.create(workspace, Samples.intent()));
    }
    scribe().batch(orders);
    return orders.stream().map(o -> o.command().intent()).toList();
  }

  private List<IntentId> walk(WorkspaceId workspace, IntentQuery query, List<Integer> sizes) {
    List<IntentId> seen = new ArrayList<>();
    Page<IntentRow> page = store().intents(workspace, query);
    page.rows().forEach(r -> seen.add(r.id()));
    sizes.add(page.rows().size());
    while (page.next().isPresent()) {
      page = store().intents(workspace, after(query, page.next()));
      page.rows().forEach(r -> seen.add(r.id()));
      sizes.add(page.rows().size());
    }
    return seen;
  }

  @Test
  default void intentsAreFilteredByStatus() {
    WorkspaceId workspace = Samples.workspace();
    List<IntentId> made = create(workspace, 4);
    scribe().accept(Order.proceed(workspace, made.get(1), OptionalInt.empty()));
    scribe().accept(Order.report(workspace, made.get(2)));
    scribe().accept(Order.resolve(workspace, made.get(3), IntentCommand.End.FAILED));

    assertThat(listed(workspace, query(List.of(Status.DELIVERED), 9))).containsExactly(made.get(0));
    assertThat(listed(workspace, query(List.of(Status.DELIVERED, Status.IN_PROGRESS), 9)))
        .containsExactly(made.get(1), made.get(0));
    assertThat(listed(workspace, query(List.of(Status.DELIVERED, Status.FAILED), 9)))
        .containsExactly(made.get(3), made.get(0));
    assertThat(listed(workspace, query(List.of(Status.CANCELED), 9))).isEmpty();
    assertThat(listed(Samples.workspace(), ALL)).isEmpty();
  }

  @Test
  default void intentsAreFilteredByCorrelationSenderAndRecipient() {
    WorkspaceId workspace = Samples.workspace();
    UUID mine = Samples.id();
    IntentId first = create(workspace, mine, Samples.REQUESTER, Samples.WORKER);
    IntentId second = create(workspace, mine, Samples.SECOND, Samples.WORKER);
    IntentId other = create(workspace, Samples.id(), Samples.SECOND, Samples.REQUESTER);
    Optional<String> fromSecond = Optional.of(Samples.SECOND.address().value());
    Optional<String> none = Optional.empty();

    assertThat(listed(workspace, filtered(Optional.of(mine), none, none)))
        .containsExactly(second, first);
    assertThat(listed(workspace, filtered(Optional.empty(), fromSecond, none)))
        .containsExactly(other, second);
    assertThat(listed(workspace, filtered(Optional.empty(), none, Optional.of("worker"))))
        .containsExactly(second, first);
    assertThat(listed(workspace, filtered(Optional.of(mine), fromSecond, none)))
        .containsExactly(second);
  }

  private IntentId create(
      WorkspaceId workspace, UUID correlation, Actor.Agent from, Actor.Agent to) {
    IntentId intent = Samples.intent();
    scribe()
        .accept(
            Order.create(
                workspace,
                intent,
                Samples.request("deploy.v1", from, to, correlation, Optional.empty())));
    return intent;
  }

  private static IntentQuery filtered(
      Optional<UUID> correlation, Optional<String> from, Optional<String> to) {
    return new IntentQuery(List.of(), correlation, from, to, Optional.empty(), 9);
  }

  private List<IntentId> listed(WorkspaceId workspace, IntentQuery query) {
    return store().intents(workspace, query).rows().stream().map(IntentRow::id).toList();
  }

  @Test
  default void aRareFilterLooksAtABoundedNumberOfRowsAndGoesOnFromThere() {
    WorkspaceId workspace = Samples.workspace();
    IntentId needle = create(workspace, 1).getFirst();
    scribe().accept(Order.report(workspace, needle));
    for (int i = 0; i < 6; i++) {
      create(workspace, 1_000);
    }
    IntentQuery rare = query(List.of(Status.COMPLETED), 10);

    Page<IntentRow> first = store().intents(workspace, rare);
    Page<IntentRow> second = store().intents(workspace, after(rare, first.next()));

    assertThat(first.rows()).isEmpty();
    assertThat(first.next()).isPresent();
    assertThat(second.rows()).extracting(IntentRow::id).containsExactly(needle);
    assertThat(second.next()).isEmpty();
  }

  @Test
  default void openTasksAreListedForThoseWhoMayDecide() {
    WorkspaceId workspace = Samples.workspace();
    IntentId toAlice = ask(workspace, TO_ALICE);
    IntentId toReviewers = ask(workspace, TO_REVIEWERS);
    IntentId toAll = ask(workspace);
    IntentId toNobody = ask(workspace, new Assignee.Role("lawyer"));

    assertThat(tasks(workspace, ALICE, true)).containsExactly(toAll, toAlice);
    assertThat(tasks(workspace, RITA, true)).containsExactly(toAll, toReviewers);
    assertThat(tasks(workspace, OWNER, true))
        .containsExactly(toNobody, toAll, toReviewers, toAlice);
    assertThat(tasks(workspace, OWNER, false)).isEmpty();
  }

  /** Asks, and returns in a later millisecond: tasks of one millisecond have no order. */
  private IntentId ask(WorkspaceId workspace, Assignee... assignees) {
    IntentId intent = Samples.intent();
    Instant asked =
        scribe().accept(Order.ask(workspace, intent, Samples.approval(assignees))).append().at();
    while (store().now().toEpochMilli() <= asked.toEpochMilli()) {
      Thread.onSpinWait();
    }
    return intent;
  }

  private List<IntentId> tasks(WorkspaceId workspace, Actor.Human who, boolean open) {
    TaskQuery query = new TaskQuery(who.person(), open, Optional.empty(), 10);
    return store().tasks(workspace, query).rows().stream().map(TaskRow::intent).toList();
  }

  @Test
  default void aTaskIsListedWithItsAnswer() {
    WorkspaceId workspace = Samples.workspace();
    IntentId intent = Samples.intent();
    DeadlineRule inTwoDays = new DeadlineRule.In(Duration.ofDays(2));
    Instant asked =
        scribe()
            .accept(
                Order.ask(
                    workspace,
                    intent,
                    Samples.approval(TO_ALICE, TO_REVIEWERS),
                    Samples.request(),
                    inTwoDays))
            .append()
            .at();
    Instant decided =
        scribe().accept(Order.answer(workspace, intent, ALICE, "rejected")).append().at();

    TaskQuery query = new TaskQuery(RITA.person(), false, Optional.empty(), 10);
    TaskRow row = store().tasks(workspace, query).rows().getFirst();

    assertThat(row)
        .isEqualTo(
            new TaskRow(
                intent,
                row.task(),
                false,
                "deploy.v1",
                Samples.REQUESTER.address().value(),
                "Deploy model v2.3 to production",
                List.of(TO_ALICE, TO_REVIEWERS),
                asked,
                Optional.of(asked.plus(Duration.ofDays(2))),
                Status.FAILED,
                Optional.of("rejected"),
                Optional.of("alice@acme.test"),
                decided));
    assertThat(tasks(workspace, ALICE, true)).isEmpty();
  }

  @Test
  default void endedTasksAreListedByTheirEndNewestFirstPageByPage() {
    WorkspaceId workspace = Samples.workspace();
    List<IntentId> asked = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      asked.add(ask(workspace));
    }
    List<Integer> order = List.of(3, 0, 4, 1, 2);
    order.forEach(i -> scribe().accept(Order.answer(workspace, asked.get(i), OWNER, "approved")));

    List<IntentId> seen = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      Page<TaskRow> page =
          store().tasks(workspace, new TaskQuery(ALICE.person(), false, cursor, 2));
      page.rows().forEach(r -> seen.add(r.intent()));
      cursor = page.next();
    } while (cursor.isPresent());

    assertThat(seen).isEqualTo(order.reversed().stream().map(asked::get).toList());
  }

  @Test
  default void aMovedDeadlineIsShownInTheTask() {
    WorkspaceId workspace = Samples.workspace();
    IntentId intent = ask(workspace);
    Instant later = store().now().plus(Duration.ofDays(5));

    scribe().accept(Order.controls(workspace, intent, new DeadlineRule.At(later)));

    TaskQuery query = new TaskQuery(ALICE.person(), true, Optional.empty(), 10);
    assertThat(store().tasks(workspace, query).rows())
        .extracting(TaskRow::dueAt)
        .containsExactly(Optional.of(later));
  }

  @Test
  default void anEscalatedTaskIsListedForThoseItWentOnTo() {
    WorkspaceId workspace = Samples.workspace();
    List<Scribe.Answer.Accepted> story =
        new Stories(store(), workspace).remindedEscalatedApproved();

    assertThat(tasks(workspace, RITA, false))
        .containsExactly(new IntentId(story.getFirst().after().id().value()));
  }
}
