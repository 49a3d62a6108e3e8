package dev.axme.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent and the requester in Java, with the client and nothing else on their class path. */
class JavaExampleTest {

  private static final String ASKED = "tasks approve ([0-9a-f-]{36})";

  @TempDir private Path home;
  private Axme axme;
  private Program agent;

  @BeforeEach
  void startServerAndAgent() throws IOException {
    axme = Axme.up(home);
    agent = start(axme.agentKey(), "Agent");
  }

  @AfterEach
  void stop() {
    agent.close();
    axme.close();
  }

  @Test
  void serverAndAgentAreKilledWhileTheApprovalWaitsAndTheAgentActsOnce() throws IOException {
    try (Program requester = start(axme.agentKey(), "Requester", "model v2.3")) {
      String approval = agent.await(ASKED).group(1);

      axme.kill();
      agent.kill();
      agent = start(axme.agentKey(), "Agent");
      axme.startAgain();
      assertThat(agent.await(ASKED).group(1)).isEqualTo(approval);
      axme.run("tasks", "approve", approval, "--comment", "looks good");

      assertThat(requester.exitCode()).as(requester.output()).isZero();
      assertThat(requester.output()).contains("Completed.", "By approval " + approval);
      assertThat(agent.await("Deployed (.*)").group(1)).isEqualTo("model v2.3");
      assertThat(deployments()).containsExactly(approval);
    }
  }

  @Test
  void anAgentThatWasKilledAfterItActedDoesNotActAgain() throws IOException {
    try (Program requester = start(axme.agentKey(), "Requester", "model v2.4")) {
      String approval = agent.await(ASKED).group(1);
      agent.kill();
      Path deployed = Files.createDirectories(home.resolve("deployments")).resolve(approval);
      Files.writeString(deployed, "by the run that was killed");

      axme.run("tasks", "approve", approval);
      agent = start(axme.agentKey(), "Agent");

      assertThat(requester.exitCode()).as(requester.output()).isZero();
      agent.await("An earlier run has deployed model v2.4");
      assertThat(deployed).hasContent("by the run that was killed");
    }
  }

  @Test
  void aRejectionReachesTheRequesterAndNothingIsDone() throws IOException {
    try (Program requester = start(axme.agentKey(), "Requester")) {
      axme.run("tasks", "reject", agent.await(ASKED).group(1), "--comment", "not today");

      assertThat(requester.exitCode()).as(requester.output()).isEqualTo(3);
      assertThat(requester.output()).contains("Rejected by", "not today");
      assertThat(home.resolve("deployments")).doesNotExist();
    }
  }

  @Test
  void aWrongKeyIsAnErrorAndAMissingOneIsExplained() throws IOException {
    try (Program wrong = start("axme_sa_nobody_secret", "Agent");
        Program missing = start("", "Requester")) {
      assertThat(wrong.exitCode()).as(wrong.output()).isEqualTo(1);
      assertThat(wrong.output()).contains("The server refused: 401");
      assertThat(missing.exitCode()).isEqualTo(2);
      assertThat(missing.output()).contains("Set AXME_API_KEY");
    }
  }

  private List<String> deployments() throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("deployments"))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private Program start(String key, String program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", client()));
    command.add(Axme.repository().resolve("examples/java/" + program + ".java").toString());
    command.addAll(List.of(arguments));
    return Program.start(
        command, Map.of("AXME_BASE_URL", axme.baseUrl(), "AXME_API_KEY", key), home);
  }

  /** The client, and what it needs. */
  private static String client() throws IOException {
    Path libraries = Axme.repository().resolve("cli/target/lib");
    try (Stream<Path> files = Files.list(libraries)) {
      List<String> jars =
          files
              .map(Path::toString)
              .filter(jar -> jar.matches(".*/(axme-sdk|jackson-core-2|jspecify)[^/]*\\.jar"))
              .toList();
      assertThat(jars).hasSize(3);
      return String.join(":", jars);
    }
  }
}
