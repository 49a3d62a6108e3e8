package dev.axme.engine;

import dev.axme.core.IntentId;
import dev.axme.core.RootId;
import dev.axme.core.WorkspaceId;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** An intent under test, which is a root of its own. */
record Ref(WorkspaceId workspace, UUID id) {
  private static final AtomicLong NEXT = new AtomicLong();

  /** An intent that nobody has sent yet. */
  static Ref fresh() {
    return fresh(Fixtures.WORKSPACE);
  }

  static Ref fresh(WorkspaceId workspace) {
    return new Ref(
        workspace, new UUID(0x0194_0000_0000_7000L, 0x8000_0000_0000_0000L | NEXT.getAndAdd(1)));
  }

  RootId root() {
    return new RootId(id);
  }

  IntentId intent() {
    return new IntentId(id);
  }
}
