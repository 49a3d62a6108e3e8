package dev.axme.server.inbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.core.Address;
import dev.axme.core.WorkspaceId;
import dev.axme.server.http.Call;
import dev.axme.server.http.Problem;
import dev.axme.server.inbox.InboxThread.Inbox;
import dev.axme.server.intents.IntentRoutes;
import dev.axme.server.intents.OwnerScope;
import dev.axme.server.intents.RequestKeys;
import dev.axme.store.Blob;
import dev.axme.store.RequestKey;
import dev.axme.store.Store;
import dev.axme.store.Threads.Copy;
import dev.axme.store.Threads.Deed;
import dev.axme.store.Threads.Entry;
import dev.axme.store.Threads.Kind;
import dev.axme.store.Threads.Mark;
import dev.axme.store.Threads.Scope;
import dev.axme.store.Threads.State;
import dev.axme.store.Threads.Whole;
import dev.axme.store.Threads.Written;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * How somebody does something to a thread: one act is one entry, one position and one transaction,
 * and every inbox that has the thread is told.
 */
final class Acts {
  private static final int MOST_ENTRIES = 10_000;
  private static final int MOST_COPIES = 100;

  private final Store store;
  private final OwnerScope scope;
  private final InboxReader reader;
  private final ThreadOutlet outlet;

  Acts(Store store, ThreadOutlet outlet) {
    this.store = store;
    this.outlet = outlet;
    this.scope = new OwnerScope(store.directory());
    this.reader = new InboxReader(store);
  }

  /** A call that acts on a thread for its owner. */
  record Actor(
      Call call, Address owner, UUID thread, ObjectNode body, Optional<RequestKey> request) {
    WorkspaceId workspace() {
      return call.caller().workspaceId();
    }

    /** The same, whose key was used up elsewhere. */
    Actor withoutKey() {
      return new Actor(call, owner, thread, body, Optional.empty());
    }
  }

  /**
   * What somebody does.
   *
   * @param mark what it makes of the thread
   * @param also an inbox that gets the thread by it
   */
  record Act(
      Kind kind,
      Optional<Mark> mark,
      Optional<String> about,
      Optional<String> text,
      Optional<Inbox> also) {
    Act(Kind kind, Optional<Mark> mark, Optional<String> text) {
      this(kind, mark, Optional.empty(), text, Optional.empty());
    }
  }

  /** Reads whose call it is; 404 when the path has no id. */
  Actor actor(Call call, String pathName) {
    Address owner = scope.ownerNow(call);
    UUID thread = thread(call, pathName);
    ObjectNode body = call.json();
    // The same key for another owner is another request.
    Optional<RequestKey> request =
        RequestKeys.of(call, body)
            .map(
                k ->
                    new RequestKey(
                        k.identity(),
                        k.route(),
                        k.key(),
                        Blob.sha256(k.hash().hex() + ' ' + owner)));
    return new Actor(call, owner, thread, body, request);
  }

  static UUID thread(Call call, String pathName) {
    return IntentRoutes.id(call, pathName, "such thread").value();
  }

  /** What the request's key led to before; 409 when that was another request. */
  Optional<Written.Remembered> recalled(Actor actor) {
    Optional<Written.Remembered> before =
        actor.request().flatMap(k -> store.threads().recalled(actor.workspace(), k));
    before.ifPresent(Acts::same);
    return before;
  }

  static Written.Remembered same(Written.Remembered before) {
    if (!before.same()) {
      throw new Problem(
          409, "idempotency_conflict", "idempotency key reused with different payload");
    }
    return before;
  }

  /** The thread as its owner sees it now. */
  InboxThread now(Actor actor) {
    return reader.here(actor.workspace(), actor.owner(), actor.thread());
  }

  /** The thread, which need not be there. */
  InboxThread perhaps(Actor actor) {
    InboxThread thread =
        reader.find(actor.workspace(), actor.owner(), actor.thread(), InboxReader.FULLY);
    if (thread.seen() && !thread.here() && !thread.sent()) {
      throw InboxReader.elsewhere(actor.owner());
    }
    return thread;
  }

  /** Does it, unless the request's key has done it before; then says at which position. */
  Optional<Written.Remembered> act(Actor actor, InboxThread thread, Act act) {
    return write(
        actor, thread, reached(thread, act), state -> Optional.of(deed(actor, thread, act, state)));
  }

  /** Does what {@code rule} says. */
  Optional<Written.Remembered> write(
      Actor actor,
      InboxThread thread,
      SequencedMap<Inbox, Boolean> inboxes,
      Function<State, Optional<Deed>> rule) {
    SequencedSet<WorkspaceId> workspaces = new LinkedHashSet<>();
    inboxes.keySet().forEach(i -> workspaces.add(i.workspace()));
    Scope touched =
        new Scope(
            actor.workspace(),
            thread.home(),
            thread.id(),
            workspaces,
            actor.call().caller().credential(),
            actor.request());
    Function<State, Optional<Deed>> told =
        state -> rule.apply(state).map(deed -> outlet.sending(thread.home(), !thread.seen(), deed));
    return switch (store.threads().write(touched, told)) {
      case Written.Done _ -> Optional.empty();
      case Written.Remembered before -> Optional.of(same(before));
      case Written.Unauthorized _ -> throw revoked();
    };
  }

  static Problem revoked() {
    return new Problem(401, "invalid_platform_api_key", "This key was revoked. Ask for a new one.");
  }

  /** Whom the act reaches: a sender gets the thread back when somebody replies to it. */
  static SequencedMap<Inbox, Boolean> reached(InboxThread thread, Act act) {
    SequencedMap<Inbox, Boolean> inboxes = thread.reached();
    if (act.kind() != Kind.REPLY) {
      thread
          .about()
          .map(a -> new Inbox(a.home(), a.intent().request().from()))
          .filter(sender -> !sender.equals(new Inbox(thread.workspace(), thread.owner())))
          .filter(
              sender ->
                  !thread.intent().orElseThrow().request().to().address().equals(sender.owner()))
          .ifPresent(inboxes::remove);
    }
    boolean whole = thread.about().isEmpty() || thread.received() || thread.sent();
    inboxes.merge(new Inbox(thread.workspace(), thread.owner()), whole, Boolean::logicalOr);
    act.also().ifPresent(inbox -> inboxes.merge(inbox, whole, Boolean::logicalOr));
    return inboxes;
  }

  private static Deed deed(Actor actor, InboxThread thread, Act act, State state) {
    refuseStranger(actor, thread, state);
    Whole whole = after(refuseFull(before(actor, state)), act, true, state);
    Entry entry = entry(actor, thread, act, state);
    return new Deed(
        whole, Optional.of(entry), copies(actor, thread, reached(thread, act), state), Set.of());
  }

  static boolean full(Whole whole) {
    return whole.entries() >= MOST_ENTRIES;
  }

  static Whole refuseFull(Whole whole) {
    if (full(whole)) {
      throw new Problem(
          409, "conflict", "This thread is full: it has " + MOST_ENTRIES + " entries.");
    }
    return whole;
  }

  /** The thread after the act; that somebody read it is no change of it. */
  static Whole after(Whole before, Act act, boolean entry, State state) {
    return new Whole(
        before.id(),
        before.founder(),
        act.mark().or(before::mark),
        act.mark().isPresent() ? state.now() : before.markedAt(),
        before.entries() + (entry ? 1 : 0),
        before.hidden(),
        before.createdAt(),
        act.kind() == Kind.READ ? before.updatedAt() : state.now());
  }

  static Whole hiding(Whole whole, Set<UUID> hidden) {
    return new Whole(
        whole.id(),
        whole.founder(),
        whole.mark(),
        whole.markedAt(),
        whole.entries(),
        hidden,
        whole.createdAt(),
        whole.updatedAt());
  }

  /** Somebody of this workspace may have begun the thread since we looked. */
  static void refuseStranger(Actor actor, InboxThread thread, State state) {
    List<Copy> here =
        state.copies().stream().filter(c -> c.workspace().equals(actor.workspace())).toList();
    boolean has = here.stream().anyMatch(c -> c.owner().equals(actor.owner()));
    if (!thread.seen() && !here.isEmpty() && !has) {
      throw InboxReader.elsewhere(actor.owner());
    }
  }

  static Whole before(Actor actor, State state) {
    return state
        .whole()
        .orElseGet(
            () ->
                new Whole(
                    actor.thread(),
                    actor.owner(),
                    Optional.empty(),
                    Instant.EPOCH,
                    0,
                    Set.of(),
                    state.now(),
                    state.now()));
  }

  static Entry entry(Actor actor, InboxThread thread, Act act, State state) {
    return new Entry(
        state.positions().getOrDefault(thread.home(), 0L),
        UUID.randomUUID(),
        act.kind(),
        actor.owner(),
        actor.call().caller().address(),
        state.now(),
        act.about(),
        act.text());
  }

  /**
   * The copies of these inboxes and of all that have one, as changed now; the actor has read it.
   */
  static List<Copy> copies(
      Actor actor, InboxThread thread, SequencedMap<Inbox, Boolean> inboxes, State state) {
    Inbox own = new Inbox(actor.workspace(), actor.owner());
    SequencedMap<Inbox, Copy> copies = new LinkedHashMap<>();
    for (Copy copy : state.copies()) {
      Inbox inbox = new Inbox(copy.workspace(), copy.owner());
      if (copy.home().equals(thread.home())) {
        copies.put(inbox, copy);
      } else if (inboxes.containsKey(inbox) && !inbox.equals(own)) {
        throw new Problem(
            409, "conflict", "The inbox of " + inbox.owner() + " has another thread with this id.");
      }
    }
    inboxes.forEach(
        (inbox, whole) -> copies.merge(inbox, fresh(thread, inbox, whole), (old, _) -> old));
    if (copies.size() > MOST_COPIES) {
      throw new Problem(409, "conflict", "This thread is in " + MOST_COPIES + " inboxes already.");
    }
    List<Copy> changed = new ArrayList<>();
    copies.forEach((inbox, copy) -> changed.add(moved(copy, state, inbox.equals(own))));
    return changed;
  }

  /** A copy for the one inbox of {@code inboxes}. */
  static Copy fresh(InboxThread thread, SequencedMap<Inbox, Boolean> inboxes) {
    return fresh(thread, inboxes.firstEntry().getKey(), inboxes.firstEntry().getValue());
  }

  private static Copy fresh(InboxThread thread, Inbox inbox, boolean whole) {
    return new Copy(
        inbox.workspace(), inbox.owner(), thread.id(), thread.home(), 0, 0, whole, Set.of());
  }

  /** The copy at the new position. */
  static Copy moved(Copy copy, State state, boolean read) {
    long position = state.positions().getOrDefault(copy.workspace(), copy.position());
    return new Copy(
        copy.workspace(),
        copy.owner(),
        copy.thread(),
        copy.home(),
        position,
        read ? position : copy.readTo(),
        copy.whole(),
        copy.hidden());
  }
}
