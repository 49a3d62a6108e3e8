package dev.axme.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.server.http.Json;
import dev.axme.server.identity.Provisioning;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The secrets of the first start, kept in {@code DATA/credentials.json} (mode 0600). */
public record Credentials(
    String apiKey, String agentApiKey, String agentAddress, String orgId, String workspaceId) {
  private static final String FILE = "credentials.json";

  static Credentials of(Provisioning.Owner owner) {
    return new Credentials(
        owner.loginKey(),
        owner.agentKey(),
        owner.agent().address().value(),
        owner.workspace().organization().id().toString(),
        owner.workspace().id().toString());
  }

  static Optional<Credentials> read(Path data) {
    Path file = data.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      JsonNode json = Json.read(Files.readAllBytes(file));
      return Optional.of(
          new Credentials(
              json.path("api_key").asText(),
              json.path("agent_api_key").asText(),
              json.path("agent_address").asText(),
              json.path("org_id").asText(),
              json.path("workspace_id").asText()));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  static void forget(Path data) {
    try {
      Files.deleteIfExists(data.resolve(FILE));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot remove " + data.resolve(FILE), e);
    }
  }

  void write(Path data) {
    ObjectNode json = Json.object();
    json.put("api_key", apiKey).put("agent_api_key", agentApiKey);
    json.put("agent_address", agentAddress).put("org_id", orgId).put("workspace_id", workspaceId);
    DataDirectory.writeSecret(data.resolve(FILE), Json.bytes(json));
  }
}
