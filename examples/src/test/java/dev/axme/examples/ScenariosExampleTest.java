package dev.axme.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The scenarios of {@code examples/scenarios}, from their files to the ends that their README
 * names. In each the server is killed between two steps and started again. Only days are made
 * seconds.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScenariosExampleTest {
  private static final Path EXAMPLE = Axme.repository().resolve("examples/scenarios");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int TIMED_OUT = 4;

  private Path home = Path.of("");
  private Path python = Path.of("");
  private Axme axme;

  @BeforeAll
  void startServer(@TempDir Path directory) throws IOException {
    python = PythonEnvironment.interpreter("scenarios");
    home = directory;
    axme = Axme.up(directory);
  }

  @AfterAll
  void stopServer() {
    if (axme != null) {
      axme.close();
    }
  }

  @Test
  void whatAnAgentWroteIsSignedOff() throws IOException {
    String id = apply("sign-off.json", Map.of());
    axme.kill();
    axme.startAgain();

    try (Program writer = agent("release-writer")) {
      writer.await("Done: ");
      writer.kill();
    }
    axme.kill();
    axme.startAgain();
    axme.run("tasks", "approve", id, "--comment", "looks good");

    JsonNode intent = intent(id);
    assertThat(intent.path("status").asText()).isEqualTo("COMPLETED");
    assertThat(intent.at("/result/notes").asText()).startsWith("Version 2.3\n- Search");
    assertThat(intent.at("/result/comment").asText()).isEqualTo("looks good");
    assertThat(intent.at("/result/steps/write/status").asText()).isEqualTo("completed");
    assertThat(intent.path("steps")).hasSize(2);
  }

  @Test
  void theAgentIsNotCalledWhenTheReviewIsConfirmed() throws IOException {
    String id = review(Map.of("/workflow/steps/1/remind_after_seconds", 1));
    axme.kill();
    axme.startAgain();

    try (Program watch = watch(id)) {
      watch.await("remind");
      axme.kill();
      axme.startAgain();
      axme.run("tasks", "confirm", id);

      assertThat(watch.exitCode()).as(watch.output()).isZero();
    }
    JsonNode intent = intent(id);
    assertThat(intent.path("status").asText()).isEqualTo("COMPLETED");
    assertThat(intent.at("/result/outcome").asText()).isEqualTo("confirmed");
    assertThat(intent.at("/result/steps").has("revoke")).isFalse();
    assertThat(intent.path("remind_count").asInt()).isBetween(1, 3);
  }

  @Test
  void theAgentRevokesWhatNobodyConfirmed() throws IOException {
    String id = review(Map.of("/workflow/steps/1/step_deadline_seconds", 1));
    axme.kill();
    axme.startAgain();

    try (Program access = agent("access-desk");
        Program watch = watch(id)) {
      access.await("Done: ");
      assertThat(watch.exitCode()).as(watch.output()).isZero();
    }
    JsonNode intent = intent(id);
    assertThat(intent.path("status").asText()).isEqualTo("COMPLETED");
    assertThat(intent.at("/result/steps/review/status").asText()).isEqualTo("timed_out");
    assertThat(intent.at("/result/revoked").asText()).contains("Ada", "billing");
  }

  @Test
  void aPaymentThatNobodyReleasesIsNotMade() throws IOException {
    String step = "/workflow/steps/0/";
    String id =
        apply(
            "escalation.json",
            Map.of(
                step + "remind_after_seconds", 1,
                step + "remind_interval_seconds", 1,
                step + "step_deadline_seconds", 15));

    try (Program desk = agent("payment-desk");
        Program watch = watch(id)) {
      watch.await("remind");
      axme.kill();
      axme.startAgain();

      watch.await("escalated to .*finance@example.com");
      assertThat(watch.exitCode()).as(watch.output()).isEqualTo(TIMED_OUT);
      assertThat(desk.output()).contains("payment-desk listens").doesNotContain("Working on");
    }
    JsonNode intent = intent(id);
    assertThat(intent.path("status").asText()).isEqualTo("TIMED_OUT");
    assertThat(intent.path("steps")).hasSize(1);
    assertThat(intent.path("remind_count").asInt()).isEqualTo(2);
  }

  @Test
  void theSecondAgentWorksOnWhatTheFirstFoundAndAPersonDecides() throws IOException {
    String id = apply("two-agents.json", Map.of());
    try (Program checker = agent("record-checker")) {
      checker.await("Done: .*bank_account");
    }
    axme.kill();
    axme.startAgain();
    try (Program scorer = agent("risk-scorer")) {
      scorer.await("Done: ");
    }

    axme.run("tasks", "approve", id, "--data", "limit=5000");

    JsonNode intent = intent(id);
    assertThat(intent.path("status").asText()).isEqualTo("COMPLETED");
    assertThat(intent.at("/result/risk").asInt()).isEqualTo(40);
    assertThat(intent.at("/result/steps/decide/result/limit").asInt()).isEqualTo(5000);
  }

  /** The review of an access, after a second in the place of thirty days. */
  private String review(Map<String, Integer> seconds) throws IOException {
    Path file = home.resolve("thirty-days.json");
    String path = "/workflow/steps/0/runtime_config/seconds";
    Files.writeString(file, changed(EXAMPLE.resolve("reminder.json"), Map.of(path, 1)));
    return apply(file, seconds);
  }

  private String apply(String file, Map<String, Integer> seconds) throws IOException {
    return apply(EXAMPLE.resolve(file), seconds);
  }

  /** Applies a scenario with some of its numbers changed. */
  private String apply(Path file, Map<String, Integer> seconds) throws IOException {
    Path copy = home.resolve("scenario.json");
    Files.writeString(copy, changed(file, seconds));
    return axme.run("scenarios", "apply", copy.toString()).await("intent_id=(\\S+)").group(1);
  }

  private static String changed(Path file, Map<String, Integer> numbers) throws IOException {
    JsonNode scenario = JSON.readTree(file.toFile());
    numbers.forEach(
        (pointer, number) -> {
          int end = pointer.lastIndexOf('/');
          ObjectNode part = (ObjectNode) scenario.at(pointer.substring(0, end));
          assertThat(part.has(pointer.substring(end + 1))).as(pointer).isTrue();
          part.put(pointer.substring(end + 1), number);
        });
    return scenario.toString();
  }

  private Program agent(String name) {
    return Program.start(
        List.of(python.toString(), EXAMPLE.resolve("agent.py").toString(), name),
        Map.of("AXME_BASE_URL", axme.baseUrl(), "AXME_API_KEY", axme.scenarioKey(name)),
        home);
  }

  private Program watch(String id) {
    return axme.start("intents", "watch", id);
  }

  private JsonNode intent(String id) throws IOException {
    return axme.intent(id);
  }
}
