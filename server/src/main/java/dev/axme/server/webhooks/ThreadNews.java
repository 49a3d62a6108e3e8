package dev.axme.server.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.core.Address;
import dev.axme.core.WorkspaceId;
import dev.axme.server.http.Json;
import dev.axme.server.inbox.ThreadOutlet;
import dev.axme.store.Parcel;
import dev.axme.store.Store;
import dev.axme.store.Threads.Copy;
import dev.axme.store.Threads.Deed;
import dev.axme.store.Threads.Entry;
import dev.axme.store.Threads.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Who is told of what was done to a thread of an inbox: whoever wants to know of that inbox. */
public final class ThreadNews implements ThreadOutlet {
  private final Subscribers subscribers;

  public ThreadNews(Subscribers subscribers) {
    this.subscribers = subscribers;
  }

  @Override
  public Deed sending(WorkspaceId home, boolean begun, Deed deed) {
    if (subscribers.none() || deed.entry().isEmpty()) {
      return deed;
    }
    Entry entry = deed.entry().get();
    List<Parcel> parcels = new ArrayList<>();
    for (Copy copy : deed.copies()) {
      String type = type(begun, entry, copy.owner());
      String body = body(home, deed.whole().id(), entry, copy.owner(), type);
      UUID event = Parcel.id(entry.at(), WebhookChannel.NAME, copy.workspace() + body);
      subscribers.of(copy.workspace()).stream()
          .filter(s -> EventTypes.match(s.eventTypes(), type))
          .filter(s -> s.everything() || s.owner().equals(copy.owner()))
          .forEach(s -> parcels.add(WebhookOutlet.parcel(s, event, body, entry.at())));
    }
    return deed.sending(parcels);
  }

  private static String type(boolean begun, Entry entry, Address owner) {
    boolean got = entry.about().filter(owner.value()::equals).isPresent();
    if (begun || (entry.kind() == Kind.DELEGATED && got)) {
      return "inbox.thread_created";
    }
    return entry.kind() == Kind.REPLY && !entry.actor().equals(owner)
        ? "inbox.reply_received"
        : "inbox.thread_updated";
  }

  private static String body(
      WorkspaceId home, UUID thread, Entry entry, Address owner, String type) {
    ObjectNode json = Json.object();
    json.put("home", home.toString());
    json.put("thread", thread.toString());
    json.put("position", entry.position());
    json.put("inbox", owner.value());
    json.put("type", type);
    return Json.text(json);
  }

  /** Whether a parcel's body is one of ours. */
  static boolean ours(JsonNode body) {
    return body.has("thread");
  }

  /** What a parcel tells; a text that was deleted meanwhile is left out. */
  static Optional<ObjectNode> payload(Store store, JsonNode body) {
    UUID thread = UUID.fromString(body.path("thread").textValue());
    return store
        .threads()
        .entry(
            WorkspaceId.of(body.path("home").textValue()),
            thread,
            body.path("position").longValue())
        .map(entry -> payload(thread, entry).put("owner_agent", body.path("inbox").textValue()));
  }

  private static ObjectNode payload(UUID thread, Entry entry) {
    ObjectNode payload = Json.object();
    payload.put("thread_id", thread.toString());
    payload.put("intent_id", thread.toString());
    payload.put("act", entry.kind().name().toLowerCase(Locale.ROOT));
    payload.put("actor", entry.actor().value());
    payload.put("at", entry.at().toString());
    if (entry.kind() == Kind.DELEGATED) {
      payload.put("delegated_to", entry.about().orElse(null));
    }
    payload.put("message", entry.text().orElse(null));
    return payload;
  }

  static JsonNode read(Parcel parcel) {
    return Json.read(parcel.body().getBytes(StandardCharsets.UTF_8));
  }
}
