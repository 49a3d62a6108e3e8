package dev.axme.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules about sources that no compiler knows. */
class StyleTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @Test
  void testsWaitForWhatHappensAndNeverSleep() throws IOException {
    String sleep = "Thread" + ".sleep(";

    assertThat(sources("src/test/java")).hasSizeGreaterThan(50);
    assertThat(sources("src/test/java")).filteredOn(file -> contains(file, sleep)).isEmpty();
  }

  private static List<Path> sources(String folder) throws IOException {
    try (Stream<Path> modules = Files.list(ROOT)) {
      return modules
          .map(module -> module.resolve(folder))
          .filter(Files::isDirectory)
          .flatMap(StyleTest::walk)
          .filter(file -> file.toString().endsWith(".java"))
          .toList();
    }
  }

  private static Stream<Path> walk(Path folder) {
    try {
      return Files.walk(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean contains(Path file, String text) {
    try {
      return Files.readString(file).contains(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
