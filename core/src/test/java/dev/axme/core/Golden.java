package dev.axme.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that pin what outlives a release: rewritten by {@code -Dgolden.update}, never silently. */
final class Golden {
  private static final Path HOME = Path.of("src", "test", "resources", "golden");

  private Golden() {}

  static void assertGolden(String name, String actual) throws IOException {
    Path file = HOME.resolve(name);
    if (System.getProperty("golden.update") != null) {
      Files.createDirectories(HOME);
      Files.writeString(file, actual);
    }
    assertThat(file).as("Run once with -Dgolden.update to make %s", file).exists();
    assertThat(actual)
        .as("If this change is meant, run with -Dgolden.update and look at the difference")
        .isEqualTo(Files.readString(file));
  }
}
