package dev.axme.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A checkout with the real launcher in it and nothing else that is real: its JDKs are shell scripts
 * that print what they were told, its Maven is one that makes two files. Neither network nor the
 * machine's JDKs are seen.
 */
final class LauncherSandbox {
  private static final Set<String> TOOLS =
      Set.of(
          "awk",
          "cat",
          "chmod",
          "cp",
          "cut",
          "date",
          "env",
          "find",
          "grep",
          "gzip",
          "head",
          "ln",
          "mkdir",
          "mkfifo",
          "mv",
          "readlink",
          "rm",
          "rmdir",
          "sed",
          "setpriv",
          "sh",
          "sha256sum",
          "shasum",
          "sleep",
          "tail",
          "tar",
          "touch",
          "tr",
          "uname");

  private static final String JAVA =
      """
      #!/bin/sh
      for a; do
        case $a in
          -XX:AOTCacheOutput=*)
            : >"${a#*=}"
            printf '%s, store: %s\\n' "$*" "${AXME_STORE-unset}" >>"${0%/bin/java}/recorded"
            printf '{"base_url":"http://127.0.0.1:1","api_key":"scratch-key"}\\n'
            exit
            ;;
        esac
      done
      printf 'jdk %s\\n' "${0%/bin/java}"
      printf 'in %s\\n' "$PWD"
      printf 'launcher %s\\n' "${AXME_LAUNCHER-unset}"
      for a; do printf '[%s]\\n' "$a"; done
      n=0
      while [ -f "$HOME/hold-server" ] && [ $n -lt 1200 ]; do n=$((n + 1)); sleep 0.05; done
      """;

  private static final String MAVEN =
      """
      #!/bin/sh
      printf '%s\\n' "$*" >>"$HOME/builds"
      case " $* " in *' verify '*) printf 'verify, no skip: %s\\n' "${AXME_CI_NO_SKIP-unset}"; exit 0 ;; esac
      n=0
      while [ -f "$HOME/hold-build" ] && [ $n -lt 1200 ]; do n=$((n + 1)); sleep 0.05; done
      printf '[INFO] Building axme-cli 0.1.0          [1/1]\\n'
      if [ -f "$HOME/break-build" ]; then
        printf '[INFO] noise\\n[ERROR] Rules.java:[3,5] cannot find symbol\\n'
        exit 1
      fi
      case $* in *'-pl bench'*) module=bench ;; *) module=cli ;; esac
      cd $module/target/launcher && mkdir -p lib && : >lib/library.jar
      if [ -f "$HOME/real.jar" ]; then cp "$HOME/real.jar" axme-$module-0.1.0.jar; else : >axme-$module-0.1.0.jar; fi
      """;

  /** What a finished launcher left behind. */
  record Result(int exit, String out, String err) {
    List<String> outLines() {
      return out.lines().toList();
    }
  }

  private final Path dir;
  private final Map<String, String> environment = new HashMap<>();

  LauncherSandbox(Path dir) {
    this.dir = dir;
    try {
      lay();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    environment.put("PATH", bin().toString());
    environment.put("HOME", home().toString());
    environment.put("AXME_JDK_SEARCH", dir.resolve("jdks").toString());
  }

  private void lay() throws IOException {
    Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxr-xr-x"));
    for (Path made : List.of(root(), bin(), home(), dir.resolve("jdks"), root().resolve(".mvn"))) {
      Files.createDirectories(made);
    }
    copyLauncher();
    script(root().resolve("mvnw"), MAVEN);
    Files.writeString(
        root().resolve("pom.xml"), "<project>\n  <version>0.1.0</version>\n</project>\n");
    source("core");
    source("cli");
    for (String tool : TOOLS) {
      tool(tool);
    }
  }

  /** Puts one of the machine's tools into PATH, if the machine has it. */
  void tool(String name) throws IOException {
    for (Path place : List.of(Path.of("/usr/bin", name), Path.of("/bin", name))) {
      if (Files.exists(place)) {
        script(bin().resolve(name), "#!/bin/sh\nexec %s \"$@\"\n".formatted(place));
        return;
      }
    }
  }

  private void copyLauncher() throws IOException {
    Path checkout = Path.of("..").toAbsolutePath().normalize();
    Files.copy(checkout.resolve("axme"), launcher(), StandardCopyOption.COPY_ATTRIBUTES);
    Path parts = Files.createDirectory(root().resolve("launcher"));
    try (var files = Files.list(checkout.resolve("launcher"))) {
      for (Path part : files.toList()) {
        Files.copy(part, parts.resolve(part.getFileName()));
      }
    }
  }

  /** Adds a module with one source file to the checkout, and returns that file. */
  Path source(String module) throws IOException {
    Path file = root().resolve(module).resolve("src/main/java/Some.java");
    Files.createDirectories(file.getParent());
    Files.writeString(root().resolve(module).resolve("pom.xml"), "<project/>\n");
    return Files.writeString(file, "class Some {}\n");
  }

  /** The checkout; a blank in its path must hurt nothing. */
  Path root() {
    return dir.resolve("a checkout");
  }

  Path launcher() {
    return root().resolve("axme");
  }

  Path home() {
    return dir.resolve("home");
  }

  /** The only directory in PATH. */
  Path bin() {
    return dir.resolve("bin");
  }

  /** Where the launcher's builds of the program go. */
  Path built() {
    return root().resolve("cli/target/launcher");
  }

  LauncherSandbox with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Makes a JDK of the given version where the launcher looks for them. */
  Path jdk(String name, String version) throws IOException {
    return jdk(dir.resolve("jdks").resolve(name), version);
  }

  static Path jdk(Path at, String version) throws IOException {
    Files.createDirectories(at.resolve("bin"));
    Files.writeString(
        at.resolve("release"),
        "IMPLEMENTOR=\"Somebody\"\nJAVA_VERSION=\"%s\"\n".formatted(version));
    script(at.resolve("bin/java"), JAVA);
    script(at.resolve("bin/javac"), "#!/bin/sh\n");
    return at;
  }

  static Path script(Path file, String text) throws IOException {
    Files.writeString(file, text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Puts an empty file into the home directory, where the fakes look for their orders. */
  void order(String name) throws IOException {
    Files.writeString(home().resolve(name), "");
  }

  void withdraw(String name) throws IOException {
    Files.delete(home().resolve(name));
  }

  /** The arguments of each Maven run so far. */
  List<String> mavenRuns() throws IOException {
    Path runs = home().resolve("builds");
    return Files.exists(runs) ? Files.readAllLines(runs) : List.of();
  }

  /** Makes a file look as if it was written just now, whatever the clock's grain. */
  static void touch(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plus(Duration.ofSeconds(1))));
  }

  ProcessBuilder process(String... command) {
    var process = new ProcessBuilder(command).directory(home().toFile());
    process.environment().clear();
    process.environment().putAll(environment);
    return process;
  }

  Process start(String... arguments) throws IOException {
    var command = new ArrayList<>(List.of(launcher().toString()));
    command.addAll(List.of(arguments));
    return process(command.toArray(String[]::new)).start();
  }

  Result run(String... arguments) throws Exception {
    return finish(start(arguments));
  }

  /** Waits for a process; what it writes must fit into a pipe. */
  static Result finish(Process process) throws Exception {
    process.getOutputStream().close();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(
          "The launcher did not end: "
              + new String(process.getErrorStream().readAllBytes(), UTF_8));
    }
    return new Result(
        process.exitValue(),
        new String(process.getInputStream().readAllBytes(), UTF_8),
        new String(process.getErrorStream().readAllBytes(), UTF_8));
  }
}
