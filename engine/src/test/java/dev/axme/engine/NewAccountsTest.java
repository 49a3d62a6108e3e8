package dev.axme.engine;

import static dev.axme.engine.Fixtures.OTHER_WORKSPACE;
import static dev.axme.engine.Fixtures.WORKSPACE;
import static dev.axme.engine.Fixtures.adjust;
import static dev.axme.engine.Fixtures.keyed;
import static dev.axme.engine.Fixtures.send;
import static dev.axme.engine.Fixtures.unruly;
import static dev.axme.engine.NewAccounts.account;
import static dev.axme.engine.NewAccounts.apply;
import static dev.axme.engine.NewAccounts.names;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axme.store.Change;
import dev.axme.store.Directory.Account;
import dev.axme.store.Snapshot;
import dev.axme.store.Store;
import dev.axme.store.Want;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NewAccountsTest {
  private final ManualClock clock = new ManualClock();
  @TempDir Path directory;

  private final AtomicInteger writes = new AtomicInteger();

  private Node node() {
    Node node = Node.sqlite(directory, clock, this::counted);
    NewAccounts.found(node.store());
    return node;
  }

  private Store counted(Store store) {
    return new FrontedStore(store) {
      @Override
      public void write(List<Want> wants, Function<Snapshot, List<Change>> rule) {
        writes.incrementAndGet();
        super.write(wants, rule);
      }
    };
  }

  @Test
  void ofTwoInOneBatchTheLaterIsToldThatItIsTakenAndWritesNothing() {
    Ref first = Ref.fresh();
    Ref second = Ref.fresh();
    try (Node node = node()) {
      Told one = node.submit(apply(first, "worker"));
      Told two = node.submit(apply(second, "tester", "worker"));
      Told three = node.submit(apply(Ref.fresh(), "tester"));
      Told plain = node.submit(send(Ref.fresh()));
      node.start();

      one.accepted();
      two.answer(Answer.Taken.class);
      three.accepted();
      plain.accepted();
      assertThat(node.log(second)).isEmpty();
      assertThat(writes).as("seen without asking the database to refuse it").hasValue(1);
      assertThat(names(node.store())).containsExactly("tester", "worker");
    }
  }

  @Test
  void idAddressAndNameAreEachClaimedInABatch() {
    try (Node node = node()) {
      Told first = node.submit(bringing(account(WORKSPACE, "sa_1", "one", "agent://one")));
      Told sameId = node.submit(bringing(account(WORKSPACE, "sa_1", "two", "agent://two")));
      Told sameAddress = node.submit(bringing(account(WORKSPACE, "sa_2", "two", "agent://one")));
      Told sameName = node.submit(bringing(account(WORKSPACE, "sa_2", "one", "agent://two")));
      Told elsewhere =
          node.submit(
              send(Ref.fresh(OTHER_WORKSPACE))
                  .bringing(List.of(account(OTHER_WORKSPACE, "sa_2", "one", "agent://elsewhere"))));
      node.start();

      first.accepted();
      sameId.answer(Answer.Taken.class);
      sameAddress.answer(Answer.Taken.class);
      sameName.answer(Answer.Taken.class);
      elsewhere.accepted();
      assertThat(writes).hasValue(1);
      assertThat(names(node.store())).containsExactly("one");
    }
  }

  private static Submission bringing(Account account) {
    return send(Ref.fresh()).bringing(List.of(account));
  }

  @Test
  void aRepeatIsRememberedInTheSameBatchAndLater() {
    Ref first = Ref.fresh();
    try (Node node = node()) {
      Told one = node.submit(repeated(first));
      Told same = node.submit(repeated(Ref.fresh()));
      node.start();
      one.accepted();
      assertThat(same.answer()).isEqualTo(IdempotencyTest.remembered(first, 1));

      assertThat(node.submit(repeated(Ref.fresh())).answer())
          .isEqualTo(IdempotencyTest.remembered(first, 1));

      node.submit(keyed(send(Ref.fresh()), "k", "another body").bringing(List.of(account("x"))))
          .answer(Answer.KeyReused.class);
      assertThat(names(node.store())).containsExactly("worker");
    }
  }

  private static Submission repeated(Ref ref) {
    return keyed(send(ref), "k", "body").bringing(List.of(account("worker")));
  }

  @Test
  void whoIsRefusedOrBreaksLaysNoClaim() {
    try (Node node = node()) {
      Told refused = node.submit(adjust(Ref.fresh()).bringing(List.of(account("worker"))));
      Told broken = node.submit(unruly(Ref.fresh()).bringing(List.of(account("worker"))));
      node.start();
      refused.answer(Answer.Refused.class);
      broken.answer(Answer.Broken.class);
      assertThat(names(node.store())).isEmpty();

      node.accepted(apply(Ref.fresh(), "worker"));
    }
  }

  @Test
  void anAccountThatCannotBeStoredBreaksItsOwnCommandAlone() {
    Ref lost = Ref.fresh();
    try (Node node = node()) {
      Told before = node.submit(apply(Ref.fresh(), "before"));
      Told bad = node.submit(send(lost).bringing(List.of(sleepy())));
      Told after = node.submit(apply(Ref.fresh(), "after"));
      node.start();

      before.accepted();
      bad.answer(Answer.Broken.class);
      after.accepted();
      assertThat(node.log(lost)).isEmpty();
      assertThat(names(node.store())).containsExactly("after", "before");
    }
  }

  /** One with a status that no account may have. */
  private static Account sleepy() {
    Account a = account("sleepy");
    return new Account(
        a.id(),
        a.workspace(),
        a.person(),
        a.name(),
        a.address(),
        a.displayName(),
        a.description(),
        a.deliveryMode(),
        a.callbackUrl(),
        a.webhookSecret(),
        "sleepy",
        a.createdBy(),
        a.createdAt(),
        a.updatedAt());
  }

  @Test
  void newcomersThatCannotBeThereTogetherAreABug() {
    Ref ref = Ref.fresh();
    List<Account> twins = List.of(account("twin"), account("twin"));
    Account stranger = account(OTHER_WORKSPACE, "sa_1", "one", "agent://one");

    assertThatThrownBy(() -> send(ref).bringing(twins))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> send(ref).bringing(List.of(stranger)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
