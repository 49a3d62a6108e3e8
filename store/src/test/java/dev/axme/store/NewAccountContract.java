package dev.axme.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axme.core.Address;
import dev.axme.core.Append;
import dev.axme.core.IntentId;
import dev.axme.core.Root;
import dev.axme.core.RootId;
import dev.axme.core.WorkspaceId;
import dev.axme.store.Directory.Account;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Accounts that come with an intent: both are there, or neither. */
interface NewAccountContract extends DirectoryContract {
  private Directory directory() {
    return store().directory();
  }

  private Account worker(WorkspaceId workspace) {
    return newcomer(workspace, "worker", Optional.empty());
  }

  private static Order create(WorkspaceId workspace, Account... accounts) {
    return Order.create(workspace, Samples.intent()).bringing(accounts);
  }

  private static Account with(Account a, String id, String name, Address address) {
    return new Account(
        id,
        a.workspace(),
        a.person(),
        name,
        address,
        a.displayName(),
        a.description(),
        a.deliveryMode(),
        a.callbackUrl(),
        a.webhookSecret(),
        a.status(),
        a.createdBy(),
        a.createdAt(),
        a.updatedAt());
  }

  @Test
  default void accountsAreThereWithTheirIntentAndTheVersionRisesOnce() {
    WorkspaceId workspace = workspace().id();
    Account worker = worker(workspace);
    Account tester = newcomer(workspace, "tester", Optional.empty());
    Account other = newcomer(workspace, "other", Optional.empty());
    long before = directory().version();

    List<Scribe.Answer> answers =
        scribe()
            .batch(create(workspace, worker, tester), create(workspace), create(workspace, other));

    assertThat(answers).hasOnlyElementsOfType(Scribe.Answer.Accepted.class);
    assertThat(directory().accounts(workspace)).containsExactlyInAnyOrder(worker, tester, other);
    assertThat(directory().version()).isEqualTo(before + 1);
  }

  @Test
  default void whoBringsNobodyLeavesTheVersion() {
    WorkspaceId workspace = workspace().id();
    long before = directory().version();

    scribe().accept(create(workspace));

    assertThat(directory().version()).isEqualTo(before);
  }

  @Test
  default void whatIsTakenIsSeenWhetherIdAddressOrName() {
    WorkspaceId workspace = workspace().id();
    Account worker = worker(workspace);
    Address free = new Address(worker.address().value() + "-2");
    directory().add(worker);
    long before = directory().version();

    List<Scribe.Answer> answers =
        scribe()
            .batch(
                create(workspace, with(worker, worker.id(), "free", free)),
                create(workspace, with(worker, "sa_free", "free", worker.address())),
                create(workspace, with(worker, "sa_free", worker.name(), free)),
                create(workspace, newcomer(workspace, "fine", Optional.empty()), worker));

    assertThat(answers).hasOnlyElementsOfType(Scribe.Answer.Taken.class);
    assertThat(directory().accounts(workspace)).containsExactly(worker);
    assertThat(directory().version()).isEqualTo(before);
    assertThat(store().heads(List.of(workspace))).containsEntry(workspace, 0L);
  }

  @Test
  default void theSameNameInAnotherWorkspaceIsNotTaken() {
    directory().add(worker(workspace().id()));
    WorkspaceId other = workspace().id();

    assertThat(scribe().write(create(other, worker(other))))
        .isInstanceOf(Scribe.Answer.Accepted.class);
  }

  @Test
  default void aRepeatGetsItsAnswerThoughItsAccountIsThereNow() {
    WorkspaceId workspace = workspace().id();
    IntentId intent = Samples.intent();
    RequestKey key = Samples.key("apply");
    Account worker = worker(workspace);
    scribe().accept(Order.create(workspace, intent).keyed(key).bringing(worker));
    long before = directory().version();

    Scribe.Answer again = scribe().write(create(workspace, worker(workspace)).keyed(key));

    assertThat(again)
        .isEqualTo(new Scribe.Answer.Remembered(new Memo.Accepted(intent, 1, List.of()), true));
    assertThat(directory().accounts(workspace)).containsExactly(worker);
    assertThat(directory().version()).isEqualTo(before);
  }

  @Test
  default void whoIsRefusedOrChangesNothingBringsNobody() {
    WorkspaceId workspace = workspace().id();
    IntentId intent = Samples.intent();
    scribe().accept(Order.create(workspace, intent));
    long before = directory().version();

    Scribe.Answer refused =
        scribe()
            .write(
                Order.proceed(workspace, Samples.intent(), OptionalInt.empty())
                    .bringing(worker(workspace)));
    Scribe.Answer unchanged =
        scribe()
            .write(Order.proceed(workspace, intent, OptionalInt.of(7)).bringing(worker(workspace)));

    assertThat(refused).isInstanceOf(Scribe.Answer.Refused.class);
    assertThat(unchanged).isInstanceOf(Scribe.Answer.Unchanged.class);
    assertThat(directory().accounts(workspace)).isEmpty();
    assertThat(directory().version()).isEqualTo(before);
  }

  @Test
  default void anAccountThatCameFirstAllTheSameIsAConflictAndLeavesNothing() {
    WorkspaceId workspace = workspace().id();
    Account worker = worker(workspace);
    directory().add(worker);
    long before = directory().version();
    RootId root = new RootId(Samples.id());
    Account fine = newcomer(workspace, "fine", Optional.empty());

    // Nobody looked, as when it comes between the look and the INSERT.
    assertThatThrownBy(
            () -> store().write(List.of(), _ -> List.of(created(workspace, root, fine, worker))))
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.CONFLICT));

    assertThat(directory().accounts(workspace)).containsExactly(worker);
    assertThat(directory().version()).isEqualTo(before);
    assertThat(store().log(workspace, root)).isEmpty();
    assertThat(scribe().write(create(workspace, fine))).isInstanceOf(Scribe.Answer.Accepted.class);
  }

  private static Change created(WorkspaceId workspace, RootId root, Account... accounts) {
    Append append = new Append(1, Instant.EPOCH, Samples.REQUESTER.author(), List.of());
    return new Change(
        workspace,
        Optional.of(
            new Change.Appended(
                Root.empty(root).after(append), append, List.of(), List.of(), List.of(accounts))),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  default void anAccountInNoWorkspaceIsRefusedForEver() {
    WorkspaceId nowhere = Samples.workspace();

    assertThatThrownBy(() -> scribe().write(create(nowhere, worker(nowhere))))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.POISON));
    assertThat(store().heads(List.of(nowhere))).containsEntry(nowhere, 0L);
  }

  @Test
  default void aKeyIsLookedUpAgainAfterSomebodyCame() {
    WorkspaceId workspace = workspace().id();
    Account agent = newcomer(workspace, "agent", Optional.empty());
    directory().add(agent);
    Directory.Key key = key(agent, Optional.empty());
    Credential credential = new Credential(key.id(), false, directory().version());
    Order apply = create(workspace, worker(workspace)).with(credential);

    assertThat(scribe().batch(apply, create(workspace).with(credential)))
        .hasOnlyElementsOfType(Scribe.Answer.Accepted.class);
    assertThat(scribe().write(create(workspace).with(credential)))
        .isInstanceOf(Scribe.Answer.Accepted.class);
    directory().revokeKey(agent.id(), key.id());

    assertThat(scribe().write(create(workspace).with(credential)))
        .isInstanceOf(Scribe.Answer.Unauthorized.class);
  }
}
