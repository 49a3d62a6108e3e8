package dev.axme.store;

import static dev.axme.store.Samples.ALICE;
import static dev.axme.store.Samples.PAYLOAD;
import static dev.axme.store.Samples.RESULT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axme.core.Append;
import dev.axme.core.IntentCommand;
import dev.axme.core.IntentId;
import dev.axme.core.Root;
import dev.axme.core.RootId;
import dev.axme.core.WorkspaceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The log: what is written is read, in order, all of it or nothing. */
interface LogContract extends StoreFixture {
  @Test
  default void everyEventComesBackAsItWasWritten() {
    WorkspaceId workspace = Samples.workspace();
    Set<Class<?>> met = new HashSet<>();

    for (List<Scribe.Answer.Accepted> story : new Stories(store(), workspace).all()) {
      Root after = story.getLast().after();
      List<Append> written = story.stream().map(Scribe.Answer.Accepted::append).toList();
      List<Append> read = store().log(workspace, after.id());
      assertThat(read).isEqualTo(written);
      assertThat(Root.fold(after.id(), read)).isEqualTo(after);
      written.forEach(a -> a.events().forEach(e -> met.add(e.getClass())));
    }

    assertThat(met).containsExactlyInAnyOrderElementsOf(Families.events());
  }

  @Test
  default void aRootThatWasFoldedFromTheLogIsFoundAsItWasLeft() {
    WorkspaceId workspace = Samples.workspace();
    IntentId intent = Samples.intent();
    Root left = scribe().accept(Order.ask(workspace, intent, Samples.approval())).after();
    List<Found> found = new ArrayList<>();

    store()
        .write(
            List.of(Order.answer(workspace, intent, ALICE, "approved").want()),
            snapshot -> {
              found.addAll(snapshot.found());
              return List.of();
            });

    assertThat(found).extracting(Found::state).containsExactly(new Found.State.Present(left));
  }

  @Test
  default void positionsAreContiguousInTheOrderOfTheChanges() {
    WorkspaceId workspace = Samples.workspace();
    IntentId first = Samples.intent();
    IntentId second = Samples.intent();

    scribe().batch(Order.create(workspace, second), Order.create(workspace, first));
    scribe()
        .batch(
            Order.report(workspace, first),
            Order.proceed(workspace, second, OptionalInt.empty()),
            Order.report(workspace, second));

    assertThat(
            sql()
                .rows(
                    "SELECT position, append_no FROM log WHERE workspace_id = ? ORDER BY position",
                    workspace.value())
                .stream()
                .map(r -> r.number(1) + ":" + r.number(2)))
        .containsExactly("1:1", "2:1", "3:2", "4:2", "5:3");
    assertThat(store().heads(List.of(workspace))).isEqualTo(Map.of(workspace, 5L));
    assertThat(store().changedRoots(workspace, 0, 5))
        .containsExactly(root(second), root(first), root(first), root(second), root(second));
    assertThat(store().changedRoots(workspace, 1, 4))
        .containsExactly(root(first), root(first), root(second));
    assertThat(store().changedRoots(workspace, 5, 9)).isEmpty();
  }

  @Test
  default void workspacesCountForThemselvesAlsoInOneTransaction() {
    WorkspaceId one = Samples.workspace();
    WorkspaceId other = Samples.workspace();
    WorkspaceId unused = Samples.workspace();

    scribe()
        .batch(
            Order.create(other, Samples.intent()),
            Order.create(one, Samples.intent()),
            Order.create(other, Samples.intent()));

    assertThat(store().heads(List.of(one, unused, other)))
        .isEqualTo(Map.of(one, 1L, unused, 0L, other, 2L));
  }

  @Test
  default void aRootIsFoundOnlyInItsWorkspace() {
    WorkspaceId home = Samples.workspace();
    WorkspaceId elsewhere = Samples.workspace();
    IntentId intent = Samples.intent();
    scribe().accept(Order.create(home, intent));
    List<Found> found = new ArrayList<>();

    store()
        .write(
            List.of(
                Order.report(elsewhere, intent).want(),
                Order.report(home, Samples.intent()).want()),
            snapshot -> {
              found.addAll(snapshot.found());
              return List.of();
            });

    assertThat(found)
        .extracting(Found::state)
        .containsExactly(new Found.State.Missing(), new Found.State.Missing());
    assertThat(store().log(elsewhere, root(intent))).isEmpty();
    assertThat(store().find(elsewhere, intent)).isEmpty();
    assertThat(store().find(home, intent)).contains(new Place(home, root(intent)));
  }

  @Test
  default void aLaterCommandOfABatchSeesWhatAnEarlierOneDid() {
    WorkspaceId workspace = Samples.workspace();
    IntentId intent = Samples.intent();

    scribe()
        .batch(
            Order.create(workspace, intent),
            Order.proceed(workspace, intent, OptionalInt.empty()),
            Order.report(workspace, intent));

    assertThat(store().log(workspace, root(intent)))
        .extracting(Append::number)
        .containsExactly(1, 2, 3);
    assertThat(
            sql()
                .number(
                    "SELECT version FROM roots WHERE workspace_id = ? AND is_open = 0",
                    workspace.value()))
        .isEqualTo(3);
  }

  @Test
  default void payloadsAreKeptOnceADigestAndRoot() {
    WorkspaceId workspace = Samples.workspace();
    IntentId one = Samples.intent();
    IntentId other = Samples.intent();
    scribe().batch(Order.create(workspace, one), Order.create(workspace, other));

    scribe().accept(Order.controls(workspace, one, Samples.NEVER));
    scribe().accept(Order.policy(workspace, one));

    assertThat(
            sql()
                .number(
                    "SELECT COUNT(*) FROM payloads WHERE workspace_id = ? AND root_id = ?",
                    workspace.value(),
                    one.value()))
        .isEqualTo(2);
    assertThat(store().payload(workspace, root(one), RESULT.digest())).contains(RESULT.bytes());
    assertThat(store().payload(workspace, root(other), RESULT.digest())).isEmpty();
    assertThat(store().payloads(workspace, root(other), List.of(RESULT.digest(), PAYLOAD.digest())))
        .containsOnlyKeys(PAYLOAD.digest());
  }

  @Test
  default void aRuleThatThrowsLeavesNothing() {
    WorkspaceId workspace = Samples.workspace();
    IntentId intent = Samples.intent();
    IllegalStateException bug = new IllegalStateException("a bug in the rules");

    assertThatThrownBy(
            () ->
                store()
                    .write(
                        List.of(Order.create(workspace, intent).want()),
                        _ -> {
                          throw bug;
                        }))
        .isSameAs(bug);

    assertThat(store().heads(List.of(workspace))).containsEntry(workspace, 0L);
    scribe().accept(Order.create(workspace, intent));
    assertThat(store().heads(List.of(workspace))).containsEntry(workspace, 1L);
  }

  @Test
  default void aChangeThatExpectsAnotherVersionLeavesNothing() {
    WorkspaceId workspace = Samples.workspace();
    IntentId intent = Samples.intent();
    IntentId fresh = Samples.intent();
    Scribe.Answer.Accepted created = scribe().accept(Order.create(workspace, intent));
    Append late = new Append(3, created.append().at(), Samples.WORKER.author(), List.of());
    Root skipped = new Root(root(intent), 3, 3, late.at(), created.after().intents());

    assertThatThrownBy(
            () ->
                store()
                    .write(
                        List.of(),
                        _ ->
                            List.of(appended(workspace, skipped, late), created(workspace, fresh))))
        .isInstanceOf(IllegalStateException.class);

    assertThat(store().heads(List.of(workspace))).containsEntry(workspace, 1L);
    assertThat(store().log(workspace, root(intent))).containsExactly(created.append());
    assertThat(store().log(workspace, root(fresh))).isEmpty();
  }

  private static Change created(WorkspaceId workspace, IntentId intent) {
    Append append = new Append(1, Instant.EPOCH, Samples.REQUESTER.author(), List.of());
    return appended(workspace, Root.empty(root(intent)).after(append), append);
  }

  private static Change appended(WorkspaceId workspace, Root after, Append append) {
    return new Change(
        workspace,
        Optional.of(new Change.Appended(after, append, List.of(), List.of(), List.of())),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  default void aRootIsOpenUntilItsIntentEnds() {
    WorkspaceId workspace = Samples.workspace();
    IntentId intent = Samples.intent();
    String open = "SELECT is_open FROM roots WHERE workspace_id = ?";
    scribe().accept(Order.create(workspace, intent));
    assertThat(sql().number(open, workspace.value())).isOne();

    scribe().accept(Order.resolve(workspace, intent, IntentCommand.End.CANCELED));

    assertThat(sql().number(open, workspace.value())).isZero();
  }

  private static RootId root(IntentId intent) {
    return new RootId(intent.value());
  }
}
