package dev.axme.engine;

import static dev.axme.engine.Fixtures.OTHER_WORKSPACE;
import static dev.axme.engine.Fixtures.adjust;
import static dev.axme.engine.Fixtures.keyed;
import static dev.axme.engine.Fixtures.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.core.RootId;
import dev.axme.store.Change;
import dev.axme.store.Snapshot;
import dev.axme.store.Store;
import dev.axme.store.StoreException;
import dev.axme.store.StoreException.Kind;
import dev.axme.store.Want;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FailingStoreTest {
  private final ManualClock clock = new ManualClock();
  @TempDir Path directory;

  @Test
  void aLostRaceIsRunAgainAndNobodyNotices() {
    Ref ref = Ref.fresh();
    AtomicInteger failures = new AtomicInteger(3);
    try (Node node = node(Kind.CONFLICT, _ -> failures.getAndDecrement() > 0)) {
      Told created = node.submit(keyed(send(ref), "k", "body"));
      Told adjusted = node.submit(adjust(ref));
      node.start();

      created.accepted();
      adjusted.accepted();
      assertThat(node.log(ref)).hasSize(2);
    }
  }

  @Test
  void oneCommandThatTheStoreCannotTakeIsTakenOutOfMany() {
    List<Ref> refs = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      refs.add(Ref.fresh());
    }
    RootId poison = refs.get(37).root();
    try (Node node = node(Kind.POISON, wants -> names(wants, poison))) {
      List<Told> all = refs.stream().map(r -> node.submit(send(r))).toList();
      node.start();

      for (int i = 0; i < all.size(); i++) {
        if (i == 37) {
          all.get(i).answer(Answer.Broken.class);
        } else {
          all.get(i).accepted();
        }
      }
      assertThat(node.log(refs.get(37))).isEmpty();
      assertThat(all).allMatch(t -> t.times() == 1);
    }
  }

  @Test
  void aRaceThatOneCommandAlwaysLosesBreaksThatCommandAlone() {
    Ref poison = Ref.fresh();
    try (Node node = node(Kind.CONFLICT, wants -> names(wants, poison.root()))) {
      Told before = node.submit(send(Ref.fresh()));
      Told broken = node.submit(send(poison));
      Told after = node.submit(send(Ref.fresh()));
      node.start();

      before.accepted();
      broken.answer(Answer.Broken.class);
      after.accepted();
    }
  }

  @Test
  void whileTheStoreIsAwayCallersAreToldAndThenItHeals() {
    AtomicInteger failures = new AtomicInteger(2);
    try (Node node = node(Kind.UNAVAILABLE, _ -> failures.getAndDecrement() > 0).start()) {
      Submission request = keyed(send(Ref.fresh()), "k", "body");

      assertThat(node.submit(request).answer(Answer.Unavailable.class).retryAfter()).isPositive();
      node.submit(request).answer(Answer.Unavailable.class);
      node.accepted(request);
    }
  }

  @Test
  void aWorkspaceThatCannotBeWrittenDoesNotTakeTheOthersWithIt() {
    Predicate<List<Want>> other =
        wants -> wants.stream().anyMatch(w -> w.workspace().equals(OTHER_WORKSPACE));
    try (Node node = node(Kind.UNAVAILABLE, other)) {
      Told mine = node.submit(send(Ref.fresh()));
      Told theirs = node.submit(send(Ref.fresh(OTHER_WORKSPACE)));
      Told mineToo = node.submit(send(Ref.fresh()));
      node.start();

      mine.accepted();
      theirs.answer(Answer.Unavailable.class);
      mineToo.accepted();
    }
  }

  @Test
  void aCommitOfWhichNobodyKnowsIsNotRunAgain() {
    Ref mine = Ref.fresh();
    Ref theirs = Ref.fresh(OTHER_WORKSPACE);
    Submission request = keyed(send(mine), "k", "body");
    AtomicInteger writes = new AtomicInteger();
    try (Node node =
        Node.sqlite(directory, clock, s -> new Unsure(s, () -> writes.incrementAndGet() == 1))) {
      Told first = node.submit(request);
      Told second = node.submit(send(theirs));
      Told third = node.submit(adjust(theirs));
      node.start();

      first.answer(Answer.Unavailable.class);
      second.answer(Answer.Unavailable.class);
      third.answer(Answer.Unavailable.class);

      assertThat(node.log(theirs)).hasSize(2);
      assertThat(node.submit(request).answer()).isEqualTo(IdempotencyTest.remembered(mine, 1));
      assertThat(node.log(mine)).hasSize(1);
    }
  }

  private Node node(Kind kind, Predicate<List<Want>> fails) {
    return Node.sqlite(directory, clock, store -> new Failing(store, kind, fails));
  }

  private static boolean names(List<Want> wants, RootId root) {
    return wants.stream().anyMatch(w -> w.root().equals(root));
  }

  /** Refuses some batches; nothing of them is written. */
  private static final class Failing extends FrontedStore {
    private final Kind kind;
    private final Predicate<List<Want>> fails;

    Failing(Store store, Kind kind, Predicate<List<Want>> fails) {
      super(store);
      this.kind = kind;
      this.fails = fails;
    }

    @Override
    public void write(List<Want> wants, Function<Snapshot, List<Change>> rule) {
      if (fails.test(wants)) {
        throw new StoreException(kind, "test");
      }
      super.write(wants, rule);
    }
  }

  /** Writes, and then does not know whether it did. */
  private static final class Unsure extends FrontedStore {
    private final BooleanSupplier unsure;

    Unsure(Store store, BooleanSupplier unsure) {
      super(store);
      this.unsure = unsure;
    }

    @Override
    public void write(List<Want> wants, Function<Snapshot, List<Change>> rule) {
      super.write(wants, rule);
      if (unsure.getAsBoolean()) {
        throw new StoreException(Kind.UNKNOWN, "test");
      }
    }
  }
}
