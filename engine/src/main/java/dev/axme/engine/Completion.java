package dev.axme.engine;

import java.util.concurrent.Executor;

/** Who is told what became of a submission. */
public interface Completion {
  /** Where {@link #complete} runs; the answers of one batch reach an executor in one task. */
  Executor executor();

  /** Takes the answer; must not block. */
  void complete(Answer answer);
}
