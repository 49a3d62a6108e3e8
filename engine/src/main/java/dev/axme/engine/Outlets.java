package dev.axme.engine;

import dev.axme.core.Append;
import dev.axme.core.Effect;
import dev.axme.core.Root;
import dev.axme.core.WorkspaceId;
import dev.axme.store.Parcel;
import java.util.List;

/**
 * Says what leaves the server because of an append. The committer asks, in the transaction: answers
 * come from memory, nothing blocks, and an answer is the same when it is asked again.
 */
public interface Outlets {
  /** Nothing leaves, and people are reached by no channel. */
  Outlets NONE =
      new Outlets() {
        @Override
        public boolean reachPeople() {
          return false;
        }

        @Override
        public List<Parcel> of(WorkspaceId home, Root after, Append append, List<Effect> effects) {
          return List.of();
        }
      };

  /** Whether there is a channel by which people hear of a question. */
  boolean reachPeople();

  /** The parcels that follow from {@code append}, which led to {@code after}. */
  List<Parcel> of(WorkspaceId home, Root after, Append append, List<Effect> effects);
}
