package dev.axme.server.intents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.core.Address;
import dev.axme.core.Intent;
import dev.axme.core.Mailbox;
import dev.axme.core.Payload;
import dev.axme.core.Phase;
import dev.axme.core.Result;
import dev.axme.server.http.Json;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/** What the inbox that wanted an answer is told when an intent ends (section 3.6). */
public final class Completion {
  /** What a list repeats of a payload or result; a page may have a thousand of them. */
  public static final int LARGE = 16 * 1024;

  private Completion() {}

  /** {@code completion_delivery} of the answer that ended the intent. */
  static ObjectNode delivery(Intent intent, Wire wire) {
    Optional<Mailbox> replyTo = intent.request().replyTo();
    if (replyTo.isEmpty()) {
      return Json.object().put("delivered", false).put("reason", "reply_to_not_set");
    }
    if (!intent.phase().status().terminal()) {
      return Json.object().put("delivered", false).put("reason", "not_ended");
    }
    Address to = replyTo.get().address();
    ObjectNode delivery = Json.object().put("delivered", true).put("reply_to", to.value());
    delivery.put("thread_id", intent.id().toString());
    delivery.put("message_id", messageId(intent).toString());
    delivery.set("completion", told(intent, wire.result(intent, result(intent))));
    return delivery;
  }

  /** How it ended, without a result that is too large for a list; the intent has it. */
  public static ObjectNode briefly(Intent intent, Wire wire) {
    return large(intent)
        ? told(intent, Json.object()).put("truncated", true)
        : told(intent, wire.result(intent, result(intent)));
  }

  private static ObjectNode told(Intent intent, JsonNode result) {
    ObjectNode told = Json.object().put("type", "intent.completed");
    told.put("intent_id", intent.id().toString());
    told.put("status", intent.phase().status().name());
    told.set("result", result);
    return told;
  }

  /** Whether a list leaves the result out. */
  public static boolean large(Intent intent) {
    return result(intent)
        .map(
            r ->
                switch (r) {
                  case Result.Given given -> given.payload().size();
                  case Result.Decided d -> d.decision().fields().map(Payload::size).orElse(0);
                  case Result.Composed _ -> Steps.size(intent);
                })
        .filter(size -> size > LARGE)
        .isPresent();
  }

  /** What it ended with, if with anything. */
  public static Optional<Result> result(Intent intent) {
    return switch (intent.phase()) {
      case Phase.Completed c -> c.result();
      case Phase.Failed f -> f.result();
      case Phase.Mailed _,
          Phase.InProgress _,
          Phase.Passed _,
          Phase.Asked _,
          Phase.Awaiting _,
          Phase.Sleeping _,
          Phase.Canceled _,
          Phase.TimedOut _ ->
          Optional.empty();
    };
  }

  /** Whether a list leaves the payload out. */
  public static boolean largePayload(Intent intent) {
    return Steps.payloadSize(intent) > LARGE;
  }

  /** The same whenever it is told, and to whomever: it follows from what it is about. */
  public static UUID messageId(Intent intent) {
    return id("completion", intent);
  }

  /** An id for what happened to the intent. */
  public static UUID id(String what, Intent intent) {
    String name = what + ' ' + intent.id();
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }
}
