package dev.axme.server.intents;

import static dev.axme.server.http.Route.Access.MACHINE;
import static dev.axme.server.http.Route.Where.WORKER;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.core.Address;
import dev.axme.core.Effect;
import dev.axme.core.Intent;
import dev.axme.core.IntentId;
import dev.axme.core.WorkspaceId;
import dev.axme.server.http.Call;
import dev.axme.server.http.Json;
import dev.axme.server.http.Problem;
import dev.axme.server.http.Reply;
import dev.axme.server.http.Route;
import dev.axme.store.Mail;
import dev.axme.store.Place;
import dev.axme.store.Store;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The inbox of an address (sections 7.1 and 7.2), as far as intents write it. */
public final class InboxRoutes {
  private static final Pattern CURSOR = Pattern.compile("([0-9]{1,18}):([0-9a-fA-F-]{36})");
  private static final Set<String> STATUSES = Set.of("pending", "active", "done", "unread");
  private static final int MAX = 1_000;
  private static final int LISTED = 200;
  private static final int CHANGES = 50;

  private final Store store;
  private final OwnerScope scope;

  public InboxRoutes(Store store) {
    this.store = store;
    this.scope = new OwnerScope(store.directory());
  }

  public List<Route> routes() {
    return List.of(
        new Route("GET", "/v1/inbox", MACHINE, WORKER, this::list),
        new Route("GET", "/v1/inbox/changes", MACHINE, WORKER, this::changes),
        new Route("GET", "/v1/inbox/{thread_id}", MACHINE, WORKER, this::read));
  }

  /**
   * The threads to which something came last; those of a page are sorted by when they changed. An
   * inbox is looked through from its newest entry on, a bounded number of entries a page; a thread
   * to which something came twice may stand on two pages.
   */
  private Reply list(Call call) {
    Address owner = scope.ownerNow(call);
    Optional<String> status = status(call);
    int limit = limit(call, LISTED);
    long before = cursor(call).orElse(Long.MAX_VALUE);
    WorkspaceId workspace = call.caller().workspaceId();
    List<Mail> mail = store.newestMail(workspace, owner, before, limit);
    List<InboxThread> threads = new ArrayList<>();
    Set<IntentId> seen = new HashSet<>();
    for (Mail entry : mail) {
      if (seen.add(entry.intent())) {
        InboxThread thread = thread(workspace, owner, entry.intent(), entry.place());
        if (status.filter(s -> !s.equals(thread.status())).isEmpty()) {
          threads.add(thread);
        }
      }
    }
    threads.sort(Comparator.comparing(InboxThread::updatedAt).reversed());
    ObjectNode answer = Json.ok();
    var list = answer.putArray("threads");
    threads.forEach(t -> list.add(t.json()));
    answer.put("next_cursor", mail.size() == limit ? cursor(mail.getLast()) : null);
    return Reply.json(answer);
  }

  /** Nothing that came is unread less than all of it: nobody can mark a thread as read yet. */
  private static Optional<String> status(Call call) {
    Optional<String> status = call.query("status").map(s -> s.strip().toLowerCase(Locale.ROOT));
    if (status.isPresent() && !STATUSES.contains(status.get())) {
      throw Problem.invalid("status", "must be pending, active, done or unread.");
    }
    return status.filter(s -> !s.equals("unread"));
  }

  private Reply read(Call call) {
    Address owner = scope.ownerNow(call);
    WorkspaceId workspace = call.caller().workspaceId();
    IntentId id = IntentRoutes.id(call, "thread_id", "such thread");
    Place place =
        store.mailOf(workspace, id).stream()
            .map(Mail::place)
            .findFirst()
            .or(() -> store.find(workspace, id))
            .orElseThrow(() -> Problem.notFound("such thread"));
    InboxThread thread = thread(workspace, owner, id, place);
    if (!thread.received() && !thread.completed()) {
      throw new Problem(
          403,
          "forbidden",
          "This thread is not in the inbox of " + owner + "; name its owner_agent.");
    }
    ObjectNode view = thread.json();
    ObjectNode answer = Json.ok();
    answer.set("thread", view);
    answer.set("messages", view.get("messages"));
    return Reply.json(answer);
  }

  private Reply changes(Call call) {
    Address owner = scope.ownerNow(call);
    int limit = limit(call, CHANGES);
    WorkspaceId workspace = call.caller().workspaceId();
    List<Mail> mail = store.mailAfter(workspace, owner, cursor(call).orElse(0L), limit + 1);
    boolean more = mail.size() > limit;
    List<Mail> page = more ? mail.subList(0, limit) : mail;
    ObjectNode answer = Json.ok();
    var changes = answer.putArray("changes");
    for (Mail entry : page) {
      ObjectNode change = changes.addObject().put("cursor", cursor(entry));
      change.set("thread", thread(workspace, owner, entry.intent(), entry.place()).json());
    }
    answer.put("next_cursor", page.isEmpty() ? null : cursor(page.getLast()));
    answer.put("has_more", more);
    return Reply.json(answer);
  }

  private InboxThread thread(WorkspaceId workspace, Address owner, IntentId id, Place place) {
    Intent intent = store.root(place).intent(id).orElseThrow();
    Set<Effect.Mail> kinds = EnumSet.noneOf(Effect.Mail.class);
    store.mailOf(workspace, id).stream()
        .filter(m -> m.to().equals(owner))
        .forEach(m -> kinds.add(m.kind()));
    boolean asked = intent.lastTask().isPresent() && intent.request().to().address().equals(owner);
    return new InboxThread(
        owner,
        intent,
        asked || kinds.contains(Effect.Mail.WORK),
        kinds.contains(Effect.Mail.COMPLETION),
        new Wire(new Bodies(store, place, List.of())));
  }

  private static String cursor(Mail mail) {
    return mail.position() + ":" + mail.intent();
  }

  private static Optional<Long> cursor(Call call) {
    return call.query("cursor")
        .map(
            text -> {
              Matcher cursor = CURSOR.matcher(text);
              if (!cursor.matches()) {
                throw Problem.invalid("cursor", "is not one that this inbox named.");
              }
              return Long.valueOf(cursor.group(1));
            });
  }

  private static int limit(Call call, int usual) {
    String text = call.query("limit").orElse(Integer.toString(usual));
    if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) < 1) {
      throw Problem.invalid("limit", "must be a whole number from 1, not " + text + ".");
    }
    return Math.min(Integer.parseInt(text), MAX);
  }
}
