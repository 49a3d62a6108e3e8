package dev.axme.store;

import dev.axme.core.Address;
import dev.axme.core.Append;
import dev.axme.core.Digest;
import dev.axme.core.IntentId;
import dev.axme.core.Root;
import dev.axme.core.RootId;
import dev.axme.core.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The log, the views, the timers and the directory. Reads may come from any thread and block it;
 * {@link #write} is the committer's alone. Everything throws {@link StoreException} when the
 * database cannot answer.
 */
public interface Store extends AutoCloseable {
  /**
   * One transaction: locks and loads what {@code wants} name, lets {@code rule} say what changes
   * and writes that, all of it or nothing. Positions are given out in the order of the changes.
   *
   * @throws StoreException when nothing was written, or when nobody knows ({@link
   *     StoreException#outcomeUnknown()})
   */
  void write(List<Want> wants, Function<Snapshot, List<Change>> rule);

  /** The appends of a root, oldest first; empty when this workspace has no such root. */
  List<Append> log(WorkspaceId workspace, RootId root);

  /** What the log of a place comes to. */
  default Root root(Place place) {
    return Root.fold(place.root(), log(place.home(), place.root()));
  }

  /** The bytes that were stored under this digest with this root. */
  Optional<byte[]> payload(WorkspaceId workspace, RootId root, Digest digest);

  /** Payloads of one root by digest; missing ones are left out. */
  Map<Digest, byte[]> payloads(WorkspaceId workspace, RootId root, Collection<Digest> digests);

  /** Where an intent is that was sent from this workspace, or as work into one of its mailboxes. */
  Optional<Place> find(WorkspaceId workspace, IntentId intent);

  /**
   * What came into a mailbox for its agent to do, by position, beginning after {@code after}.
   *
   * @param ended whether what ended or was handed on since is wanted too
   */
  List<Mail> work(WorkspaceId workspace, Address address, long after, boolean ended, int limit);

  /** Everything that came into a mailbox before {@code before}, the newest first. */
  List<Mail> newestMail(WorkspaceId workspace, Address address, long before, int limit);

  /** Everything that came into a mailbox after {@code after}, the oldest first. */
  List<Mail> mailAfter(WorkspaceId workspace, Address address, long after, int limit);

  /**
   * Every place in this workspace's mailboxes that an intent has or had, the oldest first; without
   * threads, which follow from the intent.
   */
  List<Mail> mailOf(WorkspaceId workspace, IntentId intent);

  /** The mailboxes into which work came after {@code from} and up to {@code to}. */
  List<Address> changedMailboxes(WorkspaceId workspace, long from, long to);

  /** The list view of intents, newest first. */
  Page<IntentRow> intents(WorkspaceId workspace, IntentQuery query);

  /** The list view of human tasks, newest first. */
  Page<TaskRow> tasks(WorkspaceId workspace, TaskQuery query);

  /** The newest position of each of these workspaces; 0 where nothing was ever written. */
  Map<WorkspaceId, Long> heads(Collection<WorkspaceId> workspaces);

  /** The roots that were appended to after {@code from} and up to {@code to}, by position. */
  List<RootId> changedRoots(WorkspaceId workspace, long from, long to);

  /** Timers that are due, the earliest first; found without locks. */
  List<DueTimer> dueTimers(Instant now, int limit);

  /**
   * Keeps a timer that cannot be ruled on from being found before {@code until}, unless it moved.
   */
  void deferTimer(DueTimer timer, Instant until);

  /** Forgets idempotency rows past their time whose intent ended at least {@code after} ago. */
  int forgetRequests(Instant now, Duration after, int limit);

  /** How much waits, in all workspaces. */
  Waiting waiting(Instant now);

  /** The store's own time, in microseconds. */
  Instant now();

  /** What leaves the server. */
  Outbox outbox();

  /** Who is who. */
  Directory directory();

  /** Who wants to be told of events. */
  Webhooks webhooks();

  /** What was done to inbox threads. */
  Threads threads();

  /** {@code sqlite} or {@code postgres}. */
  String kind();

  /** Rings {@code bell} with a workspace when another node says that it wrote there. */
  void listen(Consumer<WorkspaceId> bell);

  @Override
  void close();
}
