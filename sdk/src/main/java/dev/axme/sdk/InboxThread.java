package dev.axme.sdk;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an inbox holds about one intent, and what was said about that.
 *
 * @param id that of the intent, when there is one
 * @param status {@code pending}, {@code active} or {@code done}
 * @param timeline what happened, the oldest first
 * @param messages what was said, the oldest first
 */
public record InboxThread(
    UUID id,
    String status,
    String owner,
    String from,
    String subject,
    boolean unread,
    Optional<Instant> updatedAt,
    List<Happening> timeline,
    List<Message> messages,
    Map<String, @Nullable Object> raw) {

  /** Something that happened to a thread. */
  public record Happening(String type, String actor, Optional<Instant> at) {}

  /** Something that was said; {@code truncated} when it is too long to be shown here. */
  public record Message(
      String id, String from, String content, boolean truncated, Optional<Instant> at) {}

  public InboxThread {
    timeline = List.copyOf(timeline);
    messages = List.copyOf(messages);
  }

  static InboxThread of(Fields json) {
    return new InboxThread(
        json.id("thread_id"),
        json.text("status"),
        json.text("owner_agent"),
        json.text("from_agent"),
        json.optional("subject").orElse(""),
        json.flag("unread"),
        json.instant("updated_at"),
        json.each("timeline").stream()
            .map(e -> new Happening(e.text("event_type"), e.text("actor"), e.instant("at")))
            .toList(),
        json.each("messages").stream()
            .map(
                m ->
                    new Message(
                        m.text("message_id"),
                        m.optional("from_agent").orElse(""),
                        m.text("content"),
                        m.flag("truncated"),
                        m.instant("at")))
            .toList(),
        json.raw());
  }
}
