package dev.axme.engine;

import static dev.axme.engine.Fixtures.WORKSPACE;
import static dev.axme.engine.Fixtures.ask;
import static dev.axme.engine.ManualClock.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.core.Append;
import dev.axme.core.Effect;
import dev.axme.core.IntentCommand;
import dev.axme.core.IntentEvent;
import dev.axme.core.Notice;
import dev.axme.core.Root;
import dev.axme.core.WorkspaceId;
import dev.axme.store.Outbox;
import dev.axme.store.Parcel;
import dev.axme.store.Place;
import dev.axme.store.Store;
import dev.axme.store.Tried;
import dev.axme.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What leaves the server: in order, again, given up, and in nobody else's way. */
final class SenderTest {
  private final ManualClock clock = new ManualClock();
  @TempDir Path directory;

  /** One parcel for every question that is asked. */
  private static final Outlets ASKED =
      new Outlets() {
        @Override
        public boolean reachPeople() {
          return true;
        }

        @Override
        public List<Parcel> of(WorkspaceId home, Root after, Append append, List<Effect> effects) {
          return effects.stream()
              .filter(Effect.Tell.class::isInstance)
              .map(
                  e ->
                      Parcel.fresh(
                          home,
                          Parcel.id(append.at(), after.id().toString()),
                          "courier",
                          "alice",
                          after.id().value(),
                          "{}",
                          append.at()))
              .toList();
        }
      };

  @Test
  void aParcelLeavesAfterTheCommitThatCausedIt() throws InterruptedException {
    Courier courier = new Courier(4, 3, _ -> Courier.attempt(Attempt.Result.DONE));
    Ref ref = Ref.fresh();
    try (Store store = open();
        Engine engine = new Engine(store, ASKED, _ -> List.of(courier), EngineMetrics.NONE)) {
      engine.start();
      assertThat(engine.ask(ask(ref))).isInstanceOf(Answer.Accepted.class);

      Courier.Carried carried = courier.next();

      assertThat(carried.parcel().subject()).isEqualTo(ref.root().value());
      assertThat(store.log(ref.workspace(), ref.root())).hasSize(1);
      assertThat(state(store, carried.parcel(), Parcel.State.SENT)).isTrue();
      assertThat(store.outbox().attempts(WORKSPACE, carried.parcel().id()))
          .extracting(Tried::result)
          .containsExactly("DONE");
    }
  }

  @Test
  void oneAtATimeLeavesInOrder() throws InterruptedException {
    Courier courier = new Courier(1, 3, _ -> Courier.attempt(Attempt.Result.DONE));
    List<Parcel> all = parcels("agent", 20);
    try (Store store = open();
        Engine engine = started(store, courier)) {
      store.outbox().add(all);
      engine.ringOutbox();

      List<Parcel> came = new ArrayList<>();
      for (int i = 0; i < all.size(); i++) {
        came.add(courier.next().parcel());
      }

      assertThat(came).extracting(Parcel::id).isEqualTo(all.stream().map(Parcel::id).toList());
    }
  }

  @Test
  void oneThatNeverComesBackHoldsUpNobodyElse() throws InterruptedException {
    CountDownLatch stuck = new CountDownLatch(1);
    Courier courier =
        new Courier(
            1,
            3,
            p -> {
              if (p.destination().equals("stuck")) {
                await(stuck);
              }
              return Courier.attempt(Attempt.Result.DONE);
            });
    try (Store store = open();
        Engine engine = started(store, courier)) {
      store.outbox().add(parcels("stuck", 600));
      store.outbox().add(parcels("free", 3));
      engine.ringOutbox();

      List<String> came = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        came.add(courier.next().parcel().destination());
      }

      assertThat(came).containsExactlyInAnyOrder("stuck", "free", "free", "free");
      stuck.countDown();
    }
  }

  @Test
  void aChannelThatIsStuckLeavesTheOthersTheirRoom() throws InterruptedException {
    CountDownLatch stuck = new CountDownLatch(1);
    Courier slow =
        new Courier(
            "slow",
            1,
            3,
            _ -> {
              await(stuck);
              return Courier.attempt(Attempt.Result.DONE);
            });
    Courier quick = new Courier(1, 3, _ -> Courier.attempt(Attempt.Result.DONE));
    try (Store store = open();
        Engine engine =
            new Engine(store, Outlets.NONE, _ -> List.of(slow, quick), EngineMetrics.NONE)) {
      engine.start();
      store.outbox().add(IntStream.range(0, 1_000).mapToObj(SenderTest::slow).toList());
      engine.ringOutbox();
      slow.next();
      store.outbox().add(parcels("free", 1));
      engine.ringOutbox();

      assertThat(quick.next().parcel().destination()).isEqualTo("free");
      stuck.countDown();
    }
  }

  private static Parcel slow(int n) {
    UUID id = Parcel.id(NOON, "slow", "n" + n);
    return Parcel.fresh(WORKSPACE, id, "slow", "to" + n, new UUID(0, n), "{}", NOON);
  }

  @Test
  void whatFailsIsTriedAgainAndThenGivenUp() throws InterruptedException {
    Courier courier = new Courier(1, 3, _ -> Courier.attempt(Attempt.Result.FAILED));
    Parcel parcel = parcels("agent", 1).getFirst();
    try (Store store = open();
        Engine engine = started(store, courier)) {
      store.outbox().add(List.of(parcel));
      engine.ringOutbox();

      for (int number = 1; number <= 3; number++) {
        Courier.Carried carried = courier.next();
        assertThat(carried.number()).isEqualTo(number);
        assertThat(carried.parcel().id()).isEqualTo(parcel.id());
        tried(store, parcel, number);
        clock.move(Courier.PAUSE);
      }

      assertThat(courier.nextExhausted().id()).isEqualTo(parcel.id());
      assertThat(state(store, parcel, Parcel.State.DEAD)).isTrue();
      assertThat(store.outbox().attempts(WORKSPACE, parcel.id())).hasSize(3);
    }
  }

  @Test
  void whatIsRefusedIsNeverTriedAgain() throws InterruptedException {
    Courier courier = new Courier(1, 3, _ -> Courier.attempt(Attempt.Result.REFUSED));
    Parcel parcel = parcels("agent", 1).getFirst();
    try (Store store = open();
        Engine engine = started(store, courier)) {
      store.outbox().add(List.of(parcel));
      engine.ringOutbox();

      assertThat(courier.nextExhausted().id()).isEqualTo(parcel.id());
      assertThat(courier.carried).hasSize(1);
    }
  }

  @Test
  void whatWaitsBehindAnUnreachableOneSharesItsFailure() throws InterruptedException {
    Courier courier = new Courier(1, 1, _ -> Courier.attempt(Attempt.Result.UNREACHABLE));
    List<Parcel> all = parcels("agent", 40);
    try (Store store = open();
        Engine engine = started(store, courier)) {
      store.outbox().add(all);
      engine.ringOutbox();

      for (int i = 0; i < all.size(); i++) {
        courier.nextExhausted();
      }

      assertThat(courier.carried).hasSize(3);
      assertThat(state(store, all.getLast(), Parcel.State.DEAD)).isTrue();
      assertThat(store.outbox().attempts(WORKSPACE, all.getLast().id()).getFirst().answer())
          .startsWith("not tried");
    }
  }

  @Test
  void whatANodeDidNotLiveToSettleIsSentByTheNext() throws InterruptedException {
    Parcel parcel = parcels("agent", 1).getFirst();
    try (Store store = open()) {
      store.outbox().add(List.of(parcel));
      assertThat(
              store.outbox().lease(List.of(parcel), NOON, NOON.plus(Duration.ofMinutes(2)), true))
          .hasSize(1);
    }
    Courier courier = new Courier(1, 3, _ -> Courier.attempt(Attempt.Result.DONE));
    try (Store store = open();
        Engine engine = started(store, courier)) {
      engine.ringOutbox();
      clock.move(Duration.ofMinutes(2));

      assertThat(courier.next().parcel().id()).isEqualTo(parcel.id());
    }
  }

  @Test
  void aChannelSaysWhatBecameOfItBeforeItIsSettled() throws InterruptedException {
    Ref ref = Ref.fresh();
    try (Store store = open();
        Engine engine =
            new Engine(
                store,
                ASKED,
                e -> List.of(new Courier(1, 3, _ -> noted(e, ref))),
                EngineMetrics.NONE)) {
      engine.start();
      CountDownLatch twice = new CountDownLatch(2);
      Feeds.Watch watch = engine.feeds().watch(ref.workspace(), ref.root(), twice::countDown);
      assertThat(engine.ask(ask(ref))).isInstanceOf(Answer.Accepted.class);

      assertThat(twice.await(30, TimeUnit.SECONDS)).isTrue();

      watch.close();
      assertThat(store.log(ref.workspace(), ref.root()).getLast().events())
          .singleElement()
          .isInstanceOf(IntentEvent.Notified.class);
    }
  }

  private static Attempt noted(Engine engine, Ref ref) {
    Notice notice =
        new Notice(Notice.Kind.TOLD, Optional.empty(), 0, Optional.of("alice@acme.test"));
    IntentCommand note =
        new IntentCommand.Note(ref.intent(), notice, new Notice.Fate.Sent("250 OK"));
    try {
      engine.ask(Submission.own(new Place(ref.workspace(), ref.root()), note));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Courier.attempt(Attempt.Result.DONE);
  }

  private Store open() {
    return SqliteStore.open(directory.resolve("axme.db"), clock);
  }

  private static Engine started(Store store, Courier courier) {
    Engine engine = new Engine(store, Outlets.NONE, _ -> List.of(courier), EngineMetrics.NONE);
    engine.start();
    return engine;
  }

  private static List<Parcel> parcels(String destination, int count) {
    return IntStream.range(0, count)
        .mapToObj(
            n ->
                Parcel.fresh(
                        WORKSPACE,
                        Parcel.id(NOON, destination, "n" + n),
                        "courier",
                        destination,
                        new UUID(0, n),
                        "{}",
                        NOON)
                    .at(n))
        .toList();
  }

  /** Whether it comes to that, within half a minute. */
  private static boolean state(Store store, Parcel parcel, Parcel.State state)
      throws InterruptedException {
    Outbox outbox = store.outbox();
    return comes(
        () -> outbox.parcel(parcel.workspace(), parcel.id()).orElseThrow().state() == state);
  }

  /** Until then the pause after an attempt has not begun. */
  private static void tried(Store store, Parcel parcel, int times) throws InterruptedException {
    Outbox outbox = store.outbox();
    assertThat(comes(() -> outbox.attempts(WORKSPACE, parcel.id()).size() == times)).isTrue();
  }

  private static boolean comes(BooleanSupplier claim) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    for (int i = 0; i < 3_000 && !claim.getAsBoolean(); i++) {
      assertThat(never.await(10, TimeUnit.MILLISECONDS)).isFalse();
    }
    return claim.getAsBoolean();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
