package dev.axme.store;

import dev.axme.core.WorkspaceId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What leaves the server. A row is found without locks, leased by an update that names its old
 * lease, and settled. A lease that its node did not live to settle runs out, and the row is found
 * again. Everything throws {@link StoreException} when the database cannot answer.
 */
public interface Outbox {
  /** A queue: what stands in one waits for nobody in another. */
  record Lane(WorkspaceId workspace, String channel, String destination) {
    /** The queue that {@code parcel} stands in. */
    public static Lane of(Parcel parcel) {
      return new Lane(parcel.workspace(), parcel.channel(), parcel.destination());
    }
  }

  /** How long a row is its finder's. */
  record Lease(Parcel parcel, Instant until) {}

  /** What came of an attempt: the row's new state, and when it is due if that is PENDING. */
  record Settled(Lease lease, Tried tried, Parcel.State state, Instant due) {}

  /**
   * What to list, the newest first.
   *
   * @param before the id after which the page begins
   */
  record Query(
      Optional<String> channel,
      Optional<Parcel.State> state,
      Optional<UUID> subject,
      Optional<String> destination,
      Optional<UUID> before,
      int limit) {}

  /** How much there is of a kind; {@code oldest} is when the oldest was made. */
  record Depth(String channel, Parcel.State state, long count, Instant oldest) {}

  /** Adds these; what is there already stays as it is. */
  void add(Collection<Parcel> parcels);

  /**
   * What is due of a channel and leased by nobody, the longest due first, without what stands in
   * {@code busy}.
   */
  List<Parcel> due(Instant now, String channel, Collection<Lane> busy, int limit);

  /** What is due of one queue. */
  List<Parcel> due(Instant now, Lane lane, int limit);

  /**
   * Takes these until then; answers which were to be had.
   *
   * @param alone whether a queue gives nothing while something else of it is leased
   */
  List<Lease> lease(List<Parcel> found, Instant now, Instant until, boolean alone);

  /** Keeps what came of attempts; a lease that has run out meanwhile changes no state. */
  void settle(List<Settled> settled);

  /** A page of a workspace's rows. */
  List<Parcel> list(WorkspaceId workspace, Query query);

  Optional<Parcel> parcel(WorkspaceId workspace, UUID id);

  /** What was tried, the first attempt first. */
  List<Tried> attempts(WorkspaceId workspace, UUID id);

  /** Makes it due now, with all its tries ahead of it; false when it is on its way. */
  boolean replay(WorkspaceId workspace, UUID id, Instant now);

  /** How much there is, by channel and state. */
  List<Depth> depths();

  /** Forgets what is over and was made before then; answers how many rows went. */
  int forget(Instant before, int limit);
}
