package dev.axme.engine;

import dev.axme.core.Actor;
import dev.axme.core.RootId;
import dev.axme.core.WorkspaceId;
import dev.axme.store.Want;
import org.jspecify.annotations.Nullable;

/**
 * A submission in the committer's hands. The seed stays the same over every attempt, so that a
 * repeated ruling gives the same ids. Equal only to itself: two calls may say the same, and
 * comparing what they say would cost the committer more than ruling on it.
 */
record Pending(
    Submission submission, Completion completion, long seed, long submittedNanos, int bytes) {

  Pending(Submission submission, Completion completion, long seed, long submittedNanos) {
    this(submission, completion, seed, submittedNanos, submission.bytes());
  }

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
        submission.credential(),
        submission.newcomers());
  }

  /** Whether it is the server's own: nobody waits for it. */
  boolean isTimer() {
    return submission.actor() instanceof Actor.Clock;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
