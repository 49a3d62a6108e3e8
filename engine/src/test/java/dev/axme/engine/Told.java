package dev.axme.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** A completion that a test waits for, and that notices a second answer. */
final class Told implements Completion {
  private static final int PATIENCE_SECONDS = 30;

  private final Executor executor;
  private final CompletableFuture<Answer> answer = new CompletableFuture<>();
  private final AtomicInteger times = new AtomicInteger();

  Told(Executor executor) {
    this.executor = executor;
  }

  /** Told on the committer's own thread. */
  Told() {
    this(Runnable::run);
  }

  @Override
  public Executor executor() {
    return executor;
  }

  @Override
  public void complete(Answer given) {
    times.incrementAndGet();
    answer.complete(given);
  }

  /** How often an answer came. */
  int times() {
    return times.get();
  }

  boolean waiting() {
    return !answer.isDone();
  }

  Answer answer() {
    try {
      return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new AssertionError("Expected an answer, but none came", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while waiting for an answer", e);
    }
  }

  /** The answer, which must be one of these. */
  <A extends Answer> A answer(Class<A> kind) {
    assertThat(answer()).isInstanceOf(kind);
    return kind.cast(answer());
  }

  Answer.Accepted accepted() {
    return answer(Answer.Accepted.class);
  }
}
