package dev.axme.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axme.core.IntentId;
import dev.axme.core.Ruling;
import dev.axme.core.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Idempotency keys: the same request gets the same answer, and happens once. */
interface RequestContract extends StoreFixture {
  @Test
  default void anAnswerIsRememberedUnderItsKey() {
    WorkspaceId workspace = Samples.workspace();
    IntentId intent = Samples.intent();
    RequestKey key = Samples.key("k-1");
    scribe().accept(Order.create(workspace, intent).keyed(key));

    Scribe.Answer again = scribe().write(Order.create(workspace, Samples.intent()).keyed(key));

    assertThat(again)
        .isEqualTo(new Scribe.Answer.Remembered(new Memo.Accepted(intent, 1, List.of()), true));
    assertThat(store().heads(List.of(workspace))).containsEntry(workspace, 1L);
  }

  @Test
  default void anotherBodyUnderTheSameKeyIsSeenAsAnother() {
    WorkspaceId workspace = Samples.workspace();
    RequestKey key = Samples.key("k-1");
    scribe().accept(Order.create(workspace, Samples.intent()).keyed(key));
    RequestKey other =
        new RequestKey(key.identity(), key.route(), key.key(), Blob.sha256("another body"));

    Scribe.Answer answer = scribe().write(Order.create(workspace, Samples.intent()).keyed(other));

    assertThat(answer)
        .isInstanceOfSatisfying(
            Scribe.Answer.Remembered.class, r -> assertThat(r.sameBody()).isFalse());
  }

  @Test
  default void aKeyCountsOnlyForItsIdentityRouteAndWorkspace() {
    WorkspaceId workspace = Samples.workspace();
    RequestKey key = Samples.key("k-1");
    scribe().accept(Order.create(workspace, Samples.intent()).keyed(key));

    List<Scribe.Answer> answers =
        scribe()
            .batch(
                create(workspace, new RequestKey("other", key.route(), key.key(), key.hash())),
                create(workspace, new RequestKey(key.identity(), "PUT /", key.key(), key.hash())),
                create(workspace, Samples.key("k-2")),
                create(Samples.workspace(), key));

    assertThat(answers).hasOnlyElementsOfType(Scribe.Answer.Accepted.class);
  }

  private static Order create(WorkspaceId workspace, RequestKey key) {
    return Order.create(workspace, Samples.intent()).keyed(key);
  }

  @Test
  default void twinKeysInOneBatchThatTheRuleMissedAreAConflictAndLeaveNothing() {
    WorkspaceId workspace = Samples.workspace();
    IntentId intent = Samples.intent();
    Change.Kept kept =
        new Change.Kept(Samples.key("k-1"), new Memo.StaleGeneration(intent, 1, Instant.EPOCH));
    Change change = new Change(workspace, Optional.empty(), Optional.of(kept), Optional.empty());

    assertThatThrownBy(() -> store().write(List.of(), _ -> List.of(change, change)))
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.CONFLICT));

    assertThat(idempotencyRows(workspace)).isZero();
    assertThat(scribe().batch(create(workspace, kept.request()), create(workspace, kept.request())))
        .hasExactlyElementsOfTypes(Scribe.Answer.Accepted.class, Scribe.Answer.Remembered.class);
  }

  @Test
  default void anAnswerThatChangedNothingIsRememberedAndMovesNoPosition() {
    WorkspaceId workspace = Samples.workspace();
    IntentId intent = Samples.intent();
    scribe().accept(Order.create(workspace, intent));
    RequestKey key = Samples.key("compare-and-set");

    Scribe.Answer first =
        scribe().write(Order.proceed(workspace, intent, OptionalInt.of(7)).keyed(key));
    Scribe.Answer again =
        scribe().write(Order.proceed(workspace, intent, OptionalInt.of(7)).keyed(key));

    assertThat(first).isEqualTo(new Scribe.Answer.Unchanged(new Ruling.StaleGeneration(0)));
    assertThat(again)
        .isInstanceOfSatisfying(
            Scribe.Answer.Remembered.class,
            r ->
                assertThat(r.memo())
                    .isInstanceOfSatisfying(
                        Memo.StaleGeneration.class, m -> assertThat(m.generation()).isZero()));
    assertThat(store().heads(List.of(workspace))).containsEntry(workspace, 1L);
  }

  @Test
  default void anAnswerInAWorkspaceWithoutAnAppendIsRememberedToo() {
    WorkspaceId workspace = Samples.workspace();
    RequestKey key = Samples.key("k-1");
    Memo memo = new Memo.StaleGeneration(Samples.intent(), 4, store().now());
    Change change =
        new Change(
            workspace, Optional.empty(), Optional.of(new Change.Kept(key, memo)), Optional.empty());

    store().write(List.of(), _ -> List.of(change));

    assertThat(scribe().write(create(workspace, key)))
        .isEqualTo(new Scribe.Answer.Remembered(memo, true));
  }

  @Test
  default void keysAreForgottenADayLaterAndOnlyOnceTheirIntentIsLongOver() {
    WorkspaceId workspace = Samples.workspace();
    IntentId waiting = Samples.intent();
    IntentId done = Samples.intent();
    scribe()
        .batch(
            Order.create(workspace, waiting).keyed(Samples.key("waiting")),
            Order.create(workspace, done).keyed(Samples.key("done")),
            Order.report(workspace, done));
    Instant tomorrow = store().now().plus(Duration.ofHours(25));
    Duration week = Duration.ofDays(7);

    store().forgetRequests(store().now(), Duration.ZERO, 1_000);
    assertThat(idempotencyRows(workspace)).as("within a day").isEqualTo(2);
    store().forgetRequests(tomorrow, week, 1_000);
    assertThat(idempotencyRows(workspace)).as("within a week of the end").isEqualTo(2);
    store().forgetRequests(tomorrow.plus(week), week, 1_000);

    assertThat(
            sql()
                .rows(
                    "SELECT request_key FROM idempotency WHERE workspace_id = ?", workspace.value())
                .stream()
                .map(r -> r.text(1)))
        .containsExactly("waiting");
  }

  @Test
  default void keysAreForgottenAFewAtATime() {
    WorkspaceId workspace = Samples.workspace();
    for (int i = 0; i < 3; i++) {
      IntentId intent = Samples.intent();
      scribe()
          .batch(
              Order.create(workspace, intent).keyed(Samples.key("k-" + i)),
              Order.report(workspace, intent));
    }
    Instant tomorrow = store().now().plus(Duration.ofHours(25));

    int first = store().forgetRequests(tomorrow, Duration.ZERO, 1);
    long left = idempotencyRows(workspace);
    store().forgetRequests(tomorrow, Duration.ZERO, 1_000);

    assertThat(first).isOne();
    assertThat(left).isBetween(2L, 3L);
    assertThat(idempotencyRows(workspace)).isZero();
  }

  private long idempotencyRows(WorkspaceId workspace) {
    return sql()
        .number("SELECT COUNT(*) FROM idempotency WHERE workspace_id = ?", workspace.value());
  }
}
