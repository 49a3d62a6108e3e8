package dev.axme.store;

import dev.axme.core.IntentId;
import dev.axme.core.Status;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * An intent in the list view.
 *
 * @param parent the intent of whose workflow it is a step
 */
public record IntentRow(
    IntentId id,
    Optional<IntentId> parent,
    Status status,
    String type,
    String from,
    String to,
    UUID correlation,
    Instant createdAt,
    Instant updatedAt) {}
