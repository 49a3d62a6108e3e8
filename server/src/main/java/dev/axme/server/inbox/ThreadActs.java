package dev.axme.server.inbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.core.Address;
import dev.axme.core.Mailbox;
import dev.axme.server.http.Call;
import dev.axme.server.http.Json;
import dev.axme.server.http.Problem;
import dev.axme.server.http.Reply;
import dev.axme.server.identity.Addresses;
import dev.axme.server.identity.Callers;
import dev.axme.server.inbox.Acts.Act;
import dev.axme.server.inbox.Acts.Actor;
import dev.axme.server.inbox.InboxThread.Inbox;
import dev.axme.server.intents.Fields;
import dev.axme.server.intents.Receivers;
import dev.axme.store.Store;
import dev.axme.store.Threads.Copy;
import dev.axme.store.Threads.Deed;
import dev.axme.store.Threads.Entry;
import dev.axme.store.Threads.Kind;
import dev.axme.store.Threads.Mark;
import dev.axme.store.Threads.State;
import dev.axme.store.Threads.Whole;
import dev.axme.store.Threads.Written;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;

/** What changes a thread and decides nothing: reply, read, delegate, delete (section 7.2). */
final class ThreadActs {
  private static final int MESSAGE = 131_072;
  private static final int NOTE = 2_000;
  private static final int MOST_IDS = 100;
  private static final int MOST_HIDDEN = 5_000;

  private final Store store;
  private final Callers callers;
  private final Acts acts;

  ThreadActs(Store store, Callers callers, Acts acts) {
    this.store = store;
    this.callers = callers;
    this.acts = acts;
  }

  /** The thread as an answer. */
  static Reply answer(InboxThread thread) {
    ObjectNode answer = Json.ok();
    answer.set("thread", ThreadView.of(thread));
    return Reply.json(answer);
  }

  Reply reply(Call call) {
    Actor actor = acts.actor(call, "thread_id");
    String message =
        new Fields(actor.body())
            .text(MESSAGE, "message")
            .orElseThrow(() -> Problem.invalid("message", "is needed: what you want to say."));
    InboxThread thread = acts.perhaps(actor);
    acts.act(actor, thread, new Act(Kind.REPLY, Optional.of(Mark.ACTIVE), Optional.of(message)));
    return answer(acts.now(actor));
  }

  Reply delegate(Call call) {
    Actor actor = acts.actor(call, "thread_id");
    Fields fields = new Fields(actor.body());
    Inbox to = delegate(actor, fields);
    Optional<String> note = fields.text(NOTE, "note");
    InboxThread thread = acts.perhaps(actor);
    Optional<String> about = Optional.of(to.owner().value());
    acts.act(
        actor,
        thread,
        new Act(Kind.DELEGATED, Optional.of(Mark.ACTIVE), about, note, Optional.of(to)));
    return answer(acts.now(actor));
  }

  private Inbox delegate(Actor actor, Fields fields) {
    String written =
        fields
            .text(255, "delegate_to")
            .map(String::strip)
            .filter(t -> t.length() >= 3)
            .orElseThrow(
                () ->
                    Problem.invalid(
                        "delegate_to", "is needed: an address of 3 to 255 characters."));
    Address address =
        Addresses.normalise(written, actor.call().caller().workspace())
            .orElseThrow(
                () ->
                    new Problem(
                        422,
                        "invalid_agent_address",
                        "delegate_to is no address: " + written + ". Write agent://name."));
    if (address.core()) {
      throw Problem.invalid("delegate_to", "is the server itself, which has no inbox.");
    }
    if (address.equals(actor.owner())) {
      throw Problem.invalid("delegate_to", "is the inbox that has the thread already.");
    }
    Mailbox mailbox =
        Receivers.mailbox("delegate_to", address, callers.load(actor.call().caller().workspace()));
    return new Inbox(mailbox.abroad().orElse(actor.workspace()), address);
  }

  Reply read(Call call) {
    Actor actor = acts.actor(call, "thread_id");
    InboxThread thread = acts.now(actor);
    acts.write(actor, thread, mine(thread), state -> read(actor, thread, state));
    return answer(acts.now(actor));
  }

  private static SequencedMap<Inbox, Boolean> mine(InboxThread thread) {
    SequencedMap<Inbox, Boolean> mine = new LinkedHashMap<>();
    mine.put(new Inbox(thread.workspace(), thread.owner()), thread.received());
    return mine;
  }

  /** Nothing happens when nothing has come since it was read. */
  private static Optional<Deed> read(Actor actor, InboxThread thread, State state) {
    Optional<Copy> own = own(actor, state);
    long latest = Math.max(thread.latest(), own.map(Copy::position).orElse(0L));
    if (own.isPresent() && own.get().readTo() >= latest) {
      return Optional.empty();
    }
    Act act = new Act(Kind.READ, Optional.empty(), Optional.empty());
    Whole whole = Acts.before(actor, state);
    // In a full thread the entry is left out: reading goes on.
    Optional<Entry> entry =
        Acts.full(whole) ? Optional.empty() : Optional.of(Acts.entry(actor, thread, act, state));
    Copy copy = Acts.moved(own.orElseGet(() -> Acts.fresh(thread, mine(thread))), state, true);
    return Optional.of(
        new Deed(Acts.after(whole, act, entry.isPresent(), state), entry, List.of(copy), Set.of()));
  }

  private static Optional<Copy> own(Actor actor, State state) {
    return state.copies().stream()
        .filter(c -> c.owner().equals(actor.owner()) && c.workspace().equals(actor.workspace()))
        .findFirst();
  }

  Reply delete(Call call) {
    Actor actor = acts.actor(call, "thread_id");
    Wanted wanted = Wanted.of(new Fields(actor.body()));
    InboxThread thread = acts.now(actor);
    Deleted[] deleted = {new Deleted(wanted.both(), List.of())};
    SequencedMap<Inbox, Boolean> inboxes =
        wanted.both() ? Acts.reached(thread, deletes("")) : mine(thread);
    Optional<Written.Remembered> before =
        acts.write(
            actor,
            thread,
            inboxes,
            state -> {
              deleted[0] = new Deleted(wanted.both(), wanted.of(visible(thread, state)));
              return delete(actor, thread, inboxes, deleted[0], state);
            });
    before
        .flatMap(b -> store.threads().entry(thread.home(), thread.id(), b.entry()))
        .ifPresent(entry -> deleted[0] = Deleted.of(entry));
    return answer(acts.now(actor), deleted[0]);
  }

  private static Reply answer(InboxThread thread, Deleted deleted) {
    ObjectNode answer = Json.ok();
    answer.set("thread", ThreadView.of(thread));
    deleted.show(answer);
    answer.put("deleted_count", deleted.messages().size());
    return Reply.json(answer);
  }

  /** The messages that the owner can see, the oldest first; some may have come since we looked. */
  private static List<UUID> visible(InboxThread thread, State state) {
    Set<UUID> hidden = new LinkedHashSet<>();
    state.whole().ifPresent(w -> hidden.addAll(w.hidden()));
    state.copies().stream()
        .filter(c -> c.owner().equals(thread.owner()) && c.workspace().equals(thread.workspace()))
        .forEach(c -> hidden.addAll(c.hidden()));
    Set<UUID> ids = new LinkedHashSet<>(ThreadView.derivedMessages(thread));
    ids.addAll(state.messages());
    return ids.stream().filter(id -> !hidden.contains(id)).toList();
  }

  private static Optional<Deed> delete(
      Actor actor,
      InboxThread thread,
      SequencedMap<Inbox, Boolean> inboxes,
      Deleted deleted,
      State state) {
    if (deleted.messages().isEmpty()) {
      return Optional.empty();
    }
    Whole before = Acts.refuseFull(Acts.before(actor, state));
    Act act = deletes(deleted.about());
    Entry entry = Acts.entry(actor, thread, act, state);
    Whole whole = Acts.after(before, act, true, state);
    if (deleted.both()) {
      List<Copy> copies = Acts.copies(actor, thread, inboxes, state);
      Whole without = Acts.hiding(whole, more(whole.hidden(), deleted));
      return Optional.of(
          new Deed(without, Optional.of(entry), copies, Set.copyOf(deleted.messages())));
    }
    Copy own = own(actor, state).orElseGet(() -> Acts.fresh(thread, mine(thread)));
    Copy moved = Acts.moved(own, state, true);
    Copy hiding =
        new Copy(
            moved.workspace(),
            moved.owner(),
            moved.thread(),
            moved.home(),
            moved.position(),
            moved.readTo(),
            moved.whole(),
            more(own.hidden(), deleted));
    return Optional.of(new Deed(whole, Optional.of(entry), List.of(hiding), Set.of()));
  }

  private static Act deletes(String about) {
    return new Act(
        Kind.MESSAGES_DELETED,
        Optional.empty(),
        Optional.of(about),
        Optional.empty(),
        Optional.empty());
  }

  private static Set<UUID> more(Set<UUID> hidden, Deleted deleted) {
    Set<UUID> more = new LinkedHashSet<>(hidden);
    more.addAll(deleted.messages());
    if (more.size() > MOST_HIDDEN) {
      throw new Problem(
          409, "conflict", "This thread has " + MOST_HIDDEN + " deleted messages already.");
    }
    return more;
  }

  /** Which messages somebody wants to be rid of: these, or the newest so many. */
  private record Wanted(boolean both, List<String> ids, int newest) {
    static Wanted of(Fields fields) {
      String mode = fields.text(16, "mode").orElse("self");
      if (!mode.equals("self") && !mode.equals("both")) {
        throw Problem.invalid("mode", "must be self or both.");
      }
      List<String> ids = ids(fields);
      int newest = fields.number("limit", 1, MOST_IDS).orElse(0);
      if (ids.isEmpty() == (newest == 0)) {
        throw Problem.invalid(
            "message_ids", "or limit is needed, one of them: which messages, or how many.");
      }
      return new Wanted(mode.equals("both"), ids, newest);
    }

    private static List<String> ids(Fields fields) {
      Optional<JsonNode> given = fields.any("message_ids");
      if (given.isEmpty()) {
        return List.of();
      }
      List<String> ids = new ArrayList<>();
      given.get().forEach(id -> ids.add(id.asText("")));
      if (!given.get().isArray() || ids.isEmpty() || ids.size() > MOST_IDS) {
        throw Problem.invalid("message_ids", "must be a list of 1 to " + MOST_IDS + " ids.");
      }
      return ids;
    }

    /** What is not there is deleted already. */
    List<UUID> of(List<UUID> visible) {
      if (newest > 0) {
        return visible.subList(Math.max(0, visible.size() - newest), visible.size());
      }
      return visible.stream().filter(id -> ids.contains(id.toString())).toList();
    }
  }
}
