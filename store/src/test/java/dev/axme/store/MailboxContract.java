package dev.axme.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.core.Address;
import dev.axme.core.Effect;
import dev.axme.core.IntentCommand;
import dev.axme.core.IntentId;
import dev.axme.core.Mailbox;
import dev.axme.core.RootId;
import dev.axme.core.WorkspaceId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Mailboxes: what waits in them, in which order, and across workspaces. */
interface MailboxContract extends StoreFixture {
  Address WORKER = Samples.WORKER.address();
  Address SECOND = Samples.SECOND.address();

  @Test
  default void workWaitsInOrderUntilItEnds() {
    WorkspaceId workspace = Samples.workspace();
    IntentId one = create(workspace, Mailbox.here(WORKER));
    IntentId other = create(workspace, Mailbox.here(SECOND));
    IntentId two = create(workspace, Mailbox.here(WORKER));

    assertThat(store().work(workspace, WORKER, 0, false, 10))
        .containsExactly(mail(1, workspace, one), mail(3, workspace, two));
    assertThat(store().work(workspace, WORKER, 1, false, 10))
        .containsExactly(mail(3, workspace, two));
    assertThat(store().work(workspace, WORKER, 0, false, 1))
        .containsExactly(mail(1, workspace, one));
    assertThat(store().work(workspace, SECOND, 0, false, 10))
        .containsExactly(mail(2, SECOND, workspace, other));

    scribe().accept(Order.resolve(workspace, one, IntentCommand.End.CANCELED));

    assertThat(store().work(workspace, WORKER, 0, false, 10))
        .containsExactly(mail(3, workspace, two));
    assertThat(store().work(workspace, WORKER, 0, true, 10))
        .containsExactly(mail(1, workspace, one), mail(3, workspace, two));
  }

  @Test
  default void whatPeopleAreAskedIsNoWorkForAnAgent() {
    WorkspaceId workspace = Samples.workspace();
    scribe().accept(Order.ask(workspace, Samples.intent(), Samples.approval()));

    assertThat(store().work(workspace, WORKER, 0, false, 10)).isEmpty();
    assertThat(store().changedMailboxes(workspace, 0, 1)).isEmpty();
    assertThat(store().newestMail(workspace, WORKER, Long.MAX_VALUE, 10))
        .extracting(Mail::kind)
        .containsExactly(Effect.Mail.THREAD);
  }

  @Test
  default void aHandOverMovesWorkToTheNextMailbox() {
    WorkspaceId workspace = Samples.workspace();
    IntentId intent = create(workspace, Mailbox.here(WORKER));

    scribe().accept(Order.handOver(workspace, intent, SECOND));

    assertThat(store().work(workspace, WORKER, 0, false, 10)).isEmpty();
    assertThat(store().work(workspace, SECOND, 0, false, 10))
        .containsExactly(mail(2, SECOND, workspace, intent));
  }

  @Test
  default void aMailboxAbroadNumbersFromItsOwnWorkspace() {
    WorkspaceId home = Samples.workspace();
    WorkspaceId abroad = Samples.workspace();
    create(abroad, Mailbox.here(SECOND));
    create(abroad, Mailbox.here(SECOND));
    IntentId intent = create(home, new Mailbox(WORKER, Optional.of(abroad)));

    assertThat(store().work(home, WORKER, 0, false, 10)).isEmpty();
    assertThat(store().work(abroad, WORKER, 0, false, 10)).containsExactly(mail(3, home, intent));
    assertThat(store().heads(List.of(home, abroad)))
        .containsEntry(home, 1L)
        .containsEntry(abroad, 3L);
    assertThat(store().changedMailboxes(abroad, 2, 3)).containsExactly(WORKER);
    assertThat(store().find(abroad, intent)).contains(place(home, intent));
    assertThat(store().find(Samples.workspace(), intent)).isEmpty();
  }

  @Test
  default void severalWorkspacesOfABatchKeepTheirNumbersApart() {
    WorkspaceId home = Samples.workspace();
    WorkspaceId abroad = Samples.workspace();
    Mailbox there = new Mailbox(WORKER, Optional.of(abroad));
    IntentId[] intents = {Samples.intent(), Samples.intent(), Samples.intent()};

    scribe()
        .batch(
            Order.create(home, intents[0], Samples.request(there, Optional.empty())),
            Order.create(abroad, intents[1]),
            Order.create(home, intents[2], Samples.request(there, Optional.empty())));

    assertThat(store().work(abroad, WORKER, 0, false, 10))
        .containsExactly(
            mail(1, home, intents[0]), mail(2, abroad, intents[1]), mail(3, home, intents[2]));
    assertThat(store().heads(List.of(home, abroad)))
        .containsEntry(home, 2L)
        .containsEntry(abroad, 3L);
  }

  @Test
  default void anEndLeavesTheMailboxAbroadAndComesToTheInboxThatWantedIt() {
    WorkspaceId home = Samples.workspace();
    WorkspaceId abroad = Samples.workspace();
    IntentId intent = Samples.intent();
    Mailbox there = new Mailbox(WORKER, Optional.of(abroad));
    scribe()
        .accept(
            Order.create(home, intent, Samples.request(there, Optional.of(Mailbox.here(SECOND)))));

    scribe().accept(Order.report(home, intent));

    assertThat(store().work(abroad, WORKER, 0, false, 10)).isEmpty();
    assertThat(store().work(home, SECOND, 0, false, 10)).isEmpty();
    assertThat(store().changedMailboxes(home, 1, 2)).isEmpty();
    assertThat(store().mailOf(home, intent))
        .containsExactly(new Mail(2, SECOND, Effect.Mail.COMPLETION, intent, place(home, intent)));
  }

  @Test
  default void everythingThatCameIsReadFromEitherEnd() {
    WorkspaceId workspace = Samples.workspace();
    IntentId one = create(workspace, Mailbox.here(WORKER));
    IntentId two = create(workspace, Mailbox.here(WORKER));
    scribe().accept(Order.report(workspace, one));
    Mail first = mail(1, workspace, one);
    Mail second = mail(2, workspace, two);

    assertThat(store().newestMail(workspace, WORKER, Long.MAX_VALUE, 10))
        .containsExactly(second, first);
    assertThat(store().newestMail(workspace, WORKER, 2, 10)).containsExactly(first);
    assertThat(store().newestMail(workspace, WORKER, Long.MAX_VALUE, 1)).containsExactly(second);
    assertThat(store().mailAfter(workspace, WORKER, 0, 10)).containsExactly(first, second);
    assertThat(store().mailAfter(workspace, WORKER, 1, 10)).containsExactly(second);
    assertThat(store().mailAfter(workspace, SECOND, 0, 10)).isEmpty();
  }

  private IntentId create(WorkspaceId workspace, Mailbox to) {
    IntentId intent = Samples.intent();
    scribe().accept(Order.create(workspace, intent, Samples.request(to, Optional.empty())));
    return intent;
  }

  private static Mail mail(long position, WorkspaceId home, IntentId intent) {
    return mail(position, WORKER, home, intent);
  }

  private static Mail mail(long position, Address to, WorkspaceId home, IntentId intent) {
    return new Mail(position, to, Effect.Mail.WORK, intent, place(home, intent));
  }

  private static Place place(WorkspaceId home, IntentId intent) {
    return new Place(home, new RootId(intent.value()));
  }
}
