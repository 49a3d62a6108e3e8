package dev.axme.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.cli.Typed.At;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starting and stopping a server, as the process that people start. */
class UpTest {
  @TempDir private Path home;
  @TempDir private Path data;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void stopAll() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void oneLineOfJsonSaysAllThatAProgramNeeds() throws IOException {
    Serving serving = Serving.parse(output(up("--json")).readLine());

    assertThat(serving.baseUrl()).startsWith("http://127.0.0.1:");
    assertThat(serving.apiKey()).isPresent().isNotEqualTo(serving.agentApiKey());
    assertThat(serving.agentApiKey()).isPresent();
    assertThat(serving.signInUrl().orElseThrow()).startsWith(serving.baseUrl());
    assertThat(serving.dataDirectory()).isEqualTo(data.toRealPath().toString());
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(data.resolve("credentials.json"))))
        .isEqualTo("rw-------");
  }

  @Test
  void whoeverStartsItIsLoggedInAtOnce() throws IOException {
    Serving serving = Serving.parse(output(up("--json")).readLine());

    Typed whoami = At.home(home).axme("whoami");

    assertThat(whoami.exitCode()).describedAs(whoami.err()).isEqualTo(Exit.DONE);
    assertThat(whoami.out()).contains(serving.baseUrl()).contains("ask and decide");
    assertThat(At.home(home).axme("context", "list").out()).containsPattern("\\*  local");
  }

  @Test
  void aContextInUseStaysCurrent() throws IOException {
    At.home(home).axme("context", "set", "work", "--api-key", "k", "--base-url", "https://w");
    At.home(home).axme("context", "use", "work");

    output(up("--json")).readLine();

    assertThat(At.home(home).axme("context", "list").out())
        .containsPattern("\\*  work")
        .contains("local");
  }

  @Test
  void noContextLeavesTheHomeAlone() throws IOException {
    output(up("--json", "--no-context")).readLine();

    assertThat(home.resolve(".config")).doesNotExist();
  }

  @Test
  void aSecondStartServesTheSamePeopleWithTheSameKeys() throws IOException {
    Process first = up("--json");
    Serving before = Serving.parse(output(first).readLine());
    first.destroyForcibly();
    first.onExit().join();

    Serving after = Serving.parse(output(up("--json")).readLine());

    assertThat(after.apiKey()).isEqualTo(before.apiKey());
    assertThat(after.agentApiKey()).isEqualTo(before.agentApiKey());
    assertThat(after.workspaceId()).isEqualTo(before.workspaceId());
  }

  @Test
  void theBannerHasEverythingToPasteAndNewRequestsAppearBelow() throws IOException {
    BufferedReader lines = output(up());
    List<String> banner = new ArrayList<>();
    while (banner.isEmpty() || !banner.getLast().contains("Ctrl-C")) {
      banner.add(lines.readLine());
    }

    String id = At.home(home).axme("intents", "send", "Deploy and be seen").line();

    assertThat(String.join("\n", banner))
        .contains("Sign in  http://127.0.0.1:", "export AXME_API_KEY=axme_sa_", "intents send");
    assertThat(firstWith("be seen", lines)).contains(" wants to deploy ").endsWith("/tasks/" + id);
  }

  @Test
  void itStopsInOrderWhenTold() throws Exception {
    Process server = up("--json");
    output(server).readLine();

    server.destroy();

    assertThat(server.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(server.exitValue()).isZero();
  }

  @Test
  void aSecondServerOnTheSameDataIsRefusedWithTheFirstOnesAddress() throws Exception {
    Serving serving = Serving.parse(output(up("--json")).readLine());

    Process second = up("--json");

    assertThat(second.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(second.exitValue()).isNotZero();
    assertThat(
            new String(
                second.getErrorStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
        .contains(serving.baseUrl());
  }

  @Test
  void anUnknownFlagStopsTheStartAndSuggestsTheNearest() throws Exception {
    Process server = up("--prot", "8420");

    assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(server.exitValue()).isEqualTo(Exit.USAGE);
    assertThat(
            new String(
                server.getErrorStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
        .contains("--prot", "--port");
  }

  private Process up(String... more) throws IOException {
    List<String> command = SameProgram.command("up", "--port", "0", "--data", data.toString());
    command.addAll(List.of(more));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("HOME", home.toString());
    Process process = builder.start();
    started.add(process);
    return process;
  }

  private static BufferedReader output(Process process) {
    return process.inputReader();
  }

  private static String firstWith(String word, BufferedReader lines) throws IOException {
    String line = lines.readLine();
    while (!line.contains(word)) {
      line = lines.readLine();
    }
    return line;
  }
}
