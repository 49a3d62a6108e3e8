package dev.axme.store;

import dev.axme.core.Root;
import dev.axme.core.RootId;
import dev.axme.core.WorkspaceId;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The roots that were written last. A hit counts only for the version that the locked row names.
 * One thread writes, so that a lock nobody waits for is all that it needs.
 */
public final class RootCache {
  private static final int ROOTS = 10_000;

  private record Home(WorkspaceId workspace, RootId root) {}

  private final SequencedMap<Home, Root> roots = new LinkedHashMap<>();

  /** The root at exactly {@code version}. */
  public synchronized Optional<Root> at(WorkspaceId workspace, RootId root, int version) {
    return Optional.ofNullable(roots.get(new Home(workspace, root)))
        .filter(r -> r.version() == version);
  }

  /** Keeps a root that is committed. */
  public synchronized void keep(WorkspaceId workspace, Root root) {
    roots.putLast(new Home(workspace, root.id()), root);
    if (roots.size() > ROOTS) {
      roots.pollFirstEntry();
    }
  }
}
