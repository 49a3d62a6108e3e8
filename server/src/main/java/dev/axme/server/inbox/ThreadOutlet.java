package dev.axme.server.inbox;

import dev.axme.core.WorkspaceId;
import dev.axme.store.Threads.Deed;

/** Says who is told of what was done to a thread: in the transaction, so from memory. */
@FunctionalInterface
public interface ThreadOutlet {
  /**
   * The deed with what leaves the server because of it.
   *
   * @param home where the thread as a whole lies
   * @param begun whether nobody knew the thread before
   */
  Deed sending(WorkspaceId home, boolean begun, Deed deed);
}
