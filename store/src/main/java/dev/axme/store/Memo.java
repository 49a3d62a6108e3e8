package dev.axme.store;

import dev.axme.core.IntentId;
import java.time.Instant;
import java.util.List;

/** The compact outcome that an idempotency key keeps: from it the same answer is made again. */
public sealed interface Memo {
  /** The intent that the request led to. */
  IntentId intent();

  /** The request was accepted; the answer is read from the root folded to {@code append}. */
  record Accepted(IntentId intent, int append, List<String> warnings) implements Memo {
    public Accepted {
      warnings = List.copyOf(warnings);
    }
  }

  /** The request changed nothing: a lost compare-and-set against {@code generation}. */
  record StaleGeneration(IntentId intent, int generation, Instant at) implements Memo {}
}
