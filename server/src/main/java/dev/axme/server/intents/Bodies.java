package dev.axme.server.intents;

import com.fasterxml.jackson.databind.JsonNode;
import dev.axme.core.Digest;
import dev.axme.core.Payload;
import dev.axme.core.RootId;
import dev.axme.core.WorkspaceId;
import dev.axme.server.http.Json;
import dev.axme.store.Blob;
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
  private final WorkspaceId workspace;
  private final RootId root;
  private final Map<Digest, byte[]> bytes = new HashMap<>();

  public Bodies(Store store, WorkspaceId workspace, RootId root, List<Blob> atHand) {
    this.store = store;
    this.workspace = workspace;
    this.root = root;
    atHand.forEach(b -> bytes.put(b.digest(), b.bytes()));
  }

  /** The bytes; blocks when they are not at hand. */
  public byte[] bytes(Payload payload) {
    return bytes.computeIfAbsent(
        payload.digest(),
        digest ->
            store
                .payload(workspace, root, digest)
                .orElseThrow(
                    () -> new IllegalStateException("Expected payload " + digest + " of " + root)));
  }

  /** The JSON. */
  public JsonNode json(Payload payload) {
    return Json.read(bytes(payload));
  }
}
