package dev.axme.server.intents;

import com.fasterxml.jackson.databind.JsonNode;
import dev.axme.core.Digest;
import dev.axme.core.Payload;
import dev.axme.server.http.Json;
import dev.axme.store.Blob;
import dev.axme.store.Place;
import dev.axme.store.Store;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The payloads of a root, read when they are needed. Those of a command that was just committed are
 * at hand, so that its answer needs no read.
 */
public final class Bodies {
  private final Store store;
  private final Place place;
  private final Map<Digest, byte[]> bytes = new HashMap<>();

  public Bodies(Store store, Place place, List<Blob> atHand) {
    this.store = store;
    this.place = place;
    atHand.forEach(b -> bytes.put(b.digest(), b.bytes()));
  }

  /** The bytes; blocks when they are not at hand. */
  public byte[] bytes(Payload payload) {
    return bytes.computeIfAbsent(
        payload.digest(),
        digest ->
            store
                .payload(place.home(), place.root(), digest)
                .orElseThrow(
                    () ->
                        new IllegalStateException("Expected payload " + digest + " of " + place)));
  }

  /** The JSON. */
  public JsonNode json(Payload payload) {
    return Json.read(bytes(payload));
  }
}
