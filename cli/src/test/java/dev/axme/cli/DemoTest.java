package dev.axme.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The story, told for real: servers and agents are started and killed. */
@Timeout(300)
class DemoTest {
  private static final Pattern PROCESS = Pattern.compile("process (\\d+)");

  @TempDir private Path home;

  @Test
  void unattendedItApprovesAndChecksEveryStep() {
    Typed demo = Typed.At.home(home).axme("demo", "--yes");

    assertThat(demo.exitCode()).describedAs(demo.err()).isEqualTo(Exit.DONE);
    assertThat(demo.out())
        .containsSubsequence(
            "A server starts",
            "An agent starts",
            "Deploy model v2.3 to production",
            "Both are killed while the approval waits",
            "the approval waits; all 7 events are the same",
            "was handed its task, asked, and found the same request",
            "Somebody approves",
            "Approved by",
            "acted    once",
            "task     completed",
            "What happened",
            "(both killed and restarted here)",
            "in progress by deployer");
  }

  @Test
  void aNoTypedIntoTheTerminalReachesTheAgentWhichDoesNothing() {
    Typed demo = typing("perhaps\nn\n");

    assertThat(demo.exitCode()).describedAs(demo.out()).isEqualTo(Exit.DONE);
    assertThat(demo.out())
        .containsSubsequence(
            "Rejected by", "acted    not at all", "task     failed", "failed: Rejected by");
  }

  @Test
  void anInputThatEndsBeforeTheDecisionEndsTheStory() {
    Typed demo = typing("perhaps\n");

    assertThat(demo.exitCode()).isEqualTo(Exit.ERROR);
    assertThat(demo.out()).contains("The input ended before anybody decided");
    assertThat(processes(demo.out())).hasSize(4).noneMatch(DemoTest::alive);
  }

  /** SIGTERM ends it as Ctrl-C and a terminal that goes away do; SIGKILL runs no handler. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aDemoThatIsEndedLeavesNoProcessBehind(boolean kill) throws Exception {
    List<String> command = new ArrayList<>(SameProgram.command("demo"));
    command.add(1, "-Djava.io.tmpdir=" + home);
    Process demo = new ProcessBuilder(command).redirectErrorStream(true).start();
    List<Long> processes = processes(untilItAsks(demo));
    assertThat(processes).hasSize(4);
    assertThat(processes.subList(2, 4)).allMatch(DemoTest::alive);

    if (kill) {
      demo.destroyForcibly();
    } else {
      demo.destroy();
    }

    assertThat(demo.waitFor(30, TimeUnit.SECONDS)).isTrue();
    for (long process : processes) {
      awaitEnd(process);
    }
    try (Stream<Path> left = Files.list(home)) {
      assertThat(left.filter(file -> file.getFileName().toString().startsWith("axme-demo")))
          .hasSize(kill ? 1 : 0);
    }
  }

  private static String untilItAsks(Process demo) throws IOException {
    StringBuilder said = new StringBuilder();
    BufferedReader lines = demo.inputReader();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      said.append(line).append('\n');
      if (line.contains("tasks approve")) {
        return said.toString();
      }
    }
    throw new AssertionError("Expected a question, found the end: " + said);
  }

  private static List<Long> processes(String story) {
    Matcher pids = PROCESS.matcher(story);
    return pids.results().map(pid -> Long.parseLong(pid.group(1))).distinct().toList();
  }

  private static boolean alive(long pid) {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
  }

  private static void awaitEnd(long pid) throws Exception {
    Optional<ProcessHandle> process = ProcessHandle.of(pid);
    if (process.isPresent()) {
      process.get().onExit().get(30, TimeUnit.SECONDS);
    }
  }

  private Typed typing(String keys) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    ByteArrayInputStream typed = new ByteArrayInputStream(keys.getBytes(StandardCharsets.UTF_8));
    Map<String, String> environment = Map.of("HOME", home.toString());
    int exitCode = Main.run(new Shell(stream, stream, typed, environment, false, "axme"), "demo");
    return new Typed(exitCode, out.toString(StandardCharsets.UTF_8), "");
  }
}
