package dev.axme.bench.crash;

import java.util.List;

/**
 * Opens the store itself, after an orderly stop and with no server on it, and compares what the log
 * folds to with what the views say.
 */
@FunctionalInterface
public interface StoreCheck {
  /** What does not agree; empty when all is well. */
  List<String> disagreements() throws Exception;
}
