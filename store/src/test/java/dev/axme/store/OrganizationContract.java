package dev.axme.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axme.core.Address;
import dev.axme.core.WorkspaceId;
import dev.axme.store.Directory.Account;
import dev.axme.store.Directory.Organization;
import dev.axme.store.Directory.Workspace;
import dev.axme.store.Organizations.Member;
import dev.axme.store.Organizations.OrganizationRow;
import dev.axme.store.Organizations.WorkspaceRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Organizations, their workspaces and who belongs to them from elsewhere. */
interface OrganizationContract extends DirectoryContract {
  private Directory directory() {
    return store().directory();
  }

  private Organizations organizations() {
    return directory().organizations();
  }

  private OrganizationRow acme() {
    UUID id = Samples.id();
    Instant now = store().now();
    return new OrganizationRow(
        new Organization(id, "acme-" + id, "Acme"),
        Optional.of("Acme Inc."),
        Optional.of("acme.test"),
        "active",
        "{\"tier\":1}",
        "hash",
        now,
        now);
  }

  private WorkspaceRow workspaceOf(OrganizationRow organization, String slug) {
    Instant now = store().now();
    return new WorkspaceRow(
        new Workspace(
            new WorkspaceId(Samples.id()), organization.organization(), slug, slug, "staging"),
        "active",
        Optional.of("eu-1"),
        "",
        now,
        now);
  }

  private Member member(OrganizationRow organization, Optional<WorkspaceId> workspace, String who) {
    Instant now = store().now();
    return new Member(
        Samples.id(),
        organization.organization().id(),
        workspace,
        who,
        "org_owner",
        "active",
        now,
        now);
  }

  @Test
  default void anOrganizationAndItsWorkspacesAreFoundAsTheyWereAdded() {
    OrganizationRow acme = acme();
    WorkspaceRow first = workspaceOf(acme, "first");
    WorkspaceRow second = workspaceOf(acme, "second");

    directory().add(List.of(acme, first));
    directory().add(List.of(second));

    assertThat(organizations().organization(acme.organization().id())).contains(acme);
    assertThat(organizations().workspace(first.workspace().id())).contains(first);
    assertThat(organizations().workspaces(acme.organization().id())).containsExactly(first, second);
    assertThat(directory().workspaces()).contains(first.workspace(), second.workspace());
    assertThat(directory().workspace(second.workspace().id())).contains(second.workspace());
    assertThat(organizations().organization(Samples.id())).isEmpty();
    assertThat(organizations().workspaces(Samples.id())).isEmpty();
  }

  @Test
  default void aSlugIsFreeUntilItIsTakenInItsOrganization() {
    OrganizationRow acme = acme();
    OrganizationRow other = acme();
    assertThat(organizations().free(acme.organization().slug())).isTrue();
    directory().add(List.of(acme, workspaceOf(acme, "main"), other));

    directory().add(List.of(workspaceOf(other, "main")));

    assertThat(organizations().free(acme.organization().slug())).isFalse();
    assertThatThrownBy(() -> directory().add(List.of(workspaceOf(acme, "main"))))
        .isInstanceOf(Directory.Taken.class);
  }

  @Test
  default void whatIsSaidAboutThemChangesButTheirSlugs() {
    OrganizationRow acme = acme();
    WorkspaceRow main = workspaceOf(acme, "main");
    directory().add(List.of(acme, main));
    Instant later = store().now().plusSeconds(5);
    Organization renamed =
        new Organization(acme.organization().id(), acme.organization().slug(), "Acme Two");
    OrganizationRow changed =
        new OrganizationRow(
            renamed,
            Optional.empty(),
            Optional.of("two.test"),
            "suspended",
            "{}",
            acme.request(),
            acme.createdAt(),
            later);
    WorkspaceRow moved =
        new WorkspaceRow(
            new Workspace(main.workspace().id(), renamed, "main", "Prime", "production"),
            "archived",
            Optional.empty(),
            main.request(),
            main.createdAt(),
            later);

    organizations().update(changed);
    organizations().update(moved);

    assertThat(organizations().organization(renamed.id())).contains(changed);
    assertThat(organizations().workspace(main.workspace().id())).contains(moved);
  }

  @Test
  default void somebodyIsAMemberOnceOfAnOrganizationAndOfEachWorkspace() {
    OrganizationRow acme = acme();
    WorkspaceRow main = workspaceOf(acme, "main");
    String who = "actor-" + Samples.id();
    Member everywhere = member(acme, Optional.empty(), who);
    Member there = member(acme, Optional.of(main.workspace().id()), who);

    directory().add(List.of(acme, main, everywhere));
    directory().add(List.of(there));

    assertThat(organizations().membershipsOf(who)).containsExactlyInAnyOrder(everywhere, there);
    assertThat(organizations().membershipsOf("nobody")).isEmpty();
    for (Member twin : List.of(everywhere, there)) {
      assertThatThrownBy(() -> directory().add(List.of(member(acme, twin.workspace(), who))))
          .isInstanceOf(Directory.Taken.class)
          .hasMessageContaining(who);
    }
  }

  @Test
  default void peopleAndMembersAreCounted() {
    OrganizationRow acme = acme();
    WorkspaceRow main = workspaceOf(acme, "main");
    directory().add(List.of(acme, main, member(acme, Optional.empty(), "a-" + Samples.id())));
    person(main.workspace().id(), "alice", "member");
    person(workspace().id(), "bob", "member");

    assertThat(organizations().members(acme.organization().id())).isEqualTo(2);
  }

  @Test
  default void accountsOfAllWorkspacesOfAnOrganizationAreFoundTogether() {
    OrganizationRow acme = acme();
    WorkspaceRow first = workspaceOf(acme, "first");
    WorkspaceRow second = workspaceOf(acme, "second");
    directory().add(List.of(acme, first, second));
    Account a = agent(first.workspace());
    Account b = agent(second.workspace());
    agent(workspace());

    assertThat(directory().accountsIn(acme.organization().id())).containsExactlyInAnyOrder(a, b);
  }

  private Account agent(Workspace workspace) {
    Instant now = store().now();
    Account account =
        new Account(
            "sa_" + Samples.id(),
            workspace.id(),
            Optional.empty(),
            "bot",
            new Address("agent://" + workspace.organization().slug() + "/" + workspace.slug()),
            Optional.empty(),
            Optional.empty(),
            "poll",
            Optional.empty(),
            Optional.empty(),
            "active",
            "test",
            now,
            now);
    directory().add(account);
    return account;
  }
}
