package dev.axme.sdk;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a change did.
 *
 * @param applied false when the caller's expected generation was stale: nothing changed
 * @param reason why not, when it did not apply
 */
public record Applied(
    boolean applied,
    long policyGeneration,
    IntentStatus status,
    Optional<String> reason,
    Map<String, @Nullable Object> raw) {

  static Applied of(Fields json) {
    return new Applied(
        json.flag("applied"),
        json.number("policy_generation"),
        IntentStatus.of(json.optional("status").orElseGet(() -> json.in("intent").text("status"))),
        json.optional("reason"),
        json.raw());
  }
}
