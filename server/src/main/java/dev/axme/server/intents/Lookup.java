package dev.axme.server.intents;

import dev.axme.core.IntentCommand;
import dev.axme.core.IntentId;
import dev.axme.core.Refusal;
import dev.axme.engine.Answer;
import dev.axme.engine.Submission;
import dev.axme.server.http.Problem;
import dev.axme.store.Place;
import dev.axme.store.Store;

/**
 * Finds what a command is about. An intent is looked for in the caller's workspace first, under its
 * own id, because it nearly always is there; only when it is not, it may have been delivered from
 * another workspace, and that costs a read.
 */
final class Lookup {
  private final Store store;

  Lookup(Store store) {
    this.store = store;
  }

  /** Whether the intent was not where it was looked for. */
  static boolean missed(Answer answer) {
    return answer instanceof Answer.Refused r && r.refusal() instanceof Refusal.UnknownIntent;
  }

  /**
   * The same command where its intent is; 404 when the caller can see no such intent, 403 when it
   * is for the sender's workspace alone. Blocks.
   */
  Submission elsewhere(Submission submission) {
    IntentId intent = submission.command().intent();
    Place found =
        store
            .find(submission.workspace(), intent)
            .filter(place -> !place.equals(submission.place()))
            .orElseThrow(() -> Answers.problem(new Refusal.UnknownIntent(intent)));
    boolean adjusts =
        submission.command() instanceof IntentCommand.ChangeControls
            || submission.command() instanceof IntentCommand.ChangePolicy
            || submission.command() instanceof IntentCommand.RevokeLinks;
    if (adjusts && !found.home().equals(submission.workspace())) {
      throw new Problem(
          403,
          "forbidden",
          "Controls, policy and links of an intent are for the workspace that it was sent from.");
    }
    Submission there = submission.at(found);
    return submission.command() instanceof IntentCommand.Resume resume
        ? there.with(resume.from(submission.workspace(), found.home()), there.blobs())
        : there;
  }
}
