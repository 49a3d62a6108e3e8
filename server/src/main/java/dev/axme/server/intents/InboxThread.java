package dev.axme.server.intents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.core.Address;
import dev.axme.core.Decision;
import dev.axme.core.HumanTask;
import dev.axme.core.Intent;
import dev.axme.core.Phase;
import dev.axme.server.http.Json;
import java.time.Instant;
import java.util.UUID;

/**
 * An inbox thread (section 7.1): what one address was sent of one intent. It is not stored; it
 * follows from the intent.
 *
 * @param received whether the intent was sent to {@code owner}
 * @param completed whether its end was
 */
record InboxThread(Address owner, Intent intent, boolean received, boolean completed, Wire wire) {
  private static final String PLATFORM = "agent://axme.intent-protocol";

  /** {@code pending} until somebody works on it, {@code done} when nothing more will come. */
  String status() {
    return switch (intent.phase()) {
      case Phase.Ended _ -> "done";
      case Phase.InProgress _ -> "active";
      case Phase.Mailed _, Phase.Passed _, Phase.Asked _, Phase.Awaiting _, Phase.Sleeping _ ->
          "pending";
    };
  }

  Instant updatedAt() {
    return intent.updatedAt();
  }

  ObjectNode json() {
    ObjectNode view = Json.object();
    view.put("thread_id", intent.id().toString());
    view.put("intent_id", intent.id().toString());
    view.put("status", status());
    view.put("owner_agent", owner.value());
    view.put("from_agent", received ? intent.request().from().value() : PLATFORM);
    view.put("to_agent", owner.value());
    view.put("intent_type", intent.request().type());
    view.put("subject", subject());
    view.put("unread", true);
    view.put("created_at", (received ? intent.createdAt() : updatedAt()).toString());
    view.put("updated_at", updatedAt().toString());
    timeline(view.putArray("timeline"));
    messages(view.putArray("messages"));
    return view;
  }

  private String subject() {
    return intent.lastTask().map(t -> t.draft().title()).orElse(intent.request().type());
  }

  private void timeline(ArrayNode timeline) {
    if (received) {
      ObjectNode details = Json.object().put("intent_type", intent.request().type());
      String from = intent.request().from().value();
      entry(timeline, id("received"), "intent_received", from, intent.createdAt(), details);
      decisions(timeline);
    }
    if (completed) {
      ObjectNode details = Json.object();
      details.set("completion", Completion.briefly(intent, wire));
      UUID id = Completion.messageId(intent, owner);
      entry(timeline, id, "intent_completion_delivered", PLATFORM, updatedAt(), details);
    }
  }

  /** A workflow may have asked several times; its questions have an entry each. */
  private void decisions(ArrayNode timeline) {
    if (intent.run().isEmpty()) {
      intent.decision().ifPresent(d -> decided(timeline, "decided", d));
      return;
    }
    for (HumanTask task : intent.run().get().tasks().values()) {
      task.decision().ifPresent(d -> decided(timeline, "decided " + task.id(), d));
    }
  }

  private void decided(ArrayNode timeline, String what, Decision decision) {
    ObjectNode details = Json.object().put("outcome", decision.outcome());
    decision.comment().ifPresent(c -> details.put("comment", c));
    String word = decision.approved() ? "approved" : "rejected";
    entry(timeline, id(what), word, decision.by().ref(), decision.at(), details);
  }

  private UUID id(String what) {
    return Completion.id(what, intent, owner);
  }

  private static void entry(
      ArrayNode timeline, UUID id, String type, String actor, Instant at, ObjectNode details) {
    ObjectNode entry = timeline.addObject();
    entry.put("event_id", id.toString());
    entry.put("event_type", type);
    entry.put("actor", actor);
    entry.put("at", at.toString());
    entry.set("details", details);
  }

  private void messages(ArrayNode messages) {
    if (received) {
      boolean large = Steps.payloadSize(intent) > Completion.LARGE;
      JsonNode said = large ? Json.object() : wire.payload(intent);
      message(messages, id("received"), "user", said, large, intent.createdAt());
    }
    if (completed) {
      UUID id = Completion.messageId(intent, owner);
      boolean large = Completion.large(intent);
      JsonNode said = large ? Json.object() : wire.result(intent, Completion.result(intent));
      message(messages, id, "agent", said, large, updatedAt());
    }
  }

  private static void message(
      ArrayNode messages, UUID id, String role, JsonNode content, boolean large, Instant at) {
    ObjectNode message =
        messages
            .addObject()
            .put("message_id", id.toString())
            .put("role", role)
            .put("content", Json.text(content))
            .put("at", at.toString());
    if (large) {
      message.put("truncated", true);
    }
  }
}
