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
    submit.accept(
        new Submission(
            mail.place().home(),
            mail.place().root(),
            false,
            caller.actor(),
            Optional.of(caller.credential()),
            new IntentCommand.PickUp(mail.intent(), address),
            List.of(),
            Optional.empty(),
            List.of(),
            Optional.empty()));
  }
}
