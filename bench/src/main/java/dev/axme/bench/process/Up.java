package dev.axme.bench.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;

/**
 * What the server says when it serves requests: the line that {@code axme up --json} prints.
 *
 * @param loginKey a person's key: it decides
 * @param agentKey an agent's key: it never decides
 */
public record Up(URI baseUrl, String loginKey, String agentKey) {

  static Up parse(String line) {
    try {
      JsonNode up = new ObjectMapper().readTree(line);
      return new Up(
          URI.create(up.required("base_url").asText()),
          up.required("api_key").asText(),
          up.required("agent_api_key").asText());
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new IllegalStateException("Expected the line of `up --json`, found: " + line, e);
    }
  }
}
