package dev.axme.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The published Python client starts a workflow, works for it, and waits for its end. */
class PythonWorkflowTest {

  @Test
  void thePublishedClientTakesAWorkflowFromItsBundleToItsEnd(@TempDir Path home)
      throws IOException, URISyntaxException {
    Path python = PythonEnvironment.interpreter("plain-python");
    URL program = Objects.requireNonNull(getClass().getResource("/workflow.py"));
    try (Axme axme = Axme.up(home)) {
      List<String> command =
          List.of(
              python.toString(),
              Path.of(program.toURI()).toString(),
              axme.baseUrl(),
              axme.loginKey(),
              axme.agentKey(),
              axme.agentAddress());
      try (Program client = Program.start(command, Map.of(), home)) {
        String intent = client.await("^approve ([0-9a-f-]{36})$").group(1);
        axme.run("tasks", "approve", intent, "--comment", "ok");

        assertThat(client.exitCode()).as(client.output()).isZero();
        assertThat(client.output().lines())
            .contains("errors: True", "valid: True", "refused: 422", "same: True", "late: 409")
            .contains("working on CHG-1", "4 intent.waiting WAITING")
            .contains("6 intent.human_task_assigned WAITING", "8 intent.completed COMPLETED")
            .endsWith("end: COMPLETED CHG-1 completed");
      }
    }
  }
}
