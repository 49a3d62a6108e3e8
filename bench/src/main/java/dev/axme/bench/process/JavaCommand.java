package dev.axme.bench.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** How Java programs of this repository are run as processes of their own. */
public final class JavaCommand {
  private JavaCommand() {}

  /**
   * The command line of {@code axme}: from the jars that the build made, or, in tests, from the
   * class path of the tests.
   */
  public static List<String> axme(List<String> jvm, String... arguments) {
    String main = "dev.axme.cli.Main";
    if (System.getProperty("surefire.test.class.path") != null) {
      return java(ownClassPath(), jvm, main, arguments);
    }
    Path target = home().resolve("cli/target");
    String classPath = axmeJar(target) + File.pathSeparator + target.resolve("lib") + "/*";
    return java(classPath, jvm, main, arguments);
  }

  /** A main class of this module. */
  public static List<String> ours(Class<?> main, String... arguments) {
    return java(ownClassPath(), List.of(), main.getName(), arguments);
  }

  private static String ownClassPath() {
    String ofTests = System.getProperty("surefire.test.class.path");
    return ofTests == null ? System.getProperty("java.class.path") : ofTests;
  }

  private static List<String> java(
      String classPath, List<String> jvm, String main, String... arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.addAll(jvm);
    command.add("-cp");
    command.add(classPath);
    command.add(main);
    command.addAll(List.of(arguments));
    return command;
  }

  /** The repository: system property {@code axme.home}, or the nearest folder above that fits. */
  static Path home() {
    String named = System.getProperty("axme.home");
    if (named != null) {
      return Path.of(named);
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isRegularFile(at.resolve("cli/pom.xml"))) {
        return at;
      }
    }
    throw new IllegalStateException("Run this inside the repository, or set -Daxme.home=DIR");
  }

  private static Path axmeJar(Path target) {
    if (Files.isDirectory(target)) {
      try (Stream<Path> files = Files.list(target)) {
        return files
            .filter(f -> f.getFileName().toString().matches("axme-cli-[0-9.]+\\.jar"))
            .findFirst()
            .orElseThrow(() -> notBuilt(target));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    throw notBuilt(target);
  }

  private static IllegalStateException notBuilt(Path target) {
    return new IllegalStateException(
        "Expected axme-cli-*.jar in " + target + ": build it first (./axme version does)");
  }
}
