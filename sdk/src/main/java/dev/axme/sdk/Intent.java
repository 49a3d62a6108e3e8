package dev.axme.sdk;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An intent as it stands now.
 *
 * @param pendingWith whom it waits for, as people call them
 * @param result what came of it; empty before the end
 * @param raw everything that the server said, also what this client does not know
 */
public record Intent(
    UUID id,
    String type,
    IntentStatus status,
    String from,
    String to,
    Instant createdAt,
    Instant updatedAt,
    Optional<Instant> dueAt,
    Optional<String> waitingReason,
    Optional<String> pendingWith,
    Optional<HumanTask> humanTask,
    Map<String, @Nullable Object> payload,
    Map<String, @Nullable Object> result,
    Optional<String> reason,
    Map<String, @Nullable Object> raw) {

  /** What it is about, in one line: the question's title, the payload's task, else the type. */
  public String title() {
    return humanTask
        .map(HumanTask::title)
        .filter(text -> !text.isEmpty())
        .or(() -> new Fields(payload).optional("title"))
        .or(() -> new Fields(payload).optional("task"))
        .or(() -> new Fields(payload).optional("summary"))
        .orElse(type);
  }

  /** The steps of its workflow that were started, in that order; none for a plain intent. */
  public List<Step> steps() {
    return new Fields(raw).each("steps").stream().map(Step::of).toList();
  }

  static Intent of(Fields json) {
    Instant created = json.instant("created_at").orElse(Instant.EPOCH);
    Fields pending = json.in("pending_with");
    return new Intent(
        json.id("intent_id"),
        json.text("intent_type"),
        IntentStatus.of(json.text("status")),
        json.text("from_agent"),
        json.text("to_agent"),
        created,
        json.instant("updated_at").orElse(created),
        json.instant("due_at").or(() -> json.instant("deadline_at")),
        json.optional("waiting_reason").or(() -> json.optional("lifecycle_waiting_reason")),
        pending.optional("name").or(() -> pending.optional("ref")),
        json.has("human_task")
            ? Optional.of(HumanTask.of(json.in("human_task")))
            : Optional.empty(),
        json.in("payload").raw(),
        json.in("result").raw(),
        json.optional("reason"),
        json.raw());
  }
}
