package dev.axme.engine;

import dev.axme.core.RootId;
import dev.axme.core.WorkspaceId;
import dev.axme.store.Want;

/**
 * A submission in the committer's hands. The seed stays the same over every attempt, so that a
 * repeated ruling gives the same ids.
 */
record Pending(Submission submission, Completion completion, long seed, long submittedNanos) {
  /** A root in its workspace. */
  record Home(WorkspaceId workspace, RootId root) {}

  Home home() {
    return new Home(submission.workspace(), submission.root());
  }

  Want want() {
    return new Want(
        submission.workspace(),
        submission.root(),
        submission.fresh(),
        submission.request(),
        submission.credential());
  }

  boolean isTimer() {
    return submission.timer().isPresent();
  }
}
