package dev.axme.sdk;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A question as one person's list shows it.
 *
 * @param dueAt when it expires; empty means never
 * @param outcome the answer; empty while there is none
 * @param decidedBy who gave it
 */
public record Task(
    UUID intentId,
    String title,
    String intentType,
    IntentStatus status,
    String from,
    Optional<Instant> assignedAt,
    Optional<Instant> dueAt,
    HumanTask humanTask,
    Optional<String> outcome,
    Optional<String> decidedBy,
    Map<String, @Nullable Object> raw) {

  static Task of(Fields json) {
    HumanTask humanTask = HumanTask.of(json.in("human_task"));
    return new Task(
        json.id("intent_id"),
        json.optional("title").orElse(humanTask.title()),
        json.text("intent_type"),
        IntentStatus.of(json.text("status")),
        json.text("from_agent"),
        json.instant("assigned_at"),
        json.instant("due_at"),
        humanTask,
        json.optional("outcome"),
        json.optional("decided_by"),
        json.raw());
  }
}
