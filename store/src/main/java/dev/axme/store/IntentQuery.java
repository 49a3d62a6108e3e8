package dev.axme.store;

import dev.axme.core.Status;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Which intents to list.
 *
 * @param statuses any of these; empty means all
 * @param after the cursor of the page before; newest first
 */
public record IntentQuery(
    List<Status> statuses,
    Optional<UUID> correlation,
    Optional<String> from,
    Optional<String> to,
    Optional<String> after,
    int limit) {
  public IntentQuery {
    statuses = List.copyOf(statuses);
  }
}
