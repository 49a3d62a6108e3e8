package dev.axme.server.intents;

import dev.axme.core.Address;
import dev.axme.core.Intent;
import dev.axme.core.IntentCommand;
import dev.axme.core.WorkspaceId;
import dev.axme.engine.Submission;
import dev.axme.server.identity.Caller;
import dev.axme.store.Mail;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Notes that whoever reads a mailbox has got what was in it: what was picked up cannot fail for
 * want of an agent any more (section 4.3). A note that is lost costs nothing but that.
 *
 * @param submit takes a command whose outcome nobody waits for
 */
record PickUps(WorkspaceId workspace, Address address, Caller caller, Consumer<Submission> submit) {
  void taken(Mail mail, Intent intent) {
    if (intent.delivery().pickedUp().isPresent()) {
      return;
    }
    IntentCommand command = new IntentCommand.PickUp(mail.intent(), address);
    submit.accept(Submissions.of(caller, command, List.of(), Optional.empty()).at(mail.place()));
  }
}
