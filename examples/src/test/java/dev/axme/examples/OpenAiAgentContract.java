package dev.axme.examples;

import static dev.axme.examples.ScriptedModel.Turn.ANSWER;
import static dev.axme.examples.ScriptedModel.Turn.LOOK_UP;
import static dev.axme.examples.ScriptedModel.Turn.REFUND;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The agent of {@code examples/openai-agents}, killed at every place that matters. The real package
 * runs its real loop; only the model is scripted.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OpenAiAgentContract {

  private static final Path EXAMPLE = Axme.repository().resolve("examples/openai-agents");
  static final String ASKED = "tasks approve ([0-9a-f-]{36})";
  static final String DONE = "Done with";
  private static final String LEDGER =
      "import sqlite3, sys; [print(*row) for row in"
          + " sqlite3.connect(sys.argv[1]).execute('SELECT * FROM refunds')]";

  private Path python = Path.of("");
  private Path home = Path.of("");
  private Axme axme;
  private ScriptedModel model;
  private Path state = Path.of("");

  abstract OpenAiApi api();

  final Axme axme() {
    return axme;
  }

  final ScriptedModel model() {
    return model;
  }

  @BeforeAll
  void startServer(@TempDir Path directory) throws IOException {
    python = PythonEnvironment.interpreter("openai-agents");
    home = directory;
    axme = Axme.up(directory);
  }

  @AfterAll
  void stopServer() {
    if (axme != null) {
      axme.close();
    }
  }

  @BeforeEach
  void startModel(@TempDir Path directory) throws IOException {
    state = directory;
    model = ScriptedModel.start(api());
    model.expect(LOOK_UP, REFUND);
  }

  @AfterEach
  void exactlyTheExpectedCallsCame() {
    model.close();
    model.verify();
  }

  @Test
  void whatIsApprovedIsDoneAndTheTaskEnds() throws IOException {
    try (Program initiator = initiator("It arrived broken.");
        Program agent = agent()) {
      String approval = agent.await(ASKED).group(1);

      model.expect(ANSWER);
      axme.run("tasks", "approve", approval);

      agent.await(DONE);
      assertThat(refunds()).containsExactly(approval + " 1042 4990");
      assertThat(model.lastToolOutput()).contains("Refunded 4990 cents");
      assertThat(initiator.exitCode()).as(initiator.output()).isZero();
      assertThat(initiator.output()).contains(OpenAiApi.LAST_WORD);
      assertThat(saved()).isEmpty();
    }
  }

  @Test
  void whatIsRejectedIsNotDoneAndTheModelIsToldWhy() throws IOException {
    try (Program initiator = initiator("I do not like the colour.");
        Program agent = agent()) {
      String approval = agent.await(ASKED).group(1);

      model.expect(ANSWER);
      axme.run("tasks", "reject", approval, "--comment", "that is no damage");

      agent.await(DONE);
      assertThat(refunds()).isEmpty();
      assertThat(model.lastToolOutput()).contains("that is no damage");
      assertThat(initiator.exitCode()).as(initiator.output()).isZero();
    }
  }

  @Test
  void theApprovalArrivesAlthoughAgentAndServerWereKilledWhileItWaited() throws IOException {
    try (Program initiator = initiator("It never arrived.")) {
      String approval;
      try (Program first = agent()) {
        approval = first.await(ASKED).group(1);
        first.kill();
      }
      axme.kill();
      axme.startAgain();
      model.expect(ANSWER);
      axme.run("tasks", "approve", approval);

      try (Program second = agent()) {
        second.await(DONE);
      }
      assertThat(refunds()).containsExactly(approval + " 1042 4990");
      assertThat(initiator.exitCode()).as(initiator.output()).isZero();
    }
  }

  @Test
  void anAgentThatWasKilledRightAfterAskingFindsItsRequest() throws IOException {
    try (Program initiator = initiator("It came twice.")) {
      String approval;
      try (Program first = agent()) {
        approval = first.await(ASKED).group(1);
        first.kill();
      }
      change("\"approvals\": \\{[^}]+}", "\"approvals\": {}"); // As if it had not got the answer.

      try (Program second = agent()) {
        assertThat(second.await(ASKED).group(1)).isEqualTo(approval);
        model.expect(ANSWER);
        axme.run("tasks", "approve", approval);
        second.await(DONE);
      }
      assertThat(refunds()).containsExactly(approval + " 1042 4990");
      assertThat(initiator.exitCode()).as(initiator.output()).isZero();
    }
  }

  @Test
  void anAgentThatWasKilledAfterTheToolRanDoesNotActTwice() throws IOException {
    try (Program initiator = initiator("It smells.")) {
      String approval;
      try (Program first = agent()) {
        approval = first.await(ASKED).group(1);
        model.expect(ANSWER, ANSWER);
        model.hold();
        axme.run("tasks", "approve", approval);
        model.awaitHeld();
        first.kill();
      }
      assertThat(refunds()).containsExactly(approval + " 1042 4990");
      model.release();

      try (Program second = agent()) {
        second.await("Had refunded 4990 cents by approval " + approval);
        second.await(DONE);
      }
      assertThat(refunds()).containsExactly(approval + " 1042 4990");
      assertThat(initiator.exitCode()).as(initiator.output()).isZero();
    }
  }

  @Test
  void anAppliedScenarioCompletesAlthoughAgentAndServerWereKilledMeanwhile() throws IOException {
    String scenario = EXAMPLE.resolve("scenario.json").toString();
    String id = axme.run("scenarios", "apply", scenario).await("intent_id=(\\S+)").group(1);
    Map<String, String> desk = new HashMap<>(environment());
    desk.put("AXME_API_KEY", axme.scenarioKey("order-desk"));
    desk.remove("AXME_AGENT");
    String approval;
    try (Program first = agent(desk)) {
      approval = first.await(ASKED).group(1);
      first.kill();
    }
    axme.kill();
    axme.startAgain();
    model.expect(ANSWER);

    try (Program second = agent(desk)) {
      assertThat(second.await(ASKED).group(1)).isEqualTo(approval);
      axme.run("tasks", "approve", approval);
      second.await(DONE);
    }

    JsonNode intent = axme.intent(id);
    assertThat(intent.path("status").asText()).isEqualTo("COMPLETED");
    assertThat(intent.at("/result/answer").asText()).isEqualTo(OpenAiApi.LAST_WORD);
    assertThat(refunds()).containsExactly(approval + " 1042 4990");
    assertThat(saved()).isEmpty();
  }

  Program agent() {
    return agent(environment());
  }

  private Program agent(Map<String, String> environment) {
    environment.put("STATE_DIR", state.toString());
    environment.put("OPENAI_API_KEY", "sk-scripted");
    environment.put("OPENAI_BASE_URL", model.baseUrl());
    environment.put("OPENAI_API", api().setting());
    environment.put("OPENAI_AGENTS_DISABLE_TRACING", "1");
    return Program.start(command("agent.py"), environment, home);
  }

  Program initiator(String task) {
    return Program.start(command("initiator.py", task), environment(), home);
  }

  private List<String> command(String program, String... arguments) {
    return Stream.concat(
            Stream.of(python.toString(), EXAMPLE.resolve(program).toString()), Stream.of(arguments))
        .toList();
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("AXME_BASE_URL", axme.baseUrl());
    environment.put("AXME_API_KEY", axme.agentKey());
    environment.put("AXME_AGENT", axme.agentAddress());
    return environment;
  }

  /** Changes what is saved of the one run that waits. */
  void change(String pattern, String to) throws IOException {
    Path file = saved().getFirst();
    String before = Files.readString(file);
    String after = before.replaceAll(pattern, to);
    assertThat(after).isNotEqualTo(before);
    Files.writeString(file, after);
  }

  /** The states of runs that wait. */
  List<Path> saved() throws IOException {
    try (Stream<Path> files = Files.list(state)) {
      return files.filter(file -> file.toString().endsWith(".json")).toList();
    }
  }

  /** What the refund tool did: approval, order and amount. */
  List<String> refunds() {
    Path ledger = state.resolve("refunds.db");
    if (!Files.exists(ledger)) {
      return List.of();
    }
    try (Program rows =
        Program.start(
            List.of(python.toString(), "-c", LEDGER, ledger.toString()), Map.of(), home)) {
      assertThat(rows.exitCode()).as(rows.output()).isZero();
      return rows.output().lines().toList();
    }
  }
}
