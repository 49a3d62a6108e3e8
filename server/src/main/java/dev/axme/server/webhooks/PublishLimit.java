package dev.axme.server.webhooks;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.axme.core.WorkspaceId;
import dev.axme.server.http.Problem;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;

/**
 * How many events a workspace publishes in a minute, on each server. Receivers that answer every
 * event with an event run into it, however many of them set each other off.
 */
final class PublishLimit {
  private final int perMinute;
  private final Cache<WorkspaceId, Bucket> buckets =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterAccess(Duration.ofMinutes(5)).build();

  PublishLimit(int perMinute) {
    this.perMinute = perMinute;
  }

  /** Counts one event; 429 when it is one too many. */
  void take(WorkspaceId workspace) {
    ConsumptionProbe probe = buckets.get(workspace, _ -> bucket()).tryConsumeAndReturnRemaining(1);
    if (!probe.isConsumed()) {
      throw Problem.tooMany(
          "This workspace publishes more than "
              + perMinute
              + " events a minute. Does a receiver publish an event for each one that it gets?",
          Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }
  }

  private Bucket bucket() {
    return Bucket.builder()
        .addLimit(l -> l.capacity(perMinute).refillGreedy(perMinute, Duration.ofMinutes(1)))
        .build();
  }
}
