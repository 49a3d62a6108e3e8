package dev.axme.server;

import dev.axme.core.HumanTask;
import dev.axme.core.Intent;
import dev.axme.core.IntentId;
import dev.axme.core.RootId;
import dev.axme.core.TaskId;
import dev.axme.core.WorkspaceId;
import dev.axme.server.links.LinkTokens;
import dev.axme.store.Place;
import dev.axme.store.Store;
import dev.axme.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.UUID;

/**
 * The paths of links as a mail carries them, made beside a running server from its own store.
 *
 * @param data the server's directory
 */
public record TaskLinks(Path data) {
  /** The link with which {@code address} answers what the request asks now, or asked last. */
  public String path(String workspace, String id, String address, int generation) {
    IntentId intent = IntentId.of(id);
    Place place =
        new Place(new WorkspaceId(UUID.fromString(workspace)), new RootId(intent.value()));
    try (Store store = SqliteStore.open(data.resolve("axme.db"), InstantSource.system())) {
      TaskId task =
          store
              .root(place)
              .intent(intent)
              .flatMap(Intent::lastTask)
              .map(HumanTask::id)
              .orElseThrow();
      return new LinkTokens(store.directory()).url("", place, intent, task, address, generation);
    }
  }
}
