package dev.axme.server.pages;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The name of a workflow's step in words: {@code sign_off} is "Sign off". */
public final class StepName {
  private static final int LONGEST = 100;

  private StepName() {}

  /** The words; the parts of a name with dots are told apart by colons. */
  public static String of(String step) {
    String clipped = Labels.clip(step.strip(), LONGEST);
    return Arrays.stream(clipped.split("\\."))
        .filter(part -> !part.isBlank())
        .map(Labels::of)
        .collect(Collectors.collectingAndThen(Collectors.joining(": "), StepName::orAsItIs));
  }

  private static String orAsItIs(String words) {
    return words.isEmpty() ? "Step" : words;
  }
}
