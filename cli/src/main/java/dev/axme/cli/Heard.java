package dev.axme.cli;

import dev.axme.sdk.AxmeClient;
import dev.axme.sdk.Result;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How an intent ended, and when that was known here. */
record Heard(Result result, long at) {
  private static final long PATIENCE_SECONDS = 90;

  /** Begins to wait for the end of an intent, over whatever happens to the server. */
  static CompletableFuture<Heard> end(AxmeClient client, UUID id) {
    CompletableFuture<Heard> end = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                Result result = client.waitFor(id);
                end.complete(new Heard(result, System.nanoTime()));
              } catch (RuntimeException e) {
                end.completeExceptionally(e);
              }
            });
    return end;
  }

  /** Takes what must come soon, now that it is decided. */
  static Heard soon(CompletableFuture<Heard> end, String what) {
    try {
      return end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CliException.error("Interrupted");
    } catch (ExecutionException | TimeoutException e) {
      throw CliException.error("Expected " + what + ", but none came: " + e);
    }
  }
}
