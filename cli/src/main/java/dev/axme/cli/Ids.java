package dev.axme.cli;

import dev.axme.sdk.AxmeClient;
import dev.axme.sdk.Intent;
import dev.axme.sdk.IntentQuery;
import dev.axme.sdk.Task;
import dev.axme.sdk.TaskQuery;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Reads ids as people type them: whole, or their first characters when those say which one is
 * meant.
 */
final class Ids {
  private static final int SHORTEST = 8;
  private static final int SEARCHED = 1_000;

  private Ids() {}

  /** The id of a request that waits for this person, or any whole id. */
  static UUID task(AxmeClient client, String typed) {
    return whole(typed)
        .orElseGet(
            () ->
                only(
                    typed,
                    client.tasks(TaskQuery.open().withLimit(SEARCHED)).items().stream()
                        .map(Task::intentId)
                        .toList(),
                    "request that waits for you"));
  }

  /** The id of one of the newest intents, or any whole id. */
  static UUID intent(AxmeClient client, String typed) {
    return whole(typed)
        .orElseGet(
            () ->
                only(
                    typed,
                    client.list(IntentQuery.newest().withLimit(SEARCHED)).items().stream()
                        .map(Intent::id)
                        .toList(),
                    "intent"));
  }

  private static Optional<UUID> whole(String typed) {
    try {
      return typed.length() == 36 ? Optional.of(UUID.fromString(typed)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static UUID only(String typed, List<UUID> ids, String noun) {
    String start = typed.toLowerCase(Locale.ROOT);
    if (start.length() < SHORTEST || start.length() >= 36) {
      throw CliException.usage(
          "Expected an id, or at least its first "
              + SHORTEST
              + " characters; found "
              + typed
              + ".");
    }
    List<UUID> matching = ids.stream().filter(id -> id.toString().startsWith(start)).toList();
    if (matching.isEmpty()) {
      throw CliException.error("No " + noun + " has an id that begins with " + typed + ".");
    }
    if (matching.size() > 1) {
      throw CliException.usage(
          matching.size() + " ids begin with " + typed + ". Give more of it, or the whole id.");
    }
    return matching.getFirst();
  }
}
