package dev.axme.store;

import dev.axme.core.Append;
import dev.axme.core.Effect;
import dev.axme.core.Effects;
import dev.axme.core.IntentEvent;
import dev.axme.core.IntentId;
import dev.axme.core.IntentMachine;
import dev.axme.core.Moment;
import dev.axme.core.Refusal;
import dev.axme.core.Root;
import dev.axme.core.RootId;
import dev.axme.core.Ruling;
import dev.axme.core.WorkspaceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Takes orders to a store as the committer does, with the real rules and one transaction a batch: a
 * later order sees what an earlier one of its batch did. What the committer adds (a queue, repeats)
 * is left to the test. Safe for use by several threads.
 */
final class Scribe {
  /** What became of an order. */
  sealed interface Answer {
    record Accepted(Root after, Append append) implements Answer {}

    record Unchanged(Ruling.Unchanged ruling) implements Answer {}

    record Refused(Refusal refusal) implements Answer {}

    record Remembered(Memo memo, boolean sameBody) implements Answer {}

    record Busy() implements Answer {}

    record Taken() implements Answer {}

    record Unauthorized() implements Answer {}
  }

  private static final AtomicLong SEEDS = new AtomicLong();

  private final Store store;
  private final Runnable ruled;

  Scribe(Store store) {
    this(store, () -> {});
  }

  /** Runs {@code ruled} when the rules have spoken and nothing is written yet. */
  Scribe(Store store, Runnable ruled) {
    this.store = store;
    this.ruled = ruled;
  }

  /** One order in a transaction of its own. */
  Answer write(Order order) {
    return batch(List.of(order)).getFirst();
  }

  /** One order in a transaction of its own, which must be accepted. */
  Answer.Accepted accept(Order order) {
    return switch (write(order)) {
      case Answer.Accepted accepted -> accepted;
      case Answer other -> throw new AssertionError("Expected " + order + ", found " + other);
    };
  }

  List<Answer> batch(Order... orders) {
    return batch(List.of(orders));
  }

  /** Repeats while the root is busy or the store lost a race, as the committer does. */
  Answer persist(Order order) {
    while (true) {
      try {
        Answer answer = write(order);
        if (!(answer instanceof Answer.Busy)) {
          return answer;
        }
      } catch (StoreException e) {
        if (e.kind() != StoreException.Kind.CONFLICT) {
          throw e;
        }
      }
      Thread.onSpinWait();
    }
  }

  /** Several orders in one transaction. */
  List<Answer> batch(List<Order> orders) {
    Batch batch = new Batch(orders);
    store.write(
        orders.stream().map(Order::want).toList(),
        snapshot -> {
          List<Change> changes = batch.rule(snapshot);
          ruled.run();
          return changes;
        });
    return batch.answers;
  }

  private record Home(WorkspaceId workspace, RootId root) {}

  private record Key(WorkspaceId workspace, String identity, String route, String key) {
    static Key of(Order order, RequestKey k) {
      return new Key(order.workspace(), k.identity(), k.route(), k.key());
    }
  }

  private static final class Batch {
    private final List<Order> orders;
    private final Map<Home, Root> roots = new HashMap<>();
    private final Map<Key, Found.Remembered> remembered = new HashMap<>();
    private final List<Answer> answers = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();

    Batch(List<Order> orders) {
      this.orders = orders;
    }

    List<Change> rule(Snapshot snapshot) {
      for (int i = 0; i < orders.size(); i++) {
        answers.add(rule(orders.get(i), snapshot.found().get(i), snapshot));
      }
      return changes;
    }

    private Answer rule(Order order, Found found, Snapshot snapshot) {
      if (!found.authorized()) {
        return new Answer.Unauthorized();
      }
      if (found.state() instanceof Found.State.Busy) {
        return new Answer.Busy();
      }
      Optional<Found.Remembered> before =
          found
              .remembered()
              .or(
                  () ->
                      order
                          .request()
                          .flatMap(k -> Optional.ofNullable(remembered.get(Key.of(order, k)))));
      if (before.isPresent()) {
        boolean same = before.get().request().equals(order.request().orElseThrow());
        return new Answer.Remembered(before.get().memo(), same);
      }
      if (found.taken()) {
        return new Answer.Taken();
      }
      Root root =
          roots.computeIfAbsent(
              new Home(order.workspace(), order.root()), _ -> present(order, found));
      Moment moment = new Moment(snapshot.now(), SEEDS.incrementAndGet());
      return switch (IntentMachine.rule(root, order.actor(), order.command(), moment)) {
        case Ruling.Accepted accepted -> accepted(order, root, accepted, moment);
        case Ruling.Unchanged unchanged -> unchanged(order, unchanged, moment);
        case Ruling.Refused refused -> new Answer.Refused(refused.refusal());
      };
    }

    private static Root present(Order order, Found found) {
      return found.state() instanceof Found.State.Present p ? p.root() : Root.empty(order.root());
    }

    private Answer accepted(Order order, Root root, Ruling.Accepted ruling, Moment moment) {
      Append append =
          new Append(root.version() + 1, moment.at(), order.actor().author(), ruling.events());
      Root after = root.after(append);
      List<Effect> effects = new ArrayList<>();
      for (IntentEvent event : append.events()) {
        effects.addAll(Effects.of(event, after.intent(event.intent()).orElseThrow(), append.at()));
      }
      IntentId intent = order.command().intent();
      roots.put(new Home(order.workspace(), order.root()), after);
      keep(
          order,
          Optional.of(
              new Change.Appended(after, append, effects, order.blobs(), order.newcomers())),
          new Memo.Accepted(intent, append.number(), List.of()));
      return new Answer.Accepted(after, append);
    }

    private Answer unchanged(Order order, Ruling.Unchanged ruling, Moment moment) {
      IntentId intent = order.command().intent();
      int generation = ruling instanceof Ruling.StaleGeneration s ? s.current() : 0;
      keep(order, Optional.empty(), new Memo.StaleGeneration(intent, generation, moment.at()));
      return new Answer.Unchanged(ruling);
    }

    private void keep(Order order, Optional<Change.Appended> appended, Memo memo) {
      order
          .request()
          .ifPresent(k -> remembered.put(Key.of(order, k), new Found.Remembered(k, memo)));
      Optional<Change.Kept> kept = order.request().map(k -> new Change.Kept(k, memo));
      changes.add(new Change(order.workspace(), appended, kept, order.fired()));
    }
  }
}
