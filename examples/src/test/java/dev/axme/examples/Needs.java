package dev.axme.examples;

import java.util.Objects;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** What a test needs of the machine: without it the test is skipped, with the reason. */
final class Needs {

  private static final String NO_SKIP = "AXME_CI_NO_SKIP";

  private Needs() {}

  /** Skips the test, or fails it where nothing may be skipped. */
  static void that(boolean present, String otherwise) {
    if (Objects.equals(System.getenv(NO_SKIP), "1")) {
      Assertions.assertTrue(present, otherwise);
    }
    Assumptions.assumeTrue(present, otherwise);
  }
}
