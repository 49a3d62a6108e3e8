package dev.axme.server;

import dev.axme.core.Append;
import dev.axme.core.Intent;
import dev.axme.core.IntentEvent;
import dev.axme.core.Root;
import dev.axme.core.RootId;
import dev.axme.core.WorkspaceId;
import dev.axme.server.pages.Headline;
import dev.axme.store.Store;
import dev.axme.store.StoreException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** A line on the terminal for each request that begins to wait, so that somebody sees it. */
final class RequestLines {
  private final Store store;
  private final String publicUrl;
  private final Consumer<String> tell;
  private final Set<RootId> told = ConcurrentHashMap.newKeySet();

  RequestLines(Store store, String publicUrl, Consumer<String> tell) {
    this.store = store;
    this.publicUrl = publicUrl;
    this.tell = tell;
  }

  void changed(WorkspaceId workspace, RootId id) {
    try {
      List<Append> appends = store.log(workspace, id);
      boolean asked =
          appends.size() == 1
              && appends.getFirst().events().stream()
                  .anyMatch(e -> e instanceof IntentEvent.TaskOpened);
      if (asked && told.add(id)) {
        Intent intent = Root.fold(id, appends).intents().firstEntry().getValue();
        String title = intent.openTask().map(t -> t.draft().title()).orElse("");
        tell.accept(
            Headline.of(intent.request().from().value(), title)
                + "  "
                + publicUrl
                + "/tasks/"
                + intent.id());
      }
    } catch (StoreException e) {
      // The line is a courtesy; the request waits in the list all the same.
    }
  }
}
