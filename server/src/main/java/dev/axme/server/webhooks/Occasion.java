package dev.axme.server.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.core.Address;
import dev.axme.core.IntentId;
import dev.axme.core.RootId;
import dev.axme.core.TaskId;
import dev.axme.core.WorkspaceId;
import dev.axme.server.http.Json;
import dev.axme.store.Parcel;
import dev.axme.store.Place;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Where in the log an event can be read that somebody is told of. Nothing of the event itself is
 * copied: it is composed when it is sent, to the same bytes each time.
 *
 * @param append the append that it is part of
 * @param about which of its events: by its number, by its question, or whose inbox it changed
 */
record Occasion(Place place, IntentId intent, int append, String type, About about) {
  /** What tells apart the events of one type in one append. */
  sealed interface About {}

  /** The wire event with this number. */
  record Seq(int number) implements About {}

  /** This question. */
  record Task(TaskId id) implements About {}

  /** The inbox of this address. */
  record Inbox(Address owner) implements About {}

  /** The id of the event, for everybody who is told of it. */
  UUID id(Instant at) {
    return Parcel.id(at, WebhookChannel.NAME, json());
  }

  String json() {
    ObjectNode json = Json.object();
    json.put("home", place.home().toString());
    json.put("root", place.root().toString());
    json.put("intent", intent.toString());
    json.put("append", append);
    json.put("type", type);
    switch (about) {
      case Seq seq -> json.put("seq", seq.number());
      case Task task -> json.put("task", task.id().toString());
      case Inbox inbox -> json.put("inbox", inbox.owner().value());
    }
    return Json.text(json);
  }

  /** What {@link #json} wrote; empty when it is an event that somebody published. */
  static Optional<Occasion> of(String body) {
    JsonNode json = Json.read(body.getBytes(StandardCharsets.UTF_8));
    if (!json.has("root")) {
      return Optional.empty();
    }
    return Optional.of(
        new Occasion(
            new Place(
                WorkspaceId.of(json.path("home").textValue()),
                RootId.of(json.path("root").textValue())),
            IntentId.of(json.path("intent").textValue()),
            json.path("append").intValue(),
            json.path("type").textValue(),
            about(json)));
  }

  private static About about(JsonNode json) {
    if (json.has("seq")) {
      return new Seq(json.path("seq").intValue());
    }
    return json.has("task")
        ? new Task(TaskId.of(json.path("task").textValue()))
        : new Inbox(new Address(json.path("inbox").textValue()));
  }

  /** The body of the parcels of an event that somebody published. */
  static String published(String type) {
    return Json.text(Json.object().put("type", type));
  }

  /** The type of a parcel's event. */
  static String type(Parcel parcel) {
    return Json.read(parcel.body().getBytes(StandardCharsets.UTF_8)).path("type").textValue();
  }
}
