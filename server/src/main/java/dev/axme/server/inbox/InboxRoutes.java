package dev.axme.server.inbox;

import static dev.axme.server.http.Route.Access.MACHINE;
import static dev.axme.server.http.Route.Where.WORKER;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.core.Address;
import dev.axme.core.WorkspaceId;
import dev.axme.server.http.Call;
import dev.axme.server.http.Json;
import dev.axme.server.http.Problem;
import dev.axme.server.http.Reply;
import dev.axme.server.http.Route;
import dev.axme.server.identity.Callers;
import dev.axme.server.inbox.InboxReader.Item;
import dev.axme.server.intents.Decisions;
import dev.axme.server.intents.OwnerScope;
import dev.axme.store.Store;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The routes of inboxes (section 7.2). */
public final class InboxRoutes {
  private static final Pattern CURSOR = Pattern.compile("([0-9]{1,18}):([0-9a-fA-F-]{36})");
  private static final Set<String> STATUSES = Set.of("pending", "active", "done", "unread");
  private static final int MAX = 1_000;
  private static final int LISTED = 200;
  private static final int CHANGES = 50;

  private final OwnerScope scope;
  private final InboxReader reader;
  private final ThreadActs acts;
  private final ThreadDecisions decisions;

  /** Routes whose acts {@code outlet} tells of. */
  public InboxRoutes(Store store, Callers callers, Decisions decisions, ThreadOutlet outlet) {
    this.scope = new OwnerScope(store.directory());
    this.reader = new InboxReader(store);
    Acts common = new Acts(store, outlet);
    this.acts = new ThreadActs(store, callers, common);
    this.decisions = new ThreadDecisions(store, common, decisions);
  }

  public List<Route> routes() {
    String thread = "/v1/inbox/{thread_id}";
    return List.of(
        new Route("GET", "/v1/inbox", MACHINE, WORKER, this::list),
        new Route("GET", "/v1/inbox/changes", MACHINE, WORKER, this::changes),
        new Route("GET", thread, MACHINE, WORKER, this::read),
        new Route("POST", thread + "/reply", MACHINE, WORKER, acts::reply),
        new Route("POST", thread + "/read", MACHINE, WORKER, acts::read),
        new Route("POST", thread + "/delegate", MACHINE, WORKER, acts::delegate),
        new Route("POST", thread + "/messages/delete", MACHINE, WORKER, acts::delete),
        new Route("POST", thread + "/approve", MACHINE, WORKER, decisions::approve),
        new Route("POST", thread + "/reject", MACHINE, WORKER, decisions::reject),
        new Route(
            "POST", "/v1/approvals/{approval_id}/decision", MACHINE, WORKER, decisions::decide));
  }

  /**
   * The threads that changed last; those of a page are sorted by when. An inbox is looked through
   * from what happened to it last, a bounded number of things a page, and a thread stands where the
   * last of them happened.
   */
  private Reply list(Call call) {
    Address owner = scope.ownerNow(call);
    Optional<String> status = status(call);
    int limit = limit(call, LISTED);
    long before = cursor(call).orElse(Long.MAX_VALUE);
    WorkspaceId workspace = call.caller().workspaceId();
    List<Item> items = reader.newest(workspace, owner, before, limit);
    List<InboxThread> threads = new ArrayList<>();
    for (Item item : items) {
      InboxThread thread = reader.find(workspace, owner, item.thread(), InboxReader.BRIEFLY);
      if (item.position() >= thread.latest() && status.filter(s -> !stands(thread, s)).isEmpty()) {
        threads.add(thread);
      }
    }
    threads.sort(Comparator.comparing(InboxThread::updatedAt).reversed());
    ObjectNode answer = Json.ok();
    var list = answer.putArray("threads");
    threads.forEach(t -> list.add(ThreadView.brief(t)));
    answer.put("next_cursor", items.size() == limit ? items.getLast().cursor() : null);
    return Reply.json(answer);
  }

  private static boolean stands(InboxThread thread, String status) {
    return status.equals("unread") ? thread.unread() : status.equals(thread.status());
  }

  private static Optional<String> status(Call call) {
    Optional<String> status = call.query("status").map(s -> s.strip().toLowerCase(Locale.ROOT));
    if (status.isPresent() && !STATUSES.contains(status.get())) {
      throw Problem.invalid("status", "must be pending, active, done or unread.");
    }
    return status;
  }

  private Reply read(Call call) {
    Address owner = scope.ownerNow(call);
    WorkspaceId workspace = call.caller().workspaceId();
    InboxThread thread = reader.here(workspace, owner, Acts.thread(call, "thread_id"));
    ObjectNode view = ThreadView.of(thread);
    ObjectNode answer = Json.ok();
    answer.set("thread", view);
    answer.set("messages", view.get("messages"));
    return Reply.json(answer);
  }

  private Reply changes(Call call) {
    Address owner = scope.ownerNow(call);
    int limit = limit(call, CHANGES);
    WorkspaceId workspace = call.caller().workspaceId();
    List<Item> items = reader.after(workspace, owner, cursor(call).orElse(0L), limit + 1);
    boolean more = items.size() > limit;
    List<Item> page = more ? items.subList(0, limit) : items;
    ObjectNode answer = Json.ok();
    var changes = answer.putArray("changes");
    for (Item item : page) {
      ObjectNode change = changes.addObject().put("cursor", item.cursor());
      InboxThread thread = reader.find(workspace, owner, item.thread(), InboxReader.BRIEFLY);
      change.set("thread", ThreadView.brief(thread));
    }
    answer.put("next_cursor", page.isEmpty() ? null : page.getLast().cursor());
    answer.put("has_more", more);
    return Reply.json(answer);
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
