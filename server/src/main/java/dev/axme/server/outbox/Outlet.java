package dev.axme.server.outbox;

import dev.axme.core.Append;
import dev.axme.core.Effect;
import dev.axme.core.Root;
import dev.axme.core.WorkspaceId;
import dev.axme.store.Parcel;
import java.util.List;

/** One reason why something leaves: asked in the committing transaction, so never blocks. */
@FunctionalInterface
public interface Outlet {
  List<Parcel> of(WorkspaceId home, Root after, Append append, List<Effect> effects);
}
