package dev.axme.cli;

import dev.axme.sdk.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The demo's agent, {@link DemoAgentCommand}, in a process of its own. */
final class DemoAgent {
  static final String NAME = "deployer";

  private final DemoProcess process;

  private DemoAgent(DemoProcess process) {
    this.process = process;
  }

  /** Starts it; it waits by itself until the server is there. */
  static DemoAgent start(Path data, String baseUrl, String key) throws IOException {
    return new DemoAgent(
        DemoProcess.start(
            data.resolve("agent.log"),
            Map.of("AXME_BASE_URL", baseUrl, "AXME_API_KEY", key),
            DemoAgentCommand.NAME,
            deployments(data).toString()));
  }

  /** Where it leaves a file for each deployment, named after its approval. */
  static Path deployments(Path data) {
    return data.resolve("deployments");
  }

  static List<Path> deployed(Path data) throws IOException {
    if (!Files.exists(deployments(data))) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(deployments(data))) {
      return files.toList();
    }
  }

  DemoProcess process() {
    return process;
  }

  long pid() {
    return process.pid();
  }

  /** Waits until it says that it did this, and answers with the intent that it names. */
  UUID did(String what) throws IOException {
    while (true) {
      Map<String, @Nullable Object> said = Json.parseObject(process.line());
      if (said.get(what) instanceof String id) {
        return UUID.fromString(id);
      }
    }
  }

  boolean kill() {
    return process.kill();
  }

  void stop() {
    process.stop();
  }
}
