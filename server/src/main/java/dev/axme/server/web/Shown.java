package dev.axme.server.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.axme.core.Append;
import dev.axme.core.Decision;
import dev.axme.core.Digest;
import dev.axme.core.HumanTask;
import dev.axme.core.Intent;
import dev.axme.core.IntentId;
import dev.axme.core.Payload;
import dev.axme.core.Root;
import dev.axme.core.WorkspaceId;
import dev.axme.server.pages.Question;
import dev.axme.server.pages.RawJson;
import dev.axme.store.Place;
import dev.axme.store.Store;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request with its question, read whole: what its page shows.
 *
 * @param task the question, open or ended
 * @param document the task as it is stored
 * @param payload what it is about
 * @param answered the fields that a person filled in; an empty object while nobody has
 */
record Shown(
    List<Append> appends,
    Intent intent,
    HumanTask task,
    JsonNode document,
    JsonNode payload,
    JsonNode answered) {
  Shown {
    appends = List.copyOf(appends);
  }

  boolean open() {
    return intent.openTask().isPresent();
  }

  Question question() {
    return Question.of(document);
  }

  /** The address of its page. */
  String url() {
    return "/tasks/" + intent.id();
  }

  /** Reads from the store; blocks. */
  static final class Reader {
    private final Store store;

    Reader(Store store) {
      this.store = store;
    }

    /** A request of this workspace that asks, or asked, people something. */
    Optional<Shown> find(WorkspaceId workspace, String id) {
      return id(id)
          .flatMap(intent -> store.find(workspace, intent).flatMap(place -> find(place, intent)));
    }

    private Optional<Shown> find(Place place, IntentId id) {
      List<Append> appends = store.log(place.home(), place.root());
      return Root.fold(place.root(), appends)
          .intent(id)
          .flatMap(intent -> intent.lastTask().map(task -> read(place, appends, intent, task)));
    }

    private Shown read(Place place, List<Append> appends, Intent intent, HumanTask task) {
      Digest document = task.draft().document().digest();
      Digest payload = intent.request().payload().digest();
      Optional<Digest> fields = intent.decision().flatMap(Decision::fields).map(Payload::digest);
      List<Digest> wanted = new ArrayList<>(List.of(document, payload));
      fields.ifPresent(wanted::add);
      Map<Digest, byte[]> found = store.payloads(place.home(), place.root(), wanted);
      return new Shown(
          appends,
          intent,
          task,
          json(found, document),
          json(found, payload),
          fields.map(f -> json(found, f)).orElseGet(JsonNodeFactory.instance::objectNode));
    }

    /** The stored bytes of what a request is about. */
    Optional<byte[]> payload(WorkspaceId workspace, String id) {
      return id(id).flatMap(intent -> stored(workspace, intent, Integer.MAX_VALUE));
    }

    /** What a request is about, unless that is longer than {@code atMost} bytes. */
    Optional<JsonNode> payload(WorkspaceId workspace, IntentId id, int atMost) {
      return stored(workspace, id, atMost).map(Reader::json);
    }

    private Optional<byte[]> stored(WorkspaceId workspace, IntentId id, int atMost) {
      return store
          .find(workspace, id)
          .flatMap(
              place ->
                  store
                      .root(place)
                      .intent(id)
                      .filter(intent -> intent.lastTask().isPresent())
                      .map(intent -> intent.request().payload())
                      .filter(payload -> payload.size() <= atMost)
                      .flatMap(
                          payload -> store.payload(place.home(), place.root(), payload.digest())));
    }

    private static JsonNode json(Map<Digest, byte[]> found, Digest digest) {
      byte[] bytes = found.get(digest);
      if (bytes == null) {
        throw new IllegalStateException("Expected the payload " + digest + " in the store");
      }
      return json(bytes);
    }

    private static JsonNode json(byte[] bytes) {
      try {
        return RawJson.mapper().readTree(bytes);
      } catch (IOException e) {
        throw new IllegalStateException("Expected what is stored to be JSON", e);
      }
    }

    private static Optional<IntentId> id(String text) {
      try {
        return Optional.of(IntentId.of(text)).filter(id -> id.toString().equalsIgnoreCase(text));
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }
  }
}
