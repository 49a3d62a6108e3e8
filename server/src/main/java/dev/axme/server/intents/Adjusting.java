package dev.axme.server.intents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.core.DeadlineRule;
import dev.axme.core.IntentCommand;
import dev.axme.core.IntentId;
import dev.axme.core.Payload;
import dev.axme.server.http.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** Reads the bodies of controls and policy: shallow merges in which null removes (section 3.8). */
final class Adjusting {
  private static final List<String> SECONDS =
      List.of("timeout_seconds", "execution_timeout_seconds", "ttl_seconds");

  private Adjusting() {}

  static IntentCommand.ChangeControls controls(IntentId id, Fields fields) {
    ObjectNode patch = fields.object("controls_patch").orElseGet(Json::object);
    fields.reason();
    return new IntentCommand.ChangeControls(
        id, patch(patch, "", fields), deadline(patch), fields.expectedGeneration());
  }

  static IntentCommand.ChangePolicy policy(IntentId id, Fields fields) {
    ObjectNode grants = fields.object("grants_patch").orElseGet(Json::object);
    ObjectNode envelope = fields.object("envelope_patch").orElseGet(Json::object);
    fields.reason();
    SequencedMap<String, Optional<Payload>> patch = patch(envelope, "envelope.", fields);
    patch.putAll(patch(grants, "grants.", fields));
    return new IntentCommand.ChangePolicy(
        id, patch, deadline(envelope), fields.expectedGeneration());
  }

  private static SequencedMap<String, Optional<Payload>> patch(
      ObjectNode patch, String prefix, Fields fields) {
    SequencedMap<String, Optional<Payload>> merged = new LinkedHashMap<>();
    patch
        .properties()
        .forEach(
            p ->
                merged.put(
                    prefix + p.getKey(),
                    p.getValue().isNull()
                        ? Optional.empty()
                        : Optional.of(fields.payload(p.getValue()))));
    return merged;
  }

  private static DeadlineRule deadline(ObjectNode patch) {
    Fields fields = new Fields(patch);
    Optional<Instant> at = fields.instant("expires_at");
    if (at.isPresent()) {
      return new DeadlineRule.At(at.get());
    }
    for (String name : SECONDS) {
      Optional<Duration> in = fields.seconds(name);
      if (in.isPresent()) {
        return new DeadlineRule.In(in.get());
      }
      JsonNode value = patch.get(name);
      if (value != null && value.isNull()) {
        return new DeadlineRule.Never();
      }
    }
    return new DeadlineRule.Keep();
  }
}
