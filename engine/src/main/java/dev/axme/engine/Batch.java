package dev.axme.engine;

import dev.axme.core.Append;
import dev.axme.core.Effect;
import dev.axme.core.Effects;
import dev.axme.core.IntentEvent;
import dev.axme.core.IntentMachine;
import dev.axme.core.Moment;
import dev.axme.core.Root;
import dev.axme.core.Ruling;
import dev.axme.core.WorkspaceId;
import dev.axme.store.Change;
import dev.axme.store.DueTimer;
import dev.axme.store.Found;
import dev.axme.store.Memo;
import dev.axme.store.Parcel;
import dev.axme.store.RequestKey;
import dev.axme.store.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * Rules on the commands of one transaction, one by one: a later command sees what an earlier one
 * did to its root or key. What {@link #answers} holds may be told only after the commit.
 */
final class Batch {
  private final List<Pending> commands;
  private final Outlets outlets;
  private final Map<Pending.Home, Root> roots = new HashMap<>();
  private final Map<List<String>, Change.Kept> kept = new HashMap<>();
  private final Claims claims = new Claims();
  private final List<Change> changes = new ArrayList<>();
  private final SequencedMap<Pending, Answer> answers = new LinkedHashMap<>();
  private final List<Pending> busy = new ArrayList<>();
  private final List<Pending.Home> decided = new ArrayList<>();
  private final Set<WorkspaceId> changed = new LinkedHashSet<>();
  private boolean sends;

  Batch(List<Pending> commands, Outlets outlets) {
    this.commands = commands;
    this.outlets = outlets;
  }

  /** What became of each command; those of {@link #busy} are left out. */
  SequencedMap<Pending, Answer> answers() {
    return answers;
  }

  /** The workspaces whose heads have moved: where it was accepted, and where it was delivered. */
  Set<WorkspaceId> changed() {
    return changed;
  }

  /** Whether something leaves the server. */
  boolean sends() {
    return sends;
  }

  /** The roots in which people decided. */
  List<Pending.Home> decided() {
    return decided;
  }

  /** Commands whose root another node holds. */
  List<Pending> busy() {
    return busy;
  }

  List<Change> rule(Snapshot snapshot) {
    for (int i = 0; i < commands.size(); i++) {
      Pending pending = commands.get(i);
      Found found = snapshot.found().get(i);
      Optional<Answer> answer = answer(pending, found, snapshot.now());
      answer.ifPresentOrElse(a -> answers.put(pending, a), () -> busy.add(pending));
    }
    return changes;
  }

  private Optional<Answer> answer(Pending pending, Found found, Instant now) {
    if (!found.authorized()) {
      return Optional.of(new Answer.Unauthorized());
    }
    Optional<Answer> before = recall(pending, found);
    if (before.isPresent()) {
      return before;
    }
    Optional<Root> root = root(pending, found);
    if (root.isEmpty()) {
      return Optional.empty();
    }
    if (found.taken() || claims.anyOf(pending.submission().newcomers())) {
      return Optional.of(new Answer.Taken());
    }
    try {
      return Optional.of(rule(pending, root.get(), now));
    } catch (RuntimeException e) {
      return Optional.of(new Answer.Broken(e));
    }
  }

  private Optional<Answer> recall(Pending pending, Found found) {
    if (pending.submission().request().isEmpty()) {
      return Optional.empty();
    }
    RequestKey key = pending.submission().request().get();
    Optional<Change.Kept> before =
        found
            .remembered()
            .map(r -> new Change.Kept(r.request(), r.memo()))
            .or(() -> Optional.ofNullable(kept.get(name(pending, key))));
    return before.map(
        b ->
            b.request().hash().equals(key.hash())
                ? new Answer.Remembered(b.memo())
                : new Answer.KeyReused());
  }

  private static List<String> name(Pending pending, RequestKey key) {
    return List.of(
        pending.submission().workspace().toString(), key.identity(), key.route(), key.key());
  }

  private Optional<Root> root(Pending pending, Found found) {
    Root known = roots.get(pending.home());
    if (known != null) {
      return Optional.of(known);
    }
    return switch (found.state()) {
      case Found.State.Present present -> Optional.of(present.root());
      case Found.State.Missing _ -> Optional.of(Root.empty(pending.submission().root()));
      case Found.State.Busy _ -> Optional.empty();
    };
  }

  private Answer rule(Pending pending, Root root, Instant now) {
    Submission s = pending.submission();
    Moment moment =
        new Moment(
            now.isBefore(root.at()) ? root.at() : now, pending.seed(), outlets.reachPeople());
    Ruling ruling = IntentMachine.rule(root, s.actor(), s.command(), moment);
    return switch (ruling) {
      case Ruling.Accepted accepted -> accept(pending, root, accepted, moment);
      case Ruling.Unchanged unchanged -> {
        Optional<Memo> memo =
            unchanged instanceof Ruling.StaleGeneration g
                ? Optional.of(
                    new Memo.StaleGeneration(s.command().intent(), g.current(), moment.at()))
                : Optional.empty();
        // A timer that the store's clock, set back meanwhile, calls early is not over.
        Optional<DueTimer> over = s.timer().filter(t -> !moment.at().isBefore(t.due()));
        changes.add(new Change(s.workspace(), Optional.empty(), keep(pending, memo), over));
        yield new Answer.Unchanged(unchanged);
      }
      case Ruling.Refused refused -> new Answer.Refused(refused.refusal());
    };
  }

  private Answer accept(Pending pending, Root root, Ruling.Accepted accepted, Moment moment) {
    Submission s = pending.submission();
    Append append =
        new Append(root.version() + 1, moment.at(), s.actor().author(), accepted.events());
    Root after = root.after(append);
    List<Effect> effects = new ArrayList<>();
    for (var event : accepted.events()) {
      effects.addAll(Effects.of(event, after.intent(event.intent()).orElseThrow(), moment.at()));
      if (event instanceof IntentEvent.TaskDecided) {
        decided.add(pending.home());
      }
    }
    List<Parcel> parcels = outlets.of(s.workspace(), after, append, effects);
    sends |= !parcels.isEmpty();
    changed.add(s.workspace());
    for (Effect effect : effects) {
      if (effect instanceof Effect.Deliver deliver) {
        deliver.to().abroad().ifPresent(changed::add);
      }
    }
    Memo memo = new Memo.Accepted(s.command().intent(), append.number(), s.warnings());
    roots.put(pending.home(), after);
    claims.add(s.newcomers());
    changes.add(
        new Change(
            s.workspace(),
            Optional.of(
                new Change.Appended(after, append, effects, s.blobs(), s.newcomers(), parcels)),
            keep(pending, Optional.of(memo)),
            s.timer()));
    return new Answer.Accepted(after, append, s.warnings());
  }

  private Optional<Change.Kept> keep(Pending pending, Optional<Memo> memo) {
    Optional<RequestKey> key = pending.submission().request();
    if (key.isEmpty() || memo.isEmpty()) {
      return Optional.empty();
    }
    Change.Kept k = new Change.Kept(key.get(), memo.get());
    kept.put(name(pending, key.get()), k);
    return Optional.of(k);
  }
}
