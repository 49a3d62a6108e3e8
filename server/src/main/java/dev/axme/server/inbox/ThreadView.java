package dev.axme.server.inbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.core.Address;
import dev.axme.core.Decision;
import dev.axme.core.HumanTask;
import dev.axme.core.Intent;
import dev.axme.server.http.Json;
import dev.axme.server.intents.Completion;
import dev.axme.server.intents.Wire;
import dev.axme.store.Threads.Entry;
import dev.axme.store.Threads.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A thread as clients see it (section 7.1). */
final class ThreadView {
  /** How much a thread repeats of what was said in it, the newest first. */
  private static final int MOST_SAID = 1024 * 1024;

  private static final String PLATFORM = "agent://axme.intent-protocol";
  private static final int SUBJECT = 80;

  private record Line(Instant at, ObjectNode json) {}

  private final InboxThread thread;
  private final int most;
  private final Set<UUID> hidden = new HashSet<>();
  private final List<Line> timeline = new ArrayList<>();
  private final List<Line> messages = new ArrayList<>();

  private ThreadView(InboxThread thread, int most) {
    this.thread = thread;
    this.most = most;
    thread.copy().ifPresent(c -> hidden.addAll(c.hidden()));
    thread.whole().ifPresent(w -> hidden.addAll(w.hidden()));
  }

  /** All of it. */
  static ObjectNode of(InboxThread thread) {
    return new ThreadView(thread, MOST_SAID).json();
  }

  /** For a list: nothing large. */
  static ObjectNode brief(InboxThread thread) {
    return new ThreadView(thread, Completion.LARGE).json();
  }

  /** The messages that its intent makes, the oldest first. */
  static List<UUID> derivedMessages(InboxThread thread) {
    List<UUID> ids = new ArrayList<>();
    thread.intent().filter(_ -> thread.received()).ifPresent(i -> ids.add(received(i)));
    thread
        .intent()
        .filter(_ -> thread.completed())
        .ifPresent(i -> ids.add(Completion.messageId(i)));
    return ids;
  }

  private static UUID received(Intent intent) {
    return Completion.id("received", intent);
  }

  private ObjectNode json() {
    thread.about().ifPresent(a -> derived(a.intent(), a.wire()));
    done();
    ObjectNode view = Json.object();
    view.put("thread_id", thread.id().toString());
    view.put("intent_id", thread.id().toString());
    view.put("status", thread.status());
    view.put("owner_agent", thread.owner().value());
    view.put("from_agent", from());
    view.put("to_agent", to().value());
    thread.intent().ifPresent(i -> view.put("intent_type", i.request().type()));
    view.put("subject", subject());
    view.put("unread", thread.unread());
    view.put("created_at", thread.createdAt().toString());
    view.put("updated_at", thread.updatedAt().toString());
    sorted(timeline).forEach(view.putArray("timeline")::add);
    sorted(messages).forEach(view.putArray("messages")::add);
    int more = thread.whole().map(w -> w.entries() - thread.entries().size()).orElse(0);
    if (more > 0) {
      view.put("earlier_entries", more);
    }
    return view;
  }

  private static List<ObjectNode> sorted(List<Line> lines) {
    return lines.stream().sorted(Comparator.comparing(Line::at)).map(Line::json).toList();
  }

  private String from() {
    if (thread.about().isEmpty()) {
      return thread.whole().map(w -> w.founder().value()).orElse(thread.owner().value());
    }
    return thread.received() ? thread.about().get().intent().request().from().value() : PLATFORM;
  }

  /** The sender and whoever it was delegated to see to whom it was sent. */
  private Address to() {
    return thread
        .intent()
        .filter(_ -> thread.copy().filter(c -> c.whole()).isPresent())
        .map(i -> i.request().to().address())
        .orElse(thread.owner());
  }

  private String subject() {
    return thread
        .intent()
        .map(i -> i.lastTask().map(t -> t.draft().title()).orElse(i.request().type()))
        .or(this::firstLine)
        .orElse("Thread");
  }

  private Optional<String> firstLine() {
    return thread.entries().stream()
        .filter(e -> !hidden.contains(e.id()))
        .flatMap(e -> e.text().stream())
        .flatMap(t -> t.strip().lines())
        .map(
            t ->
                t.codePointCount(0, t.length()) > SUBJECT
                    ? t.substring(0, t.offsetByCodePoints(0, SUBJECT))
                    : t)
        .findFirst();
  }

  private void derived(Intent intent, Wire wire) {
    if (thread.received()) {
      ObjectNode details = Json.object().put("intent_type", intent.request().type());
      UUID id = received(intent);
      String from = intent.request().from().value();
      event(id, "intent_received", from, intent.createdAt(), details);
      boolean large = Completion.largePayload(intent);
      JsonNode said = large ? Json.object() : wire.payload(intent);
      message(id, "user", Json.text(said), large, from, intent.createdAt());
      decisions(intent);
    }
    if (thread.completed()) {
      ObjectNode details = Json.object();
      details.set("completion", Completion.briefly(intent, wire));
      UUID id = Completion.messageId(intent);
      event(id, "intent_completion_delivered", PLATFORM, intent.updatedAt(), details);
      boolean large = Completion.large(intent);
      JsonNode said = large ? Json.object() : wire.result(intent, Completion.result(intent));
      message(id, "agent", Json.text(said), large, PLATFORM, intent.updatedAt());
    }
  }

  /** A workflow may have asked several times; its questions have an entry each. */
  private void decisions(Intent intent) {
    if (intent.run().isEmpty()) {
      intent.decision().ifPresent(d -> decided(intent, "decided", d));
      return;
    }
    for (HumanTask task : intent.run().get().tasks().values()) {
      task.decision().ifPresent(d -> decided(intent, "decided " + task.id(), d));
    }
  }

  private void decided(Intent intent, String what, Decision decision) {
    ObjectNode details = Json.object().put("outcome", decision.outcome());
    decision.comment().ifPresent(c -> details.put("comment", c));
    String word = decision.approved() ? "approved" : "rejected";
    event(Completion.id(what, intent), word, decision.by().ref(), decision.at(), details);
  }

  private void done() {
    Set<UUID> large = large();
    for (Entry entry : thread.entries()) {
      if (entry.kind() == Kind.REPLY && entry.text().isPresent()) {
        boolean cut = large.contains(entry.id());
        String from = entry.actor().value();
        message(entry.id(), role(entry), cut ? "" : entry.text().get(), cut, from, entry.at());
      }
      entry(entry);
    }
  }

  /** What is left out, so that all of it is not too much: the oldest first. */
  private Set<UUID> large() {
    Set<UUID> large = new HashSet<>();
    int left = most;
    for (Entry entry : thread.entries().reversed()) {
      int length = entry.text().map(String::length).orElse(0);
      left -= length;
      if (left < 0 && length > 0) {
        large.add(entry.id());
      }
    }
    return large;
  }

  /** In the words of a chat: who asked is the user, whoever else speaks answers. */
  private String role(Entry entry) {
    boolean asked =
        thread.intent().filter(i -> i.request().from().equals(entry.actor())).isPresent();
    return asked ? "user" : "agent";
  }

  private void entry(Entry entry) {
    ObjectNode details = Json.object();
    switch (entry.kind()) {
      case REPLY -> details.put("message_id", entry.id().toString());
      case DELEGATED -> {
        entry.about().ifPresent(to -> details.put("delegate_to", to));
        entry.text().ifPresent(note -> details.put("note", note));
      }
      case APPROVED, REJECTED -> entry.text().ifPresent(c -> details.put("comment", c));
      case READ -> {}
      case MESSAGES_DELETED -> {
        Deleted deleted = Deleted.of(entry);
        if (!deleted.both() && !entry.actor().equals(thread.owner())) {
          return;
        }
        deleted.show(details);
      }
    }
    if (!entry.author().equals(entry.actor())) {
      details.put("by", entry.author().value());
    }
    String word = entry.kind().name().toLowerCase(Locale.ROOT);
    event(entry.id(), word, entry.actor().value(), entry.at(), details);
  }

  private void event(UUID id, String type, String actor, Instant at, ObjectNode details) {
    ObjectNode event = Json.object();
    event.put("event_id", id.toString());
    event.put("event_type", type);
    event.put("actor", actor);
    event.put("at", at.toString());
    event.set("details", details);
    timeline.add(new Line(at, event));
  }

  private void message(
      UUID id, String role, String content, boolean large, String from, Instant at) {
    if (hidden.contains(id)) {
      return;
    }
    ObjectNode message =
        Json.object()
            .put("message_id", id.toString())
            .put("role", role)
            .put("content", content)
            .put("from_agent", from)
            .put("at", at.toString());
    if (large) {
      message.put("truncated", true);
    }
    messages.add(new Line(at, message));
  }
}
