package dev.axme.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.axme.core.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What leaves the server: found, leased, settled, and found again when its node died. */
interface OutboxContract extends StoreFixture {
  Duration LEASE = Duration.ofMinutes(1);

  @Test
  default void whatIsAddedTwiceIsThereOnce() {
    WorkspaceId workspace = Samples.workspace();
    Parcel parcel = parcel(workspace, "a", "first");

    outbox().add(List.of(parcel));
    outbox().add(List.of(parcel));

    assertThat(due(workspace, parcel.due())).containsExactly(parcel);
    assertThat(due(workspace, parcel.due().minusMillis(1))).isEmpty();
  }

  @Test
  default void aParcelThatIsLeasedIsNobodyElsesUntilTheLeaseRunsOut() {
    WorkspaceId workspace = Samples.workspace();
    Parcel parcel = parcel(workspace, "a", "first");
    Instant now = parcel.due();
    outbox().add(List.of(parcel));

    assertThat(outbox().lease(List.of(parcel), now, now.plus(LEASE), false)).hasSize(1);

    assertThat(outbox().lease(List.of(parcel), now, now.plus(LEASE), false)).isEmpty();
    assertThat(due(workspace, now)).isEmpty();
    assertThat(due(workspace, now.plus(LEASE))).containsExactly(parcel);
    assertThat(
            outbox()
                .lease(List.of(parcel), now.plus(LEASE), now.plus(LEASE.multipliedBy(2)), false))
        .hasSize(1);
  }

  @Test
  default void aQueueInOrderGivesOneAtATime() {
    WorkspaceId workspace = Samples.workspace();
    Parcel first = parcel(workspace, "a", "first");
    Parcel second = parcel(workspace, "a", "second");
    Parcel other = parcel(workspace, "b", "other");
    Instant now = first.due();
    outbox().add(List.of(first, second, other));

    List<Outbox.Lease> leases =
        outbox().lease(List.of(first, second, other), now, now.plus(LEASE), true);

    assertThat(leases)
        .extracting(l -> l.parcel().destination())
        .containsExactlyInAnyOrder("a", "b");
  }

  @Test
  default void whatFailedIsDueLaterAndWhatWasSentIsNot() {
    WorkspaceId workspace = Samples.workspace();
    Parcel parcel = parcel(workspace, "a", "first");
    Instant now = parcel.due();
    Instant later = now.plus(Duration.ofSeconds(30));
    outbox().add(List.of(parcel));

    settle(parcel, now, tried(1, now, "FAILED"), Parcel.State.PENDING, later);
    assertThat(due(workspace, now)).isEmpty();
    Parcel again = due(workspace, later).getFirst();
    assertThat(again.tries()).isEqualTo(1);
    settle(again, later, tried(2, later, "DONE"), Parcel.State.SENT, later);

    assertThat(due(workspace, later.plus(Duration.ofDays(1)))).isEmpty();
    assertThat(outbox().attempts(workspace, parcel.id()))
        .containsExactly(tried(1, now, "FAILED"), tried(2, later, "DONE"));
  }

  @Test
  default void aLeaseThatRanOutSettlesNothing() {
    WorkspaceId workspace = Samples.workspace();
    Parcel parcel = parcel(workspace, "a", "first");
    Instant now = parcel.due();
    outbox().add(List.of(parcel));
    Outbox.Lease slow = lease(parcel, now);
    Outbox.Lease quick = lease(parcel, now.plus(LEASE));

    outbox().settle(List.of(settled(slow, tried(1, now, "FAILED"), Parcel.State.DEAD, now)));
    assertThat(outbox().parcel(workspace, parcel.id()).orElseThrow().state())
        .isEqualTo(Parcel.State.PENDING);
    outbox().settle(List.of(settled(quick, tried(1, now, "DONE"), Parcel.State.SENT, now)));

    assertThat(outbox().attempts(workspace, parcel.id())).containsExactly(tried(1, now, "DONE"));
  }

  @Test
  default void whatWasGivenUpCanBeSentAgain() {
    WorkspaceId workspace = Samples.workspace();
    Parcel parcel = parcel(workspace, "a", "first");
    Instant now = parcel.due();
    outbox().add(List.of(parcel));
    settle(parcel, now, tried(1, now, "REFUSED"), Parcel.State.DEAD, now);

    assertThat(outbox().replay(Samples.workspace(), parcel.id(), now)).isFalse();
    assertThat(outbox().replay(workspace, parcel.id(), now.plusSeconds(9))).isTrue();

    assertThat(due(workspace, now.plusSeconds(9)).getFirst().tries()).isZero();
  }

  @Test
  default void whatWaitsForItsNextTryIsDueAtOnceButWhatIsOnItsWayStaysAlone() {
    WorkspaceId workspace = Samples.workspace();
    Parcel parcel = parcel(workspace, "a", "first");
    Instant now = parcel.due();
    Instant later = now.plusSeconds(600);
    outbox().add(List.of(parcel));
    settle(parcel, now, tried(1, now, "FAILED"), Parcel.State.PENDING, later);

    assertThat(outbox().replay(workspace, parcel.id(), now.plusSeconds(1))).isTrue();
    List<Parcel> again = due(workspace, now.plusSeconds(1));
    outbox().lease(again, now.plusSeconds(1), later, true);

    assertThat(again).hasSize(1);
    assertThat(again.getFirst().tries()).isZero();
    assertThat(outbox().replay(workspace, parcel.id(), now.plusSeconds(2))).isFalse();
  }

  @Test
  default void anAttemptAfterAReplayIsKeptBesideTheOnesBefore() {
    WorkspaceId workspace = Samples.workspace();
    Parcel parcel = parcel(workspace, "a", "first");
    Instant now = parcel.due();
    outbox().add(List.of(parcel));
    settle(parcel, now, tried(1, now, "DONE"), Parcel.State.SENT, now);
    outbox().replay(workspace, parcel.id(), now);
    settle(parcel, now.plusSeconds(1), tried(1, now, "FAILED"), Parcel.State.PENDING, now);

    assertThat(outbox().attempts(workspace, parcel.id()))
        .extracting(Tried::number, Tried::result)
        .containsExactly(tuple(1, "DONE"), tuple(2, "FAILED"));
  }

  @Test
  default void aQueueThatIsBusyIsLeftOut() {
    WorkspaceId workspace = Samples.workspace();
    Parcel busy = parcel(workspace, "busy", "first");
    Parcel free = parcel(workspace, "free", "first");
    outbox().add(List.of(busy, free));

    assertThat(outbox().due(busy.due(), "mail", List.of(Outbox.Lane.of(busy)), 10_000))
        .filteredOn(p -> p.workspace().equals(workspace))
        .containsExactly(free);
    assertThat(outbox().due(busy.due(), Outbox.Lane.of(busy), 10)).containsExactly(busy);
  }

  @Test
  default void aListIsPagedFromTheNewestOn() {
    WorkspaceId workspace = Samples.workspace();
    List<Parcel> all =
        IntStream.range(0, 5)
            .mapToObj(n -> parcel(workspace, "a", "n" + n, Instant.ofEpochSecond(1_000 + n)))
            .toList();
    outbox().add(all);

    List<Parcel> first = outbox().list(workspace, query(Optional.empty(), 3));
    List<Parcel> rest = outbox().list(workspace, query(Optional.of(first.getLast().id()), 3));

    assertThat(first).containsExactly(all.get(4), all.get(3), all.get(2));
    assertThat(rest).containsExactly(all.get(1), all.get(0));
    assertThat(outbox().list(Samples.workspace(), query(Optional.empty(), 3))).isEmpty();
  }

  @Test
  default void whatIsOverIsForgottenWithItsAttemptsAndNothingElse() {
    WorkspaceId workspace = Samples.workspace();
    Parcel over = parcel(workspace, "a", "over", Instant.ofEpochSecond(10));
    Parcel waiting = parcel(workspace, "a", "waiting", Instant.ofEpochSecond(10));
    outbox().add(List.of(over, waiting));
    settle(over, over.due(), tried(1, over.due(), "DONE"), Parcel.State.SENT, over.due());

    outbox().forget(Instant.ofEpochSecond(11), 10_000);

    assertThat(outbox().parcel(workspace, over.id())).isEmpty();
    assertThat(outbox().attempts(workspace, over.id())).isEmpty();
    assertThat(outbox().parcel(workspace, waiting.id())).contains(waiting);
  }

  @Test
  default void theDepthIsCountedByChannelAndState() {
    String channel = "depth" + UUID.randomUUID();
    WorkspaceId workspace = Samples.workspace();
    Instant at = Instant.ofEpochSecond(1_000);
    outbox()
        .add(
            List.of(
                named(workspace, channel, "a", at),
                named(workspace, channel, "b", at.plusSeconds(1))));

    assertThat(outbox().depths()).contains(new Outbox.Depth(channel, Parcel.State.PENDING, 2, at));
  }

  private Outbox outbox() {
    return store().outbox();
  }

  private List<Parcel> due(WorkspaceId workspace, Instant now) {
    return outbox().due(now, "mail", List.of(), 10_000).stream()
        .filter(p -> p.workspace().equals(workspace))
        .toList();
  }

  private Outbox.Lease lease(Parcel parcel, Instant now) {
    return outbox().lease(List.of(parcel), now, now.plus(LEASE), false).getFirst();
  }

  private void settle(Parcel parcel, Instant now, Tried tried, Parcel.State state, Instant due) {
    outbox().settle(List.of(settled(lease(parcel, now), tried, state, due)));
  }

  private static Outbox.Settled settled(
      Outbox.Lease lease, Tried tried, Parcel.State state, Instant due) {
    return new Outbox.Settled(lease, tried, state, due);
  }

  private static Tried tried(int number, Instant at, String result) {
    return new Tried(number, at, result, 200, 12, "it said so");
  }

  private static Outbox.Query query(Optional<UUID> before, int limit) {
    return new Outbox.Query(
        Optional.of("mail"),
        Optional.of(Parcel.State.PENDING),
        Optional.empty(),
        Optional.of("a"),
        before,
        limit);
  }

  private static Parcel parcel(WorkspaceId workspace, String destination, String what) {
    return parcel(workspace, destination, what, Instant.ofEpochSecond(1_000));
  }

  private static Parcel parcel(WorkspaceId workspace, String destination, String what, Instant at) {
    UUID id = Parcel.id(at, workspace.toString(), destination, what);
    return Parcel.fresh(workspace, id, "mail", destination, Samples.intent().value(), "{}", at);
  }

  private static Parcel named(WorkspaceId workspace, String channel, String what, Instant at) {
    UUID id = Parcel.id(at, workspace.toString(), what);
    return Parcel.fresh(workspace, id, channel, what, Samples.intent().value(), "{}", at);
  }
}
