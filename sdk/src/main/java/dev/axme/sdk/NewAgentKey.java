package dev.axme.sdk;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A key that was just made.
 *
 * @param secret what the agent sends; shown this once and stored nowhere
 */
public record NewAgentKey(AgentKey key, String secret, Map<String, @Nullable Object> raw) {
  static NewAgentKey of(Fields json) {
    Fields key = json.in("key");
    return new NewAgentKey(
        AgentKey.of(key), key.optional("token").orElseGet(() -> json.text("api_key")), json.raw());
  }
}
