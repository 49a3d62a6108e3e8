package dev.axme.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The story, told for real: servers are started and killed. */
class DemoTest {
  @TempDir private Path home;

  @Test
  void unattendedItApprovesAndChecksEveryStep() {
    Typed demo = Typed.At.home(home).axme("demo", "--yes");

    assertThat(demo.exitCode()).describedAs(demo.err()).isEqualTo(Exit.DONE);
    assertThat(demo.out())
        .containsSubsequence(
            "A server starts",
            "Deploy model v2.3 to production",
            "killed while the approval waits",
            "the request still waits, its 4 events are the same",
            "Somebody approves",
            "Approved by",
            "What happened",
            "(killed and restarted here)");
  }

  @Test
  void aNoTypedIntoTheTerminalReachesTheAgent() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    byte[] typed = "perhaps\nn\n".getBytes(StandardCharsets.UTF_8);

    int exitCode =
        Main.run(
            new Shell(
                stream,
                stream,
                new ByteArrayInputStream(typed),
                Map.of("HOME", home.toString()),
                false,
                "axme"),
            "demo");

    assertThat(exitCode).isEqualTo(Exit.DONE);
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("Rejected by");
  }
}
