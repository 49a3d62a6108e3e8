package dev.axme.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.axme.core.Root;
import dev.axme.core.RootId;
import dev.axme.core.WorkspaceId;
import java.util.Optional;

/** Recently folded roots. A hit counts only for the version that the locked row names. */
public final class RootCache {
  private record Home(WorkspaceId workspace, RootId root) {}

  private final Cache<Home, Root> roots = Caffeine.newBuilder().maximumSize(10_000).build();

  /** The root at exactly {@code version}. */
  public Optional<Root> at(WorkspaceId workspace, RootId root, int version) {
    return Optional.ofNullable(roots.getIfPresent(new Home(workspace, root)))
        .filter(r -> r.version() == version);
  }

  /** Keeps a root that is committed. */
  public void keep(WorkspaceId workspace, Root root) {
    roots.put(new Home(workspace, root.id()), root);
  }
}
