package dev.axme.bench.crash;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A frame of an agent's stream.
 *
 * @param to the address that the frame names
 * @param then whom the work has to be handed over to; empty when nobody
 */
record Delivery(String intent, long seq, String to, String then) {
  static Delivery of(String data) {
    JsonNode event = Json.read(data);
    return new Delivery(
        event.path("intent_id").asText(),
        event.path("seq").asLong(),
        event.path("to_agent").asText(),
        event.at("/payload/then").asText(""));
  }

  /** How this agent finishes it, always under the same key. */
  Call call(Agent agent) {
    boolean over = !then.isEmpty() && !then.equals(agent.address());
    return new Call(
        over ? Call.Kind.HAND_OVER : Call.Kind.REPORT,
        agent.name(),
        agent.name() + "-" + intent,
        "/v1/intents/" + intent + "/resume",
        over
            ? "{\"next_handler\":\"%s\"}".formatted(then)
            : "{\"action\":\"complete\",\"by\":\"%s\"}".formatted(agent.name()));
  }
}
