package dev.axme.server.webhooks;

import dev.axme.core.WorkspaceId;
import dev.axme.store.Store;
import dev.axme.store.Webhooks.Subscription;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Who is to be told, in each workspace: all of it in memory, because the committer asks. Read again
 * whenever the directory changes.
 */
public final class Subscribers {
  private final Store store;
  private volatile Map<WorkspaceId, List<Subscription>> live = Map.of();

  public Subscribers(Store store) {
    this.store = store;
    refresh();
  }

  /**
   * Reads them again; blocks. One after the other, so that the last to read is the last to keep.
   */
  public synchronized void refresh() {
    live = store.webhooks().live().stream().collect(Collectors.groupingBy(Subscription::workspace));
  }

  boolean none() {
    return live.isEmpty();
  }

  /** The live subscriptions of a workspace. */
  List<Subscription> of(WorkspaceId workspace) {
    return live.getOrDefault(workspace, List.of());
  }
}
