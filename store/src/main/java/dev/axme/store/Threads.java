package dev.axme.store;

import dev.axme.core.Address;
import dev.axme.core.WorkspaceId;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * What people and agents did to inbox threads, and their decisions about what is no intent. What
 * came to an inbox is not here: that follows from intents and their deliveries. Blocks.
 */
public interface Threads {
  /** What somebody did to a thread. */
  enum Kind {
    REPLY,
    DELEGATED,
    APPROVED,
    REJECTED,
    READ,
    MESSAGES_DELETED
  }

  /** What the last act made of a thread. */
  enum Mark {
    ACTIVE,
    DONE
  }

  /**
   * A thread as a whole.
   *
   * @param founder who did something to it first
   * @param mark how it stands since {@code markedAt}, unless its intent has gone on since
   * @param entries how many it has
   * @param hidden messages that nobody sees any more
   */
  record Whole(
      UUID id,
      Address founder,
      Optional<Mark> mark,
      Instant markedAt,
      int entries,
      Set<UUID> hidden,
      Instant createdAt,
      Instant updatedAt) {}

  /**
   * One act.
   *
   * @param position that of the thread's home at which it happened
   * @param actor on whose behalf
   * @param author who did it
   * @param about whom it was delegated to, or which messages were deleted
   * @param text what was said; empty also when it was deleted for everybody
   */
  record Entry(
      long position,
      UUID id,
      Kind kind,
      Address actor,
      Address author,
      Instant at,
      Optional<String> about,
      Optional<String> text) {}

  /**
   * A thread in one inbox.
   *
   * @param home where the thread as a whole lies
   * @param position that of the owner's workspace at which it changed last
   * @param readTo the position up to which its owner has read
   * @param whole whether it shows what its intent asks, not only how that ended
   * @param hidden messages that the owner does not want to see
   */
  record Copy(
      WorkspaceId workspace,
      Address owner,
      UUID thread,
      WorkspaceId home,
      long position,
      long readTo,
      boolean whole,
      Set<UUID> hidden) {}

  /** A decision about what is no intent. */
  record Approval(
      UUID id, boolean approved, Optional<String> comment, Address decidedBy, Instant decidedAt) {}

  /**
   * Who asks for a write, and what it may touch.
   *
   * @param asking the caller's workspace, where its idempotency key is kept
   * @param inboxes the workspaces of every inbox that may change
   */
  record Scope(
      WorkspaceId asking,
      WorkspaceId home,
      UUID thread,
      SequencedSet<WorkspaceId> inboxes,
      Optional<Credential> credential,
      Optional<RequestKey> request) {
    public Scope {
      inboxes = new LinkedHashSet<>(inboxes);
      inboxes.add(asking);
      inboxes.add(home);
    }
  }

  /**
   * A thread while nobody else can change it.
   *
   * @param positions what a change takes, by workspace
   * @param copies all copies in the scope's workspaces
   * @param messages the newest replies that are still there, the oldest first
   */
  record State(
      Instant now,
      Map<WorkspaceId, Long> positions,
      Optional<Whole> whole,
      List<Copy> copies,
      List<UUID> messages) {}

  /**
   * What changes; copies replace those of the same owner, {@code wiped} replies lose their text.
   *
   * @param parcels what leaves the server because of it
   */
  record Deed(
      Whole whole,
      Optional<Entry> entry,
      List<Copy> copies,
      Set<UUID> wiped,
      List<Parcel> parcels) {
    /** One that sends nothing. */
    public Deed(Whole whole, Optional<Entry> entry, List<Copy> copies, Set<UUID> wiped) {
      this(whole, entry, copies, wiped, List.of());
    }

    /** The same, that sends these. */
    public Deed sending(List<Parcel> sent) {
      return new Deed(whole, entry, copies, wiped, sent);
    }
  }

  /** What became of a write. */
  sealed interface Written {
    /** It happened, or nothing had to. */
    record Done() implements Written {}

    /**
     * The key was used before.
     *
     * @param entry the position of the entry that it led to; 0 when it led to none
     * @param same whether for the same request
     */
    record Remembered(long entry, boolean same) implements Written {}

    /** The credential no longer holds. */
    record Unauthorized() implements Written {}
  }

  /** The copies in an inbox that changed last before {@code before}, the newest first. */
  List<Copy> newest(WorkspaceId workspace, Address owner, long before, int limit);

  /** The copies in an inbox that changed after {@code after} and up to {@code to}, in order. */
  List<Copy> changed(WorkspaceId workspace, Address owner, long after, long to, int limit);

  /** Every copy of a thread in a workspace, by owner. */
  List<Copy> copies(WorkspaceId workspace, UUID thread);

  /** The copies of these threads in one inbox, by thread. */
  Map<UUID, Copy> copies(WorkspaceId workspace, Address owner, Collection<UUID> threads);

  /** The thread as a whole, if anybody ever did something to it. */
  Optional<Whole> whole(WorkspaceId home, UUID thread);

  /** The newest entries of a thread, the oldest of them first. */
  List<Entry> entries(WorkspaceId home, UUID thread, int limit);

  /** The entry at this position. */
  Optional<Entry> entry(WorkspaceId home, UUID thread, long position);

  /** What a key led to before, here or at the committer. */
  Optional<Written.Remembered> recalled(WorkspaceId workspace, RequestKey request);

  /**
   * One transaction: {@code rule} sees the thread while nobody else can change it and says what
   * changes. It takes one position of each workspace in the scope. What it throws ends the
   * transaction.
   */
  Written write(Scope scope, Function<State, Optional<Deed>> rule);

  /** The decision with this id. */
  Optional<Approval> approval(WorkspaceId workspace, UUID id);

  /** Keeps a decision under its id, unless there is one. */
  Written decide(Scope scope, Approval approval);
}
