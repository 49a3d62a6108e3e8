package dev.axme.store;

import dev.axme.core.IntentId;
import dev.axme.core.Status;
import java.time.Instant;
import java.util.UUID;

/** An intent in the list view. */
public record IntentRow(
    IntentId id,
    Status status,
    String type,
    String from,
    String to,
    UUID correlation,
    Instant createdAt,
    Instant updatedAt) {}
