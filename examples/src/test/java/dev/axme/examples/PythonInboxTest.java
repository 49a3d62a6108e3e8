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

/** The published Python client polls, gets results into an inbox, and acts on threads. */
class PythonInboxTest {

  @Test
  void thePublishedClientPollsAndUsesInboxes(@TempDir Path home)
      throws IOException, URISyntaxException {
    Path python = PythonEnvironment.interpreter("plain-python");
    URL program = Objects.requireNonNull(getClass().getResource("/inbox.py"));
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
        assertThat(client.exitCode()).as(client.output()).isZero();
        assertThat(client.output().lines())
            .containsSubsequence(
                "polled: True",
                "went on: True",
                "nothing new: True",
                "result: (True, 'done', '{\"pages\":42}')",
                "replied: ('active', True)",
                "begun: True",
                "delegated: ['{\"task\":\"two\"}', 'Which month?']",
                "changes: [True]",
                "marked: done",
                "bad cursor: 422",
                "deleted: (1, ['user'])",
                "agent: 403",
                "person: done",
                "waited: True",
                "rejected: True",
                "otherwise: 409",
                "unknown: approve");
      }
    }
  }
}
