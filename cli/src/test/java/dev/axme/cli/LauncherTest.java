package dev.axme.cli;

import static dev.axme.cli.LauncherSandbox.finish;
import static dev.axme.cli.LauncherSandbox.touch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.axme.cli.LauncherSandbox.Result;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Building and running: once, only what is stale, and with everything that the caller said. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
  @TempDir Path dir;
  LauncherSandbox box;

  @BeforeEach
  void aCheckoutWithAJdk() throws IOException {
    box = new LauncherSandbox(dir.toRealPath());
    box.jdk("jdk-25", "25.0.3");
  }

  @Test
  void buildsOnceAndSaysSo() throws Exception {
    Result first = box.run("version");
    Result second = box.run("version");

    assertThat(first.exit()).isZero();
    assertThat(first.err()).contains("for the first time", "axme-cli [1/1]");
    assertThat(second.err()).isEmpty();
    assertThat(second.out()).isEqualTo(first.out());
    assertThat(box.mavenRuns())
        .hasSize(1)
        .first()
        .asString()
        .contains("-DskipChecks", "package -pl cli -am");
  }

  @Test
  void aChangedSourceIsBuilt() throws Exception {
    Path source = box.source("core");
    box.run("version");

    touch(source);
    Result afterwards = box.run("version");

    assertThat(afterwards.err()).contains("sources have changed");
    assertThat(box.mavenRuns()).hasSize(2);
  }

  @Test
  void aRemovedSourceIsBuilt() throws Exception {
    Path source = box.source("core");
    box.run("version");

    Files.delete(source);
    box.run("version");

    assertThat(box.mavenRuns()).hasSize(2);
  }

  @Test
  void whatOnlyTheLoadGeneratorNeedsIsNotBuiltForTheProgram() throws Exception {
    box.run("version");

    touch(box.source("bench"));
    box.run("version");

    assertThat(box.mavenRuns()).hasSize(1);
  }

  @Test
  void aFailingBuildShowsTheEndOfItsLogAndIsTriedAgain() throws Exception {
    box.order("break-build");
    Result broken = box.run("version");
    box.withdraw("break-build");
    Result mended = box.run("version");

    assertThat(broken.exit()).isEqualTo(1);
    assertThat(broken.out()).isEmpty();
    assertThat(broken.err())
        .contains(
            "[ERROR] Rules.java:[3,5] cannot find symbol",
            box.built().resolve("build.log").toString())
        .doesNotContain("noise");
    assertThat(mended.exit()).isZero();
  }

  @Test
  void twoCallsAtTheSameTimeBuildOnce() throws Exception {
    box.order("hold-build");
    Process first = box.start("version");
    awaitLine(first.errorReader(), "building cli");
    Process second = box.start("version");
    awaitLine(second.errorReader(), "another axme is building");
    box.withdraw("hold-build");

    assertThat(finish(first).exit()).isZero();
    assertThat(finish(second).exit()).isZero();
    assertThat(box.mavenRuns()).hasSize(1);
  }

  @Test
  void theLockOfADeadProcessIsTakenOver() throws Exception {
    Process dead = box.process("sh", "-c", "exit 0").start();
    finish(dead);
    Files.createDirectories(box.built());
    Files.writeString(box.built().resolve("lock"), dead.pid() + "\n");

    Result result = box.run("version");

    assertThat(result.exit()).isZero();
    assertThat(box.built().resolve("lock")).doesNotExist();
  }

  @Test
  void argumentsArriveAsTheyWereGiven() throws Exception {
    Result result = box.run("tasks", "reject", "t 1", "", "*", "--comment=it's \"no\" \\ $HOME");

    assertThat(result.outLines())
        .endsWith("[tasks]", "[reject]", "[t 1]", "[]", "[*]", "[--comment=it's \"no\" \\ $HOME]");
  }

  @Test
  void worksThroughASymbolicLinkAndFromAnotherDirectory() throws Exception {
    Path elsewhere = Files.createDirectories(box.home().resolve("some where"));
    Path near = Files.createSymbolicLink(elsewhere.resolve("near"), box.launcher());
    Path link =
        Files.createSymbolicLink(
            box.bin().resolve("axme"), Path.of("../home/some where").resolve(near.getFileName()));

    Result result =
        finish(box.process(link.toString(), "version").directory(elsewhere.toFile()).start());

    assertThat(result.exit()).isZero();
    assertThat(result.outLines()).contains("in " + elsewhere, "[version]");
    assertThat(result.out()).contains(box.built().toString());
  }

  @Test
  void aCommandStartsQuicklyAndAServerRunsFast() throws Exception {
    Result command = box.run("tasks", "list");
    Result server = box.run("--verbose", "up", "--port", "0");

    assertThat(command.out())
        .contains("[-XX:+UseSerialGC]", "[-XX:TieredStopAtLevel=1]", "/client.aot]");
    assertThat(server.out()).doesNotContain("Tiered", "SerialGC").contains("/server.aot]");
  }

  @Test
  void javaOptionsAreAppendedToTheFlags() throws Exception {
    Result result = box.with("AXME_JAVA_OPTS", "-Xmx64m -Da=*").run("version");

    assertThat(result.out()).contains("[-Xmx64m]\n[-Da=*]\n");
  }

  @Test
  void whatAStartNeedsIsRecordedWithoutTheCallersSettings() throws Exception {
    box.with("AXME_STORE", "postgres://production").run("version");

    assertThat(Files.readAllLines(dir.toRealPath().resolve("jdks/jdk-25/recorded")))
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).endsWith("store: unset"))
        .anySatisfy(line -> assertThat(line).contains(" up --json --no-context --port 0 --data "))
        .anySatisfy(line -> assertThat(line).contains(" --api-key scratch-key"));
    assertThat(box.built().resolve("training")).doesNotExist();
  }

  @Test
  void aDamagedAotCacheIsNotWorthAWord() throws Exception {
    Path real = Path.of(System.getProperty("java.home"));
    assumeTrue(Files.isExecutable(real.resolve("bin/javac")));
    aProgram(box.home().resolve("real.jar"));
    box.with("JAVA_HOME", real.toString());
    Result whole = box.run("version", "again");

    for (Path cache : caches()) {
      assertThat(cache).isNotEmptyFile();
      Files.writeString(cache, "no cache at all");
    }
    Result damaged = box.run("version", "again");

    assertThat(damaged).isEqualTo(new Result(0, "[version, again]\n", ""));
    assertThat(whole.out()).isEqualTo(damaged.out());
  }

  @Test
  void aRunningServerKeepsItsJarsAndAnEndedOneDoesNot() throws Exception {
    Path source = box.source("core");
    box.order("hold-server");
    Process server = box.start("up");
    awaitLine(server.inputReader(), "[up]");
    Path apps = box.built().resolve("app");
    List<Path> first = list(apps);
    rebuild(source);
    rebuild(source);

    assertThat(list(apps)).hasSize(3).containsAll(first);

    box.withdraw("hold-server");
    assertThat(finish(server).exit()).isZero();
    rebuild(source);

    assertThat(list(apps)).hasSize(2).doesNotContainAnyElementsOf(first);
  }

  @Test
  void aReadOnlyCheckoutRunsAsItWasBuilt() throws Exception {
    Path source = box.source("core");
    box.run("version");
    touch(source);
    boolean root = "root".equals(System.getProperty("user.name"));
    assumeTrue(!root || Files.exists(box.bin().resolve("setpriv")));
    finish(box.process("chmod", "-R", "a-w,a+rX", box.root().toString()).start());

    var command = new ArrayList<String>();
    if (root) {
      command.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
    }
    command.addAll(List.of(box.launcher().toString(), "version"));
    Result result = finish(box.process(command.toArray(String[]::new)).start());
    finish(box.process("chmod", "-R", "u+w", box.root().toString()).start());

    assertThat(result.err()).isEmpty();
    assertThat(result.outLines()).endsWith("[version]");
    assertThat(box.mavenRuns()).hasSize(1);
  }

  private void rebuild(Path source) throws Exception {
    touch(source);
    finish(box.start("build"));
  }

  private List<Path> caches() throws IOException {
    try (var files = Files.walk(box.built())) {
      return files.filter(file -> file.toString().endsWith(".aot")).toList();
    }
  }

  private static List<Path> list(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      return files.toList();
    }
  }

  /** Packs a program that prints its arguments, under the name that the launcher starts. */
  private void aProgram(Path jar) throws Exception {
    Path source = Files.createDirectories(dir.resolve("program")).resolve("Main.java");
    Files.writeString(
        source,
        """
        package dev.axme.cli;

        class Main {
          public static void main(String[] args) {
            System.out.println(java.util.Arrays.toString(args));
          }
        }
        """);
    Path classes = dir.resolve("classes");
    Path jdk = Path.of(System.getProperty("java.home"), "bin");
    finish(
        box.process(jdk.resolve("javac").toString(), "-d", classes.toString(), source.toString())
            .start());
    finish(
        box.process(
                jdk.resolve("jar").toString(), "cf", jar.toString(), "-C", classes.toString(), ".")
            .start());
  }

  private static void awaitLine(BufferedReader reader, String part) throws IOException {
    String line;
    do {
      line = reader.readLine();
      assertThat(line).as("a line with <%s>", part).isNotNull();
    } while (!line.contains(part));
  }
}
