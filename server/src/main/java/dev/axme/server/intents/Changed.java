package dev.axme.server.intents;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.core.Append;
import dev.axme.core.Intent;
import dev.axme.core.IntentEvent;
import dev.axme.core.Root;
import dev.axme.core.Told;
import dev.axme.server.http.Json;
import java.util.List;
import java.util.Optional;

/** The answers to commands that change an intent (sections 3.6 to 3.8). */
final class Changed {
  private Changed() {}

  static ObjectNode applied(
      Intent intent, Root after, Append append, List<String> warnings, Bodies bodies) {
    ObjectNode answer = Json.ok().put("applied", true);
    answer.put("policy_generation", intent.generation());
    answer.put("intent_id", intent.id().toString());
    answer.put("status", intent.phase().status().name());
    answer.set("intent", Wire.head(intent));
    answer.set("event", lastEvent(intent, append, bodies));
    return answer;
  }

  static ObjectNode resolved(
      Intent intent, Root after, Append append, List<String> warnings, Bodies bodies) {
    ObjectNode answer = applied(intent, after, append, warnings, bodies);
    ((ObjectNode) answer.get("intent")).set("payload", bodies.json(intent.request().payload()));
    answer.set("completion_delivery", Completion.delivery(intent, new Wire(bodies)));
    return answer;
  }

  static ObjectNode adjusted(
      Intent intent, Root after, Append append, List<String> warnings, Bodies bodies) {
    ObjectNode answer = Json.ok().put("applied", true);
    answer.put("policy_generation", intent.generation());
    ObjectNode controls = answer.putObject("controls");
    intent.controls().forEach((key, value) -> controls.set(key, bodies.json(value)));
    ObjectNode policy = answer.putObject("policy");
    intent.policy().forEach((key, value) -> policy.set(key, bodies.json(value)));
    return answer;
  }

  /**
   * The newest wire event of the intent in the append; its telling needs no earlier state than the
   * append's end.
   */
  private static ObjectNode lastEvent(Intent intent, Append append, Bodies bodies) {
    IntentEvent.Wire last =
        append.events().stream()
            .filter(e -> e instanceof IntentEvent.Wire && e.intent().equals(intent.id()))
            .map(IntentEvent.Wire.class::cast)
            .reduce((_, second) -> second)
            .orElseThrow();
    return new WireEvents(bodies)
        .event(new Told(last, Optional.empty(), intent, append.at(), append.by()));
  }
}
