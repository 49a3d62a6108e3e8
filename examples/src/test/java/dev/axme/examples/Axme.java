package dev.axme.examples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The {@code axme} executable as a user runs it: a server process on a data directory of its own,
 * which can be killed and started again, and the commands of the same executable.
 */
final class Axme implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** As the launcher starts what ends soon. */
  private static final List<String> SHORT_LIVED =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private static final String NOT_BUILT = ": run `mvn package` first";

  private final Path home;
  private Program server;
  private JsonNode banner;

  private Axme(Path home) {
    this.home = home;
    this.server = launch(0);
    this.banner = banner(server);
  }

  /** Starts a server on a free port, with its data and its user's files below a directory. */
  static Axme up(Path home) {
    return new Axme(home);
  }

  String baseUrl() {
    return banner.path("base_url").asText();
  }

  /** The owner's key: it decides. */
  String loginKey() {
    return banner.path("api_key").asText();
  }

  String agentKey() {
    return banner.path("agent_api_key").asText();
  }

  String agentAddress() {
    return banner.path("agent_address").asText();
  }

  /** SIGKILL: no chance to write anything more. */
  void kill() {
    server.kill();
  }

  /** Starts on the same data and port; returns when requests are served. */
  void startAgain() {
    server = launch(URI.create(baseUrl()).getPort());
    banner = banner(server);
  }

  /** Runs a command of the executable with the owner's login key, and waits for its end. */
  Program run(String... arguments) {
    Program program = start(arguments);
    if (program.exitCode() != 0) {
      throw new AssertionError(
          "Expected axme %s to succeed, but it said:%n%s"
              .formatted(String.join(" ", arguments), program.output()));
    }
    return program;
  }

  /** Starts a command of the executable with the owner's login key. */
  Program start(String... arguments) {
    List<String> command = new ArrayList<>(executable());
    command.addAll(1, SHORT_LIVED);
    command.addAll(List.of(arguments));
    command.addAll(List.of("--base-url", baseUrl(), "--api-key", banner.path("api_key").asText()));
    return Program.start(command, environment(), home);
  }

  /** The key that applying a scenario kept for one of its agents. */
  String scenarioKey(String agent) {
    return run("scenarios", "key", agent).await("^(axme_sa_\\S+)$").group(1);
  }

  /** An intent as the command line shows it to programs. */
  JsonNode intent(String id) throws JsonProcessingException {
    return JSON.readTree(run("intents", "get", id, "--json").output()).path("intent");
  }

  @Override
  public void close() {
    server.close();
  }

  private Program launch(int port) {
    List<String> command = new ArrayList<>(executable());
    command.addAll(List.of("up", "--json", "--no-context", "--port", Integer.toString(port)));
    command.addAll(List.of("--data", home.resolve("data").toString()));
    return Program.start(command, environment(), home);
  }

  private Map<String, String> environment() {
    return Map.of("HOME", home.toString(), "XDG_CONFIG_HOME", home.resolve("config").toString());
  }

  private static JsonNode banner(Program server) {
    String line = server.await("^(\\{.*\"base_url\".*)$").group(1);
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new AssertionError("Expected one line of JSON, but found " + line, e);
    }
  }

  private List<String> executable() {
    Path target = repository().resolve("cli/target");
    String classPath = jar(target) + ":" + target.resolve("lib") + "/*";
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-Duser.home=" + home,
        "-cp",
        classPath,
        "dev.axme.cli.Main");
  }

  private static Path jar(Path target) {
    try (Stream<Path> files = Files.list(target)) {
      return files
          .filter(file -> file.getFileName().toString().matches("axme-cli-[0-9.]+\\.jar"))
          .findFirst()
          .orElseThrow(
              () -> new AssertionError("Expected axme-cli-*.jar in " + target + NOT_BUILT));
    } catch (IOException e) {
      throw new UncheckedIOException("Expected to read " + target + NOT_BUILT, e);
    }
  }

  /** The root of the working copy, from wherever the tests run. */
  static Path repository() {
    Path directory = Path.of("").toAbsolutePath();
    while (!Files.exists(directory.resolve("examples/pom.xml"))) {
      directory = directory.getParent();
      if (directory == null) {
        throw new IllegalStateException("Expected to run inside the repository");
      }
    }
    return directory;
  }
}
