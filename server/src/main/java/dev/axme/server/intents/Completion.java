package dev.axme.server.intents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.core.Address;
import dev.axme.core.Intent;
import dev.axme.core.Mailbox;
import dev.axme.core.Phase;
import dev.axme.server.http.Json;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/** What the inbox that wanted an answer is told when an intent ends (section 3.6). */
final class Completion {
  private Completion() {}

  /** {@code completion_delivery} of the answer that ended the intent. */
  static ObjectNode delivery(Intent intent, Wire wire) {
    Optional<Mailbox> replyTo = intent.request().replyTo();
    if (replyTo.isEmpty()) {
      return Json.object().put("delivered", false).put("reason", "reply_to_not_set");
    }
    Address to = replyTo.get().address();
    ObjectNode delivery = Json.object().put("delivered", true).put("reply_to", to.value());
    delivery.put("thread_id", intent.id().toString());
    delivery.put("message_id", messageId(intent, to).toString());
    delivery.set("completion", told(intent, wire));
    return delivery;
  }

  /** How it ended. */
  static ObjectNode told(Intent intent, Wire wire) {
    ObjectNode told = Json.object().put("type", "intent.completed");
    told.put("intent_id", intent.id().toString());
    told.put("status", intent.phase().status().name());
    told.set("result", result(intent, wire));
    return told;
  }

  static JsonNode result(Intent intent, Wire wire) {
    return switch (intent.phase()) {
      case Phase.Completed c -> wire.result(c.result());
      case Phase.Failed f -> wire.result(f.result());
      default -> Json.object();
    };
  }

  /** The same whenever it is told: it follows from what it is about. */
  static UUID messageId(Intent intent, Address to) {
    return id("completion", intent, to);
  }

  static UUID id(String what, Intent intent, Address owner) {
    String name = what + ' ' + intent.id() + ' ' + owner;
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }
}
