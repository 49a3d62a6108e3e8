package dev.axme.sdk;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A step of a workflow that was started (protocol section 2.3).
 *
 * @param kind {@code agent}, {@code human}, {@code delay} and others
 * @param assignedTo the address, contact or role
 * @param status {@code running}, {@code completed}, {@code failed}, {@code rejected}, {@code
 *     timed_out} or {@code canceled}
 * @param intent the step-intent that an agent works on
 * @param result what it came to; empty while it runs
 */
public record Step(
    String id,
    String kind,
    Optional<String> assignedTo,
    String status,
    Optional<UUID> intent,
    Map<String, @Nullable Object> result,
    Optional<String> reason,
    Optional<Instant> finishedAt) {

  static Step of(Fields json) {
    return new Step(
        json.text("step_id"),
        json.text("kind"),
        json.optional("assigned_to"),
        json.text("status"),
        json.has("intent_id") ? Optional.of(json.id("intent_id")) : Optional.empty(),
        json.in("result").raw(),
        json.optional("reason"),
        json.instant("finished_at"));
  }
}
