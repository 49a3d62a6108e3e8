package dev.axme.store;

import dev.axme.core.Effect;
import dev.axme.core.HumanTask;
import dev.axme.core.Intent;
import dev.axme.core.IntentEvent;
import dev.axme.core.IntentId;
import dev.axme.core.Mailbox;
import dev.axme.core.Root;
import dev.axme.core.RootId;
import dev.axme.core.Status;
import dev.axme.core.TaskId;
import dev.axme.core.Timer;
import dev.axme.core.WorkspaceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;

/**
 * The rows that the changes of one workspace come to. Several changes to one intent in a batch
 * leave one row of each view; log rows stay as many as there were appends.
 */
public final class Rows {
  /** A root's new version; {@code before} is 0 for a new root. */
  public record RootRow(RootId root, int before, int version, boolean open) {}

  /** One append; {@code place} counts from 1 in the positions that this batch takes here. */
  public record LogRow(
      RootId root, int number, int place, Instant at, String author, String events) {}

  /** A payload, kept once a root. */
  public record PayloadRow(RootId root, Blob blob) {}

  /** An intent in its root, for the list view. */
  public record IntentView(RootId root, Intent intent, boolean fresh) {}

  /** A task of an intent, for the list view. */
  public record TaskView(Intent intent, HumanTask task) {
    /** Whether it waits for an answer. */
    public boolean open() {
      return task.closed().isEmpty();
    }

    /** How the question stands; its intent may have gone on. */
    public Status status() {
      return task.closed().map(HumanTask.Closed::status).orElse(Status.WAITING);
    }

    /** When it expires: by itself or with its intent. */
    public Optional<Instant> due() {
      return intent.due(task);
    }

    /** When it changed last. */
    public Instant updatedAt() {
      return task.closed().map(HumanTask.Closed::at).orElse(intent.updatedAt());
    }
  }

  /**
   * Something in a mailbox of this workspace. It takes the position of the append that put it
   * there, or one of its own when that append is another workspace's.
   *
   * @param home the workspace of its root
   */
  public record DeliveryRow(
      String address,
      int place,
      IntentId intent,
      WorkspaceId home,
      RootId root,
      Effect.Mail mail,
      boolean open) {
    DeliveryRow closed() {
      return new DeliveryRow(address, place, intent, home, root, mail, false);
    }
  }

  /** What leaves the server; {@code place} as of the log row or delivery before it, 0 if none. */
  public record OutboxRow(Parcel parcel, int place) {}

  /** Where a timer stands after the batch; empty: it goes. */
  public record TimerRow(RootId root, Timer timer, Optional<Instant> due) {}

  /** The one order in which heads are taken. */
  static final Comparator<WorkspaceId> HEADS = (a, b) -> compare(a.value(), b.value());

  private final WorkspaceId workspace;
  private final SequencedMap<RootId, RootRow> roots = new LinkedHashMap<>();
  private final List<LogRow> log = new ArrayList<>();
  private final SequencedMap<String, PayloadRow> payloads = new LinkedHashMap<>();
  private final Set<IntentId> created = new HashSet<>();
  private final SequencedMap<IntentId, IntentView> intents = new LinkedHashMap<>();
  private final SequencedMap<TaskId, TaskView> tasks = new LinkedHashMap<>();
  private final List<DeliveryRow> deliveries = new ArrayList<>();
  private final List<IntentId> closedDeliveries = new ArrayList<>();
  private final SequencedMap<Timer, TimerRow> timers = new LinkedHashMap<>();
  private final SequencedMap<UUID, OutboxRow> outbox = new LinkedHashMap<>();
  private final List<DueTimer> fired = new ArrayList<>();
  private final List<Change.Kept> kept = new ArrayList<>();
  private int positions;

  private Rows(WorkspaceId workspace) {
    this.workspace = workspace;
  }

  /** The rows of {@code changes} by workspace, in the order in which heads are taken. */
  public static SequencedMap<WorkspaceId, Rows> of(List<Change> changes) {
    SequencedMap<WorkspaceId, Rows> unsorted = new LinkedHashMap<>();
    for (Change change : changes) {
      unsorted.computeIfAbsent(change.workspace(), Rows::new).add(change, unsorted);
    }
    SequencedMap<WorkspaceId, Rows> sorted = new LinkedHashMap<>();
    unsorted.entrySet().stream()
        .sorted(Map.Entry.comparingByKey(HEADS))
        .forEach(e -> sorted.put(e.getKey(), e.getValue()));
    return sorted;
  }

  private static int compare(UUID a, UUID b) {
    int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
    return high != 0
        ? high
        : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
  }

  private void add(Change change, Map<WorkspaceId, Rows> all) {
    change.fired().ifPresent(fired::add);
    change.appended().ifPresent(a -> add(a, all));
    change.kept().ifPresent(kept::add);
  }

  private void add(Change.Appended a, Map<WorkspaceId, Rows> all) {
    RootId root = a.after().id();
    int before = roots.containsKey(root) ? roots.get(root).before() : a.append().number() - 1;
    roots.put(root, new RootRow(root, before, a.append().number(), !a.after().ended()));
    log.add(
        new LogRow(
            root,
            a.append().number(),
            ++positions,
            a.append().at(),
            LogCodec.author(a.append().by()),
            LogCodec.events(a.append().events())));
    a.blobs().forEach(b -> payloads.putIfAbsent(root + "/" + b.digest(), new PayloadRow(root, b)));
    a.append().events().stream()
        .filter(IntentEvent.Created.class::isInstance)
        .forEach(e -> created.add(e.intent()));
    a.effects().forEach(e -> add(e, a.after(), all));
    a.parcels().forEach(p -> all.computeIfAbsent(p.workspace(), Rows::new).send(p));
  }

  private void add(Effect effect, Root after, Map<WorkspaceId, Rows> all) {
    switch (effect) {
      case Effect.ShowIntent e ->
          intents.put(
              e.intent(),
              new IntentView(
                  after.id(),
                  after.intent(e.intent()).orElseThrow(),
                  created.contains(e.intent())));
      case Effect.ShowTask e -> {
        Intent intent = after.intent(e.intent()).orElseThrow();
        tasks.put(e.task(), new TaskView(intent, intent.task(e.task()).orElseThrow()));
      }
      case Effect.Deliver e -> there(e.to(), all).deliver(e, this, after.id());
      case Effect.CloseDelivery e -> there(e.from(), all).close(e.intent());
      // Whom it reaches is no view of the log: the parcels beside it say.
      case Effect.Tell _ -> {}
      case Effect.SetTimer e ->
          timers.put(e.timer(), new TimerRow(after.id(), e.timer(), Optional.of(e.due())));
      case Effect.ClearTimer e ->
          timers.put(e.timer(), new TimerRow(after.id(), e.timer(), Optional.empty()));
    }
  }

  private Rows there(Mailbox mailbox, Map<WorkspaceId, Rows> all) {
    return mailbox.abroad().map(w -> all.computeIfAbsent(w, Rows::new)).orElse(this);
  }

  private void deliver(Effect.Deliver e, Rows home, RootId root) {
    int place = home == this ? log.getLast().place() : ++positions;
    String address = e.to().address().value();
    boolean open = e.mail() == Effect.Mail.WORK;
    deliveries.add(
        new DeliveryRow(address, place, e.intent(), home.workspace, root, e.mail(), open));
  }

  private void send(Parcel parcel) {
    outbox.putIfAbsent(parcel.id(), new OutboxRow(parcel, positions));
  }

  private void close(IntentId intent) {
    deliveries.replaceAll(d -> d.intent().equals(intent) ? d.closed() : d);
    closedDeliveries.add(intent);
  }

  /** How many positions these rows take from the head of the workspace. */
  public int positions() {
    return positions;
  }

  public Collection<RootRow> roots() {
    return roots.values();
  }

  public List<LogRow> log() {
    return log;
  }

  public Collection<PayloadRow> payloads() {
    return payloads.values();
  }

  public Collection<IntentView> intents() {
    return intents.values();
  }

  public Collection<TaskView> tasks() {
    return tasks.values();
  }

  public List<DeliveryRow> deliveries() {
    return deliveries;
  }

  /** Intents whose earlier deliveries are over; applied before {@link #deliveries()} are added. */
  public List<IntentId> closedDeliveries() {
    return closedDeliveries;
  }

  public Collection<TimerRow> timers() {
    return timers.values();
  }

  /** What leaves the server; an id that is there already is left as it is. */
  public Collection<OutboxRow> outbox() {
    return outbox.values();
  }

  /** Timers that fired; their rows go unless the time in them is another one. */
  public List<DueTimer> fired() {
    return fired;
  }

  public List<Change.Kept> kept() {
    return kept;
  }
}
