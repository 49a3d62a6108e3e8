package dev.axme.server.inbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.store.Threads.Entry;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Which messages an entry took away.
 *
 * @param both from everybody, not only from the one who did it
 */
record Deleted(boolean both, List<UUID> messages) {
  private static final String SELF = "self";
  private static final String BOTH = "both";

  Deleted {
    messages = List.copyOf(messages);
  }

  /** Reads what {@link #about} wrote. */
  static Deleted of(Entry entry) {
    String about = entry.about().orElse(SELF + " ");
    String ids = about.substring(about.indexOf(' ') + 1);
    return new Deleted(
        about.startsWith(BOTH),
        ids.isEmpty()
            ? List.of()
            : Arrays.stream(ids.split(",", -1)).map(UUID::fromString).toList());
  }

  String mode() {
    return both ? BOTH : SELF;
  }

  /** What the entry keeps. */
  String about() {
    return mode()
        + ' '
        + messages.stream()
            .map(UUID::toString)
            .collect(Collectors.joining(","))
            .toLowerCase(Locale.ROOT);
  }

  void show(ObjectNode view) {
    view.put("mode", mode());
    var ids = view.putArray("message_ids");
    messages.forEach(id -> ids.add(id.toString()));
  }
}
