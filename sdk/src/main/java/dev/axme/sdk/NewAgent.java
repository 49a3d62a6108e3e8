package dev.axme.sdk;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An agent to register. Its address is the organization, the workspace and the name in lower case.
 *
 * @param deliveryMode {@code stream}, {@code poll}, {@code http}, {@code inbox} or {@code
 *     internal}; empty for {@code stream}
 * @param callbackUrl where intents are pushed to, for {@code http}
 */
public record NewAgent(
    String name,
    Optional<String> displayName,
    Optional<String> description,
    Optional<String> deliveryMode,
    Optional<String> callbackUrl) {

  /** An agent that listens to its stream. */
  public static NewAgent named(String name) {
    return new NewAgent(
        name, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  Map<String, String> body() {
    Map<String, String> body = new LinkedHashMap<>();
    body.put("name", name);
    displayName.ifPresent(text -> body.put("display_name", text));
    description.ifPresent(text -> body.put("description", text));
    deliveryMode.ifPresent(text -> body.put("delivery_mode", text));
    callbackUrl.ifPresent(text -> body.put("callback_url", text));
    return body;
  }
}
