package dev.axme.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What every example of an approval does, in whatever language it is written. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ApprovalContract {

  private static final String ASKED = "tasks approve ([0-9a-f-]{36})";

  private Path home = Path.of("");
  private Axme axme;

  /** The command line that runs the example; what is to be approved is added as an argument. */
  abstract List<String> example() throws IOException;

  @BeforeAll
  void startServer(@TempDir Path directory) throws IOException {
    example();
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
  void anApprovalArrivesAlthoughTheServerWasKilledMeanwhile() throws IOException {
    try (Program example = ask("Deploy model v2.3 to production")) {
      String intent = example.await(ASKED).group(1);

      axme.kill();
      example.await("The server is away");
      axme.startAgain();
      axme.run("tasks", "approve", intent, "--comment", "looks good");

      assertThat(example.exitCode()).as(example.output()).isZero();
      assertThat(example.output()).contains("approved");
    }
  }

  @Test
  void aRejectionEndsWithThree() throws IOException {
    try (Program example = ask("Delete the \"archive\" bucket")) {
      String intent = example.await(ASKED).group(1);

      axme.run("tasks", "reject", intent, "--comment", "not today");

      assertThat(example.exitCode()).as(example.output()).isEqualTo(3);
      assertThat(example.output()).contains("rejected");
    }
  }

  @Test
  void aCanceledRequestEndsWithFour() throws IOException {
    try (Program example = ask("Rotate the signing keys")) {
      String intent = example.await(ASKED).group(1);

      axme.run("intents", "cancel", intent);

      assertThat(example.exitCode()).as(example.output()).isEqualTo(4);
      assertThat(example.output()).contains("canceled");
    }
  }

  @Test
  void anExampleThatWasKilledFindsItsRequestAgain() throws IOException {
    String intent;
    try (Program first = ask("Send the newsletter")) {
      intent = first.await(ASKED).group(1);
      first.kill();
    }

    try (Program second = ask("Send the newsletter")) {
      assertThat(second.await(ASKED).group(1)).isEqualTo(intent);
      axme.run("tasks", "approve", intent);
      assertThat(second.exitCode()).as(second.output()).isZero();
    }
  }

  @Test
  void aWrongKeyIsAnErrorAndAMissingOneIsExplained() throws IOException {
    try (Program wrong = start("x", "axme_sa_nobody_secret");
        Program missing = start("x", "")) {
      assertThat(wrong.exitCode()).as(wrong.output()).isEqualTo(1);
      assertThat(wrong.output()).contains("The server refused", "401");
      assertThat(missing.exitCode()).isEqualTo(2);
      assertThat(missing.output()).contains("Set AXME_API_KEY");
    }
  }

  private Program ask(String what) throws IOException {
    return start(what, axme.agentKey());
  }

  private Program start(String what, String key) throws IOException {
    List<String> command = new ArrayList<>(example());
    command.add(what);
    Map<String, String> environment = new HashMap<>();
    environment.put("AXME_BASE_URL", axme.baseUrl());
    environment.put("AXME_API_KEY", key);
    return Program.start(command, environment, home);
  }
}
