package dev.axme.server.inbox;

import dev.axme.core.Address;
import dev.axme.core.Intent;
import dev.axme.core.IntentId;
import dev.axme.core.WorkspaceId;
import dev.axme.server.http.Problem;
import dev.axme.server.intents.Bodies;
import dev.axme.server.intents.Wire;
import dev.axme.store.Mail;
import dev.axme.store.Place;
import dev.axme.store.Store;
import dev.axme.store.Threads.Copy;
import dev.axme.store.Threads.Whole;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Finds threads. What other tenants have under an id is not looked for. Blocks. */
final class InboxReader {
  /** How many entries a list repeats of each thread. */
  static final int BRIEFLY = 20;

  /** How many entries a thread shows. */
  static final int FULLY = 200;

  private final Store store;

  InboxReader(Store store) {
    this.store = store;
  }

  /** Something that happened to an inbox. */
  record Item(long position, UUID thread) {
    String cursor() {
      return position + ":" + thread;
    }
  }

  /** What happened to an inbox before {@code before}, the newest first. */
  List<Item> newest(WorkspaceId workspace, Address owner, long before, int limit) {
    List<Mail> mail = store.newestMail(workspace, owner, before, limit);
    List<Copy> copies = store.threads().newest(workspace, owner, before, limit);
    return items(mail, copies)
        .sorted(Comparator.comparingLong(Item::position).reversed())
        .limit(limit)
        .toList();
  }

  /** What happened to an inbox after {@code after}, the oldest first. */
  List<Item> after(WorkspaceId workspace, Address owner, long after, int limit) {
    // First, so that neither of the two reads is ahead of the other.
    long head = store.heads(List.of(workspace)).getOrDefault(workspace, 0L);
    List<Mail> mail =
        store.mailAfter(workspace, owner, after, limit).stream()
            .filter(m -> m.position() <= head)
            .toList();
    List<Copy> copies = store.threads().changed(workspace, owner, after, head, limit);
    return items(mail, copies)
        .sorted(Comparator.comparingLong(Item::position))
        .limit(limit)
        .toList();
  }

  private static Stream<Item> items(List<Mail> mail, List<Copy> copies) {
    return Stream.concat(
        mail.stream().map(m -> new Item(m.position(), m.intent().value())),
        copies.stream().map(c -> new Item(c.position(), c.thread())));
  }

  /** The thread in this inbox; 404 when the workspace has none, 403 when it is in another inbox. */
  InboxThread here(WorkspaceId workspace, Address owner, UUID id) {
    InboxThread thread = find(workspace, owner, id, FULLY);
    if (!thread.seen()) {
      throw Problem.notFound("such thread");
    }
    if (!thread.here()) {
      throw elsewhere(owner);
    }
    return thread;
  }

  static Problem elsewhere(Address owner) {
    return new Problem(
        403,
        "forbidden",
        "This thread is not in the inbox of " + owner + "; name its owner_agent.");
  }

  /** The thread, as far as this workspace knows of it. */
  InboxThread find(WorkspaceId workspace, Address owner, UUID id, int entries) {
    IntentId intent = new IntentId(id);
    List<Copy> copies = store.threads().copies(workspace, id);
    Optional<Copy> copy = copies.stream().filter(c -> c.owner().equals(owner)).findFirst();
    List<Mail> mail = store.mailOf(workspace, intent);
    Optional<Place> place = place(workspace, intent, mail, copies);
    // Not any copy's home: a sister workspace may have put its own thread under this id here.
    WorkspaceId home =
        place
            .map(Place::home)
            .or(() -> copy.map(Copy::home))
            .orElseGet(() -> home(workspace, copies));
    Optional<Whole> whole = store.threads().whole(home, id);
    return new InboxThread(
        workspace,
        owner,
        id,
        place.isPresent() || !copies.isEmpty(),
        home,
        place.map(p -> about(p, intent)),
        mail,
        copy,
        whole,
        whole.isPresent() ? store.threads().entries(home, id, entries) : List.of());
  }

  private static WorkspaceId home(WorkspaceId workspace, List<Copy> copies) {
    return copies.stream().findFirst().map(Copy::home).orElse(workspace);
  }

  private Optional<Place> place(
      WorkspaceId workspace, IntentId intent, List<Mail> mail, List<Copy> copies) {
    return mail.stream()
        .map(Mail::place)
        .findFirst()
        .or(() -> store.find(workspace, intent))
        .or(
            () ->
                copies.stream()
                    .map(Copy::home)
                    .filter(home -> !home.equals(workspace))
                    .findFirst()
                    .flatMap(home -> store.find(home, intent)));
  }

  private InboxThread.About about(Place place, IntentId id) {
    Intent intent = store.root(place).intent(id).orElseThrow();
    Wire wire = new Wire(new Bodies(store, place, new ArrayList<>()));
    return new InboxThread.About(intent, place.home(), wire);
  }
}
