package dev.axme.sdk;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The inbox of the address that a client acts for: its key's own, or the one that {@link
 * AxmeClient.Builder#ownerAgent} names.
 */
public final class Inbox {
  private final Transport transport;

  Inbox(Transport transport) {
    this.transport = transport;
  }

  /**
   * The threads to which something happened last.
   *
   * @param status {@code pending}, {@code active}, {@code done} or {@code unread}; empty for all
   * @param limit how many things that happened are looked at
   */
  public Page<InboxThread> threads(Optional<String> status, int limit, Optional<String> cursor) {
    StringBuilder path = new StringBuilder("/v1/inbox?limit=").append(limit);
    status.ifPresent(s -> path.append("&status=").append(Transport.encode(s)));
    cursor.ifPresent(c -> path.append("&cursor=").append(Transport.encode(c)));
    Fields answer = transport.get(path.toString());
    List<InboxThread> threads = answer.each("threads").stream().map(InboxThread::of).toList();
    return new Page<>(threads, answer.optional("next_cursor"));
  }

  public InboxThread thread(UUID id) {
    return InboxThread.of(transport.get(path(id, "")).in("thread"));
  }

  /** Says something; an id that nobody knows begins a thread. */
  public InboxThread reply(UUID id, String message) {
    return post(id, "/reply", Map.of("message", message));
  }

  /** Marks what came so far as read. */
  public InboxThread read(UUID id) {
    return post(id, "/read", Map.of());
  }

  /** Puts the thread into another inbox as well. */
  public InboxThread delegate(UUID id, String to, Optional<String> note) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("delegate_to", to);
    note.ifPresent(text -> body.put("note", text));
    return post(id, "/delegate", body);
  }

  /** Decides what the intent asks people, which needs a login key; marks any other thread. */
  public InboxThread approve(UUID id, Optional<String> comment) {
    return post(id, "/approve", comment(comment));
  }

  /** Decides likewise that it shall not be. */
  public InboxThread reject(UUID id, Optional<String> comment) {
    return post(id, "/reject", comment(comment));
  }

  private static Map<String, String> comment(Optional<String> comment) {
    return comment.map(text -> Map.of("comment", text)).orElse(Map.of());
  }

  private InboxThread post(UUID id, String verb, Map<String, ?> body) {
    return InboxThread.of(transport.post(path(id, verb), body).in("thread"));
  }

  private static String path(UUID id, String verb) {
    return "/v1/inbox/" + id + verb;
  }
}
