package dev.axme.bench.trouble;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Programs of the system that these tests need. */
final class Tools {
  private Tools() {}

  /** Skips the test with a reason when a program is missing, unless skipping is forbidden. */
  static void need(String program) {
    boolean there =
        List.of(System.getenv().getOrDefault("PATH", "").split(":")).stream()
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    if (!there && "1".equals(System.getenv("AXME_CI_NO_SKIP"))) {
      throw new AssertionError("Expected " + program + " on this machine: install it");
    }
    assumeTrue(there, program + " is not installed");
  }

  /** Skips the test unless it may mount file systems. */
  static void needRoot() {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root may mount");
  }

  /** Runs a program that must succeed. */
  static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError(String.join(" ", command) + " failed: " + output);
    }
  }
}
