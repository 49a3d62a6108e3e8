package dev.axme.cli;

import dev.axme.sdk.AxmeClient;
import dev.axme.sdk.Inbox;
import dev.axme.sdk.InboxThread;
import dev.axme.sdk.Intent;
import dev.axme.sdk.IntentQuery;
import dev.axme.sdk.Task;
import dev.axme.sdk.TaskQuery;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Reads ids as people type them: whole, or their first characters when those say which one is
 * meant.
 */
final class Ids {
  private static final int SHORTEST = 8;
  private static final int WHOLE = 36;
  private static final int SEARCHED = 1_000;

  private Ids() {}

  /** The id of a request that waits for this person, or any whole id. */
  static UUID task(AxmeClient client, String typed) {
    return find(
        typed,
        "request that waits for you",
        () ->
            client.tasks(TaskQuery.open().withLimit(SEARCHED)).items().stream()
                .map(Task::intentId));
  }

  /** The id of one of the newest intents, or any whole id. */
  static UUID intent(AxmeClient client, String typed) {
    return find(
        typed,
        "intent",
        () ->
            client.list(IntentQuery.newest().withLimit(SEARCHED)).items().stream().map(Intent::id));
  }

  /** The id of one of the newest threads of an inbox, or any whole id. */
  static UUID thread(Inbox inbox, String typed) {
    return find(
        typed,
        "thread of this inbox",
        () ->
            inbox.threads(Optional.empty(), SEARCHED, Optional.empty()).items().stream()
                .map(InboxThread::id));
  }

  private static UUID find(String typed, String noun, Supplier<Stream<UUID>> known) {
    Optional<UUID> whole = whole(typed);
    if (whole.isPresent()) {
      return whole.get();
    }
    String start = typed.toLowerCase(Locale.ROOT);
    if (start.length() < SHORTEST || start.length() >= WHOLE) {
      throw CliException.usage(
          "Expected an id, or at least its first "
              + SHORTEST
              + " characters; found "
              + typed
              + ".");
    }
    List<UUID> matching = known.get().filter(id -> id.toString().startsWith(start)).toList();
    if (matching.isEmpty()) {
      throw CliException.error("No " + noun + " has an id that begins with " + typed + ".");
    }
    if (matching.size() > 1) {
      throw CliException.usage(
          matching.size() + " ids begin with " + typed + ". Give more of it, or the whole id.");
    }
    return matching.getFirst();
  }

  private static Optional<UUID> whole(String typed) {
    try {
      return typed.length() == WHOLE ? Optional.of(UUID.fromString(typed)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
