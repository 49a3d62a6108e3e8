package dev.axme.server.intents;

import dev.axme.core.IntentCommand;
import dev.axme.core.RootId;
import dev.axme.engine.Submission;
import dev.axme.server.identity.Caller;
import dev.axme.store.Blob;
import dev.axme.store.RequestKey;
import java.util.List;
import java.util.Optional;

/** What a caller does to an intent that is there, on its way to the committer. */
final class Submissions {
  private Submissions() {}

  /** Looked for in the caller's workspace, under the intent's own id: see {@link Lookup}. */
  static Submission of(
      Caller caller, IntentCommand command, List<Blob> blobs, Optional<RequestKey> request) {
    return new Submission(
        caller.workspaceId(),
        new RootId(command.intent().value()),
        false,
        caller.actor(),
        caller.credential(),
        command,
        blobs,
        request,
        List.of(),
        Optional.empty());
  }
}
