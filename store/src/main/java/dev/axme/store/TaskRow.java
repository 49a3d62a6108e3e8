package dev.axme.store;

import dev.axme.core.Assignee;
import dev.axme.core.IntentId;
import dev.axme.core.Status;
import dev.axme.core.TaskId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A human task in the list view. */
public record TaskRow(
    IntentId intent,
    TaskId task,
    boolean open,
    String intentType,
    String from,
    String title,
    List<Assignee> assignees,
    Instant askedAt,
    Optional<Instant> dueAt,
    Status status,
    Optional<String> outcome,
    Optional<String> decidedBy,
    Instant updatedAt) {}
