package dev.axme.bench.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A command line that becomes a JVM, with what it needs in its environment. The process id is the
 * JVM's own: the launcher is replaced by it.
 */
public record JavaCommand(List<String> line, Map<String, String> environment) {
  private static final String CLASS_PATH_OF_TESTS = "surefire.test.class.path";

  public JavaCommand {
    line = List.copyOf(line);
    environment = Map.copyOf(environment);
  }

  /**
   * The command line of {@code axme}: through its launcher, as people start it, or, in tests, from
   * the class path of the tests.
   */
  public static JavaCommand axme(List<String> jvm, List<String> arguments) {
    if (System.getProperty(CLASS_PATH_OF_TESTS) != null) {
      return java(jvm, "dev.axme.cli.Main", arguments);
    }
    var line = new ArrayList<String>();
    line.add(launcher().toString());
    line.addAll(arguments);
    return new JavaCommand(line, Map.of("AXME_JAVA_OPTS", String.join(" ", jvm)));
  }

  /** A main class of this module, on the class path of this process. */
  public static JavaCommand ours(Class<?> main, String... arguments) {
    return java(List.of(), main.getName(), List.of(arguments));
  }

  private static JavaCommand java(List<String> jvm, String main, List<String> arguments) {
    String ofTests = System.getProperty(CLASS_PATH_OF_TESTS);
    var line = new ArrayList<String>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add("--enable-native-access=ALL-UNNAMED");
    line.add("--sun-misc-unsafe-memory-access=allow");
    line.addAll(jvm);
    line.add("-cp");
    line.add(ofTests == null ? System.getProperty("java.class.path") : ofTests);
    line.add(main);
    line.addAll(arguments);
    return new JavaCommand(line, Map.of());
  }

  /** The launcher that started this program says where it is; else the nearest one above. */
  private static Path launcher() {
    Optional<String> named = Optional.ofNullable(System.getenv("AXME_LAUNCHER"));
    if (named.isPresent()) {
      return Path.of(named.get());
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isExecutable(at.resolve("axme"))
          && Files.isRegularFile(at.resolve("cli/pom.xml"))) {
        return at.resolve("axme");
      }
    }
    throw new IllegalStateException("Expected to run inside the repository: ./axme bench ...");
  }
}
