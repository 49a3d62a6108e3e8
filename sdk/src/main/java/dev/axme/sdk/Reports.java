package dev.axme.sdk;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an agent says at the end of its work, as the body of a resume. */
final class Reports {
  private static final String ACTION = "action";

  /** Names that steer a resume: the server would take such a field out of the result. */
  private static final Set<String> TAKEN =
      Set.of(
          ACTION,
          "actor",
          "approve_current_step",
          "expected_policy_generation",
          "idempotency_key",
          "internal_scheduler",
          "next_handler",
          "owner_agent");

  private Reports() {}

  static Map<String, @Nullable Object> complete(Map<String, ?> result) {
    for (String name : result.keySet()) {
      if (TAKEN.contains(name)) {
        throw new IllegalArgumentException(
            "Expected a result whose fields the protocol leaves alone, found " + name);
      }
    }
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put(ACTION, "complete");
    body.putAll(result);
    return body;
  }

  static Map<String, @Nullable Object> fail(String reason) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put(ACTION, "fail");
    body.put("reason", reason);
    return body;
  }

  /** The same for the same report, in whatever order a run of the JVM gives out its fields. */
  static String key(Map<String, @Nullable Object> body) {
    byte[] text = Json.canonical(body).getBytes(StandardCharsets.UTF_8);
    return "report-" + UUID.nameUUIDFromBytes(text);
  }
}
