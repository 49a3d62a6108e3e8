package dev.axme.cli;

import static dev.axme.cli.LauncherSandbox.script;
import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.cli.LauncherSandbox.Result;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher does itself: {@code ./axme test}, {@code bench}, {@code java}. */
@DisabledOnOs(OS.WINDOWS)
class LauncherCommandsTest {
  private static final String APT =
      """
      #!/bin/sh
      printf 'apt-get %s\\n' "$*" >&2
      for tool in chromium strace; do printf '#!/bin/sh\\n' >"${0%/*}/$tool"; chmod +x "${0%/*}/$tool"; done
      """;

  @TempDir Path dir;
  LauncherSandbox box;

  @BeforeEach
  void aCheckoutWithAJdkAndSomeTools() throws IOException {
    box = new LauncherSandbox(dir.toRealPath());
    box.jdk("jdk-25", "25.0.3");
    script(box.bin().resolve("curl"), "#!/bin/sh\n");
    script(box.bin().resolve("xz"), "#!/bin/sh\n");
    script(box.bin().resolve("python3"), "#!/bin/sh\n");
    script(box.bin().resolve("id"), "#!/bin/sh\necho 0\n");
  }

  @Test
  void installsOnlyWhatIsMissing() throws Exception {
    script(box.bin().resolve("apt-get"), APT);

    Result result = box.run("test", "-pl", "core");

    assertThat(result.exit()).isZero();
    assertThat(result.err())
        .contains(
            "installing what the tests need: chromium strace\n",
            "--no-install-recommends chromium strace\n")
        .doesNotContain("skipped");
    assertThat(box.mavenRuns()).last().asString().isEqualTo("-ntp verify -pl core");
  }

  @Test
  void elsewhereItSaysWhichTestsAreSkipped() throws Exception {
    Result result = box.run("test");

    assertThat(result.err())
        .contains("missing: chromium strace; these tests will be skipped: the pages in a browser");
    assertThat(result.out()).isEqualTo("verify, no skip: unset\n");
  }

  @Test
  void continuousIntegrationSkipsNothing() throws Exception {
    Result result = box.with("CI", "true").run("test");

    assertThat(result.out()).isEqualTo("verify, no skip: 1\n");
  }

  @Test
  void theLoadGeneratorRunsFromItsOwnJarsAndKnowsTheLauncher() throws Exception {
    box.source("bench");

    Result result = box.run("bench", "decide", "--for", "10 s");

    assertThat(box.mavenRuns()).hasSize(2).last().asString().endsWith("-pl bench -am");
    assertThat(result.out())
        .contains("/bench/target/launcher/app/", "launcher " + box.launcher() + "\n");
    assertThat(result.outLines())
        .endsWith("[dev.axme.bench.Main]", "[decide]", "[--for]", "[10 s]");
  }

  @Test
  void aProgramOfOneFileRunsWithTheClientOnItsClassPath() throws Exception {
    Result result = box.run("java", "Agent.java", "a word");

    assertThat(result.out()).contains("/cli/target/launcher/app/", "/lib/*");
    assertThat(result.outLines()).endsWith("[Agent.java]", "[a word]");
    assertThat(box.run("java").err()).contains("name a program");
  }
}
