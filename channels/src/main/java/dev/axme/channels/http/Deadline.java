package dev.axme.channels.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** The time that one call has. */
record Deadline(long began, Duration limit) {
  static Deadline in(Duration limit) {
    return new Deadline(System.nanoTime(), limit);
  }

  Duration spent() {
    return Duration.ofNanos(System.nanoTime() - began);
  }

  /** At least a millisecond, so that it can be waited for. */
  Duration left() {
    Duration left = limit.minus(spent());
    return left.toMillis() < 1 ? Duration.ofMillis(1) : left;
  }

  /** Waits until it is done or the time is up. */
  void waitFor(CompletableFuture<?> future) {
    try {
      future.get(left().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      // What is there by now is what there is.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Waits for it.
   *
   * @param late what is done with a value that comes when nobody waits any more
   * @throws CallFailed when it fails, or does not come in time: {@code tooLate} and the limit
   */
  <T> T await(CompletableFuture<T> future, String tooLate, Consumer<T> late) {
    try {
      return future.get(left().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      var _ = future.thenAccept(late);
      throw new CallFailed(
          Outcome.Cause.TIMED_OUT, "%s (%d s).".formatted(tooLate, limit.toSeconds()));
    } catch (ExecutionException e) {
      throw CallFailed.of(e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      var _ = future.thenAccept(late);
      throw new CallFailed(Outcome.Cause.TIMED_OUT, "The server stopped meanwhile.");
    }
  }
}
