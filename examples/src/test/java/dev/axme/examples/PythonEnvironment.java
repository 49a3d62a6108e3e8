package dev.axme.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A virtual environment with an example's requirements, made once per example and build directory.
 */
final class PythonEnvironment {

  private static final List<String> CANDIDATES =
      List.of("python3", "python3.14", "python3.13", "python3.12", "python3.11");
  private static final String RECENT = "import sys, venv; sys.exit(sys.version_info < (3, 11))";

  private PythonEnvironment() {}

  /** The interpreter that has what an example requires; skips the test when the machine cannot. */
  static synchronized Path interpreter(String example) throws IOException {
    Path examples = Axme.repository().resolve("examples");
    Path requirements = examples.resolve(example).resolve("requirements.txt");
    Path environment = examples.resolve("target/venv").resolve(example);
    Path python = environment.resolve("bin/python");
    Path stamp = environment.resolve("installed.txt");
    String wanted = Files.readString(requirements);
    if (!Files.exists(stamp) || !Files.readString(stamp).equals(wanted)) {
      make(environment, python, requirements);
      Files.writeString(stamp, wanted);
    }
    return python;
  }

  private static void make(Path environment, Path python, Path requirements) throws IOException {
    Files.createDirectories(environment);
    String base = CANDIDATES.stream().filter(PythonEnvironment::suits).findFirst().orElse("");
    Needs.that(!base.isEmpty(), "Needs Python 3.11 or newer with venv");
    must(List.of(base, "-m", "venv", "--clear", environment.toString()), environment);
    must(
        List.of(python.toString(), "-m", "pip", "install", "-q", "-r", requirements.toString()),
        environment);
  }

  private static boolean suits(String candidate) {
    List<String> command = List.of("sh", "-c", "exec \"$0\" -c \"$1\"", candidate, RECENT);
    try (Program program = Program.start(command, Map.of(), Path.of("/"))) {
      return program.exitCode() == 0;
    }
  }

  private static void must(List<String> command, Path directory) {
    try (Program program = Program.start(command, Map.of(), directory)) {
      int code = program.exitCode();
      Needs.that(code == 0, String.join(" ", command) + " failed: " + program.output());
    }
  }
}
