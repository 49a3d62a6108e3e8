package dev.axme.cli;

import dev.axme.sdk.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@code axme up --json} says in its one line, on every start, once requests are served.
 *
 * @param apiKey the login key; empty on a node without a credentials file, like the agent's
 */
record Serving(
    String baseUrl,
    Optional<String> apiKey,
    Optional<String> agentApiKey,
    Optional<String> agentAddress,
    Optional<String> orgId,
    Optional<String> workspaceId,
    String dashboardUrl,
    Optional<String> signInUrl,
    boolean privateCallbacks,
    String dataDirectory,
    String version) {

  String toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("base_url", baseUrl);
    json.put("api_key", apiKey.orElse(null));
    json.put("agent_api_key", agentApiKey.orElse(null));
    json.put("agent_address", agentAddress.orElse(null));
    json.put("org_id", orgId.orElse(null));
    json.put("workspace_id", workspaceId.orElse(null));
    json.put("dashboard_url", dashboardUrl);
    json.put("sign_in_url", signInUrl.orElse(null));
    json.put("private_callbacks", privateCallbacks);
    json.put("data_dir", dataDirectory);
    json.put("version", version);
    return Json.format(json);
  }

  static Serving parse(String line) {
    Map<String, @Nullable Object> json = Json.parseObject(line);
    return new Serving(
        text(json, "base_url").orElseThrow(),
        text(json, "api_key"),
        text(json, "agent_api_key"),
        text(json, "agent_address"),
        text(json, "org_id"),
        text(json, "workspace_id"),
        text(json, "dashboard_url").orElse(""),
        text(json, "sign_in_url"),
        Boolean.TRUE.equals(json.get("private_callbacks")),
        text(json, "data_dir").orElse(""),
        text(json, "version").orElse(""));
  }

  private static Optional<String> text(Map<String, @Nullable Object> json, String name) {
    return json.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
  }
}
