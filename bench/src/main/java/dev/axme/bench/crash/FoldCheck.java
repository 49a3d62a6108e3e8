package dev.axme.bench.crash;

import dev.axme.bench.process.Launch;
import dev.axme.core.Append;
import dev.axme.core.IntentEvent;
import dev.axme.core.IntentId;
import dev.axme.core.RootId;
import dev.axme.core.WorkspaceId;
import dev.axme.store.Directory;
import dev.axme.store.Store;
import dev.axme.store.verify.StoreVerifier;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Folds every root of the log: every row must be what that comes to, every append must be seen by
 * readers, and nobody may have picked a delivery up twice.
 */
public final class FoldCheck {
  private FoldCheck() {}

  /** The check of the store that a server used, once the server has stopped. */
  public static StoreCheck of(Launch launch) {
    return () -> {
      var found = new ArrayList<>(rows(launch));
      try (Store store = Stores.open(launch)) {
        for (Directory.Workspace each : store.directory().workspaces()) {
          found.addAll(appends(store, each.id()));
        }
      }
      return found;
    };
  }

  private static List<String> rows(Launch launch) throws IOException {
    return launch.store().isPresent()
        ? StoreVerifier.postgres(launch.store().get())
        : StoreVerifier.sqlite(Stores.file(launch.data()));
  }

  private static List<String> appends(Store store, WorkspaceId workspace) {
    var found = new ArrayList<String>();
    long head = store.heads(List.of(workspace)).getOrDefault(workspace, 0L);
    List<RootId> changed = store.changedRoots(workspace, 0, head);
    int appends = 0;
    for (RootId root : new LinkedHashSet<>(changed)) {
      List<Append> log = store.log(workspace, root);
      appends += log.size();
      found.addAll(pickUps(log));
    }
    if (appends != changed.size()) {
      found.add(
          "Expected readers of %s to see %d appends below the head %d, but they see %d"
              .formatted(workspace, appends, head, changed.size()));
    }
    return found;
  }

  /** What was picked up more often than delivered; a hand-over is a delivery too. */
  static List<String> pickUps(List<Append> log) {
    var found = new ArrayList<String>();
    Set<IntentId> taken = new HashSet<>();
    for (Append append : log) {
      for (IntentEvent event : append.events()) {
        if (event instanceof IntentEvent.Delivered || event instanceof IntentEvent.Transferred) {
          taken.remove(event.intent());
        } else if (event instanceof IntentEvent.PickedUp && !taken.add(event.intent())) {
          found.add("Picked up twice: %s in append %d".formatted(event.intent(), append.number()));
        }
      }
    }
    return found;
  }
}
