package dev.axme.engine;

import dev.axme.store.StoreException;
import java.util.List;

/** What follows from a transaction, on the committer's thread and before anybody is answered. */
interface Aftermath {
  /** These are on disk, {@code nanos} after they were begun with. */
  void committed(List<Pending> commands, Batch batch, long nanos);

  /** They are not, or nobody knows. */
  void failed(StoreException.Kind kind);
}
