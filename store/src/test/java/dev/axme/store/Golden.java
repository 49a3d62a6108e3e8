package dev.axme.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Files that pin what outlives a release: rewritten by {@code -Dgolden.update}, never silently. */
final class Golden {
  private final Path home;

  Golden(String directory) {
    this.home = Path.of("src", "test", "resources", "golden").resolve(directory);
  }

  static boolean updating() {
    return System.getProperty("golden.update") != null;
  }

  void assertSame(String name, String actual) {
    try {
      Path file = home.resolve(name);
      if (updating()) {
        Files.createDirectories(home);
        Files.writeString(file, actual + "\n");
      }
      assertThat(file).as("Run once with -Dgolden.update to make %s", file).exists();
      assertThat(actual)
          .as("If this change is meant, run with -Dgolden.update and look at the difference")
          .isEqualTo(read(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String read(String name) {
    try {
      return Files.readString(home.resolve(name)).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Set<String> names() {
    try (Stream<Path> files = Files.list(home)) {
      return files
          .map(f -> f.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
