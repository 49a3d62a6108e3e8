package dev.axme.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axme.core.Address;
import dev.axme.core.PersonId;
import dev.axme.core.WorkspaceId;
import dev.axme.store.Directory.Account;
import dev.axme.store.Directory.Organization;
import dev.axme.store.Directory.PersonRow;
import dev.axme.store.Directory.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who is who: what is added is found, what must be unique is, what is revoked is dead. */
interface DirectoryContract extends StoreFixture {
  private Directory directory() {
    return store().directory();
  }

  /** A new workspace in an organization of its own. */
  default Workspace workspace() {
    UUID id = Samples.id();
    Workspace workspace =
        new Workspace(
            new WorkspaceId(id),
            new Organization(Samples.id(), "org-" + id, "Acme"),
            "main",
            "Main",
            "production");
    directory().add(workspace.organization(), workspace);
    return workspace;
  }

  /** A new person of {@code workspace}. */
  default PersonRow person(WorkspaceId workspace, String name, String... roles) {
    PersonRow person =
        new PersonRow(
            new PersonId(Samples.id()),
            workspace,
            name + "@acme.test",
            name,
            List.of(roles),
            store().now());
    directory().add(person);
    return person;
  }

  /** An account that is not there yet. */
  default Account newcomer(WorkspaceId workspace, String name, Optional<PersonId> person) {
    Instant now = store().now();
    return new Account(
        "sa_" + Samples.id(),
        workspace,
        person,
        name,
        new Address("agent://" + workspace + "/" + name),
        Optional.of("The " + name),
        Optional.empty(),
        "stream",
        Optional.empty(),
        Optional.empty(),
        "active",
        "bootstrap",
        now,
        now);
  }

  private Account account(WorkspaceId workspace, String name, Optional<PersonId> person) {
    Account account = newcomer(workspace, name, person);
    directory().add(account);
    return account;
  }

  /** A new key of {@code account}. */
  default Directory.Key key(Account account, Optional<Instant> expiresAt) {
    String id = "key_" + Samples.id();
    Directory.Key key =
        new Directory.Key(
            id,
            account.id(),
            Blob.sha256(id).hex(),
            "...abcd",
            account.person().isPresent(),
            Optional.of("night shift"),
            Optional.empty(),
            store().now(),
            expiresAt,
            Optional.empty());
    directory().add(key);
    return key;
  }

  private static Account withStatus(Account a, String status) {
    return new Account(
        a.id(),
        a.workspace(),
        a.person(),
        a.name(),
        a.address(),
        a.displayName(),
        Optional.of("changed"),
        "http",
        Optional.of("https://agent.test/hook"),
        Optional.of("whsec-0123456789"),
        status,
        a.createdBy(),
        a.createdAt(),
        a.updatedAt().plusSeconds(1));
  }

  @Test
  default void whatWasAddedIsFound() {
    Workspace workspace = workspace();
    PersonRow alice = person(workspace.id(), "alice", "member", "reviewer");
    PersonRow bob = person(workspace.id(), "bob");
    Account agent = account(workspace.id(), "worker", Optional.empty());
    Account login = account(workspace.id(), "alice", Optional.of(alice.id()));
    Directory.Key key = key(agent, Optional.of(store().now().plus(Duration.ofDays(1))));

    assertThat(directory().workspace(workspace.id())).contains(workspace);
    assertThat(directory().workspaces()).contains(workspace);
    assertThat(directory().people(workspace.id())).containsExactly(alice, bob);
    assertThat(directory().person(alice.id())).contains(alice);
    assertThat(directory().accounts(workspace.id())).containsExactly(login, agent);
    assertThat(directory().account(login.id())).contains(login);
    assertThat(directory().accountByAddress(agent.address())).contains(agent);
    assertThat(directory().keys(agent.id())).containsExactly(key);
    assertThat(directory().liveKey(key.hash())).contains(key);
  }

  @Test
  default void whatWasNeverAddedIsNotFound() {
    assertThat(directory().workspace(Samples.workspace())).isEmpty();
    assertThat(directory().people(Samples.workspace())).isEmpty();
    assertThat(directory().person(new PersonId(Samples.id()))).isEmpty();
    assertThat(directory().account("sa_none")).isEmpty();
    assertThat(directory().accountByAddress(new Address("agent://nobody"))).isEmpty();
    assertThat(directory().liveKey("none")).isEmpty();
    assertThat(directory().liveSession("none")).isEmpty();
    assertThat(directory().setting("none")).isEmpty();
  }

  @Test
  default void whatMustBeUniqueIsTakenAndTheVersionStays() {
    Workspace workspace = workspace();
    person(workspace.id(), "alice");
    account(workspace.id(), "worker", Optional.empty());
    Workspace twin =
        new Workspace(
            Samples.workspace(),
            new Organization(Samples.id(), workspace.organization().slug(), "Other"),
            "main",
            "Main",
            "production");
    long before = directory().version();

    assertThatThrownBy(() -> directory().add(twin.organization(), twin))
        .isInstanceOf(Directory.Taken.class);
    assertThatThrownBy(() -> person(workspace.id(), "alice")).isInstanceOf(Directory.Taken.class);
    assertThatThrownBy(() -> account(workspace.id(), "worker", Optional.empty()))
        .isInstanceOf(Directory.Taken.class);

    assertThat(directory().version()).isEqualTo(before);
    assertThat(directory().workspace(twin.id())).isEmpty();
  }

  @Test
  default void theSameNameInAnotherWorkspaceIsFree() {
    person(workspace().id(), "alice");

    PersonRow other = person(workspace().id(), "alice");

    assertThat(directory().person(other.id())).contains(other);
  }

  @Test
  default void whatTheDatabaseRefusesForEverIsNotCalledTakenAndNotRepeated() {
    Workspace workspace = workspace();
    Account agent = account(workspace.id(), "worker", Optional.empty());

    assertThatThrownBy(() -> person(Samples.workspace(), "alice"))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.POISON));
    assertThatThrownBy(() -> directory().update(withStatus(agent, "sleepy")))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.POISON));
  }

  @Test
  default void everyWriteRaisesTheVersion() {
    long v = directory().version();
    Workspace workspace = workspace();
    assertThat(directory().version()).isEqualTo(v + 1);
    Account agent = account(workspace.id(), "worker", Optional.empty());
    assertThat(directory().version()).isEqualTo(v + 2);
    Directory.Key key = key(agent, Optional.empty());
    assertThat(directory().version()).isEqualTo(v + 3);
    directory().revokeKey(agent.id(), key.id());
    assertThat(directory().version()).isEqualTo(v + 4);
  }

  @Test
  default void anAccountChangesAllButItsNameAndAddress() {
    Workspace workspace = workspace();
    Account agent = account(workspace.id(), "worker", Optional.empty());
    Account changed = withStatus(agent, "active");

    directory().update(changed);

    assertThat(directory().account(agent.id())).contains(changed);
  }

  @Test
  default void aPersonCanBeRenamed() {
    Workspace workspace = workspace();
    PersonRow ann = person(workspace.id(), "ann@example.com");
    PersonRow bob = person(workspace.id(), "bob@example.com");
    long version = directory().version();

    directory().rename(ann.id(), "Ann Lee");

    assertThat(directory().person(ann.id()).orElseThrow().name()).isEqualTo("Ann Lee");
    assertThat(directory().person(bob.id())).contains(bob);
    assertThat(directory().version()).isGreaterThan(version);
  }

  @Test
  default void aKeyIsDeadOnceItIsRevokedExpiredOrItsAccountSleeps() {
    Workspace workspace = workspace();
    Account agent = account(workspace.id(), "worker", Optional.empty());
    Account other = account(workspace.id(), "other", Optional.empty());
    Directory.Key revoked = key(agent, Optional.empty());
    Directory.Key expired = key(agent, Optional.of(store().now().minusSeconds(1)));
    Directory.Key suspended = key(other, Optional.empty());
    assertThat(directory().liveKey(revoked.hash())).isPresent();
    assertThat(directory().liveKey(suspended.hash())).isPresent();

    assertThat(directory().revokeKey(other.id(), revoked.id())).as("not its key").isFalse();
    assertThat(directory().revokeKey(agent.id(), revoked.id())).isTrue();
    assertThat(directory().revokeKey(agent.id(), revoked.id())).as("again").isFalse();
    directory().update(withStatus(other, "suspended"));

    assertThat(directory().liveKey(revoked.hash())).isEmpty();
    assertThat(directory().liveKey(expired.hash())).isEmpty();
    assertThat(directory().liveKey(suspended.hash())).isEmpty();
    assertThat(directory().keys(agent.id()).getFirst().revokedAt()).isPresent();
    directory().update(withStatus(other, "active"));
    assertThat(directory().liveKey(suspended.hash())).isPresent();
  }

  @Test
  default void aKeyThatWasRevokedSinceItCameInWritesNothing() {
    Workspace workspace = workspace();
    Account agent = account(workspace.id(), "worker", Optional.empty());
    Directory.Key key = key(agent, Optional.empty());
    Credential credential = new Credential(key.id(), false, directory().version());
    assertThat(write(workspace, credential)).isInstanceOf(Scribe.Answer.Accepted.class);

    person(workspace.id(), "bob");
    assertThat(write(workspace, credential))
        .as("the directory changed, the key did not")
        .isInstanceOf(Scribe.Answer.Accepted.class);
    directory().revokeKey(agent.id(), key.id());

    assertThat(write(workspace, credential)).isEqualTo(new Scribe.Answer.Unauthorized());
  }

  @Test
  default void theKeyOfASuspendedAccountWritesNothing() {
    Workspace workspace = workspace();
    Account agent = account(workspace.id(), "worker", Optional.empty());
    Directory.Key key = key(agent, Optional.empty());
    Credential credential = new Credential(key.id(), false, directory().version());

    directory().update(withStatus(agent, "suspended"));

    assertThat(write(workspace, credential)).isEqualTo(new Scribe.Answer.Unauthorized());
  }

  private Scribe.Answer write(Workspace workspace, Credential credential) {
    return scribe().write(Order.create(workspace.id(), Samples.intent()).with(credential));
  }

  @Test
  default void aSettingKeepsItsFirstValue() {
    String name = "signing-" + Samples.id();

    assertThat(directory().settingOr(name, "one")).isEqualTo("one");
    assertThat(directory().settingOr(name, "two")).isEqualTo("one");
    assertThat(directory().setting(name)).contains("one");
  }
}
