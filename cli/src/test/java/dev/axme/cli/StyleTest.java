package dev.axme.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules about sources that no compiler knows. */
class StyleTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @Test
  void testsWaitForWhatHappensAndNeverSleep() throws IOException {
    String sleep = "Thread" + ".sleep(";

    List<Path> tests = tests();

    assertThat(tests).hasSizeGreaterThan(50);
    assertThat(tests).filteredOn(file -> contains(file, sleep)).isEmpty();
  }

  private static List<Path> tests() throws IOException {
    List<Path> tests = new ArrayList<>();
    for (String module :
        List.of("core", "store", "engine", "channels", "server", "sdk", "cli", "bench")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
        files.filter(file -> file.toString().endsWith(".java")).forEach(tests::add);
      }
    }
    return tests;
  }

  private static boolean contains(Path file, String text) {
    try {
      return Files.readString(file).contains(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
