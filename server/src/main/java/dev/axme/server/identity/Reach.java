package dev.axme.server.identity;

import dev.axme.core.Person;
import dev.axme.core.WorkspaceId;
import dev.axme.server.http.Problem;
import dev.axme.store.Directory;
import dev.axme.store.Directory.Workspace;
import dev.axme.store.Organizations;
import dev.axme.store.Organizations.Member;
import dev.axme.store.Organizations.OrganizationRow;
import dev.axme.store.Organizations.WorkspaceRow;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What one caller reaches (protocol sections 1.7 and 11): their own workspace; all of their
 * organization, if a role of theirs counts there; wherever they are a member. An agent's key
 * reaches its own workspace only. Made for one call, because memberships change; every method may
 * block. Where roles are needed, an empty list means that any role will do.
 */
final class Reach {
  private final Caller caller;
  private final Organizations organizations;
  private final List<Member> memberships;

  private Reach(Caller caller, Organizations organizations, List<Member> memberships) {
    this.caller = caller;
    this.organizations = organizations;
    this.memberships = memberships;
  }

  static Reach of(Caller caller, Directory directory) {
    Organizations organizations = directory.organizations();
    List<Member> memberships =
        caller.person().stream()
            .flatMap(p -> organizations.membershipsOf(p.id().toString()).stream())
            .filter(m -> m.status().equals(Organizations.ACTIVE))
            .toList();
    return new Reach(caller, organizations, memberships);
  }

  /** Where the caller is a member, beside their own workspace. */
  List<Member> memberships() {
    return memberships;
  }

  /** The caller's roles in a workspace. */
  List<String> roles(Workspace workspace) {
    return roles(workspace.organization().id(), Optional.of(workspace.id()));
  }

  /** The caller's roles that count in all of an organization. */
  List<String> roles(UUID organization) {
    return roles(organization, Optional.empty());
  }

  private List<String> roles(UUID organization, Optional<WorkspaceId> workspace) {
    Stream<String> asMember =
        memberships.stream()
            .filter(m -> m.organization().equals(organization))
            .filter(m -> m.workspace().isEmpty() || m.workspace().equals(workspace))
            .map(Member::role);
    return Stream.concat(own(organization, workspace), asMember).distinct().toList();
  }

  private Stream<String> own(UUID organization, Optional<WorkspaceId> workspace) {
    if (!caller.workspace().organization().id().equals(organization)) {
      return Stream.empty();
    }
    boolean home = workspace.equals(Optional.of(caller.workspaceId()));
    return caller.person().map(Person::roles).orElse(List.of()).stream()
        .filter(role -> home || Roles.IN_ORGANIZATIONS.contains(role));
  }

  /** Whether the caller has one of the roles in a workspace. */
  boolean reaches(Workspace workspace, List<String> needed) {
    return needed.isEmpty()
        ? workspace.id().equals(caller.workspaceId()) || !roles(workspace).isEmpty()
        : roles(workspace).stream().anyMatch(needed::contains);
  }

  /** The organization that an id names; 404. */
  OrganizationRow organization(String id) {
    return uuid(id)
        .flatMap(organizations::organization)
        .orElseThrow(() -> Problem.notFound("organization " + id));
  }

  /** The same, if the caller has one of the roles in all of it; else 403. */
  OrganizationRow organization(String id, List<String> needed) {
    OrganizationRow found = organization(id);
    require(roles(found.organization().id()), needed);
    return found;
  }

  /**
   * The workspace that a request is about, if the caller has one of the roles in it: the caller's
   * own when it names none.
   */
  Workspace workspace(Optional<String> orgId, Optional<String> workspaceId, List<String> needed) {
    Roles.notAnAgent(caller, needed);
    Workspace own = caller.workspace();
    if (workspaceId.isPresent()) {
      return row(orgId, workspaceId.get(), needed).workspace();
    }
    if (orgId.isPresent() && !uuid(orgId.get()).equals(Optional.of(own.organization().id()))) {
      organization(orgId.get(), needed);
      throw Problem.invalid(
          "workspace_id", "is needed beside the org_id of an organization that is not your own.");
    }
    require(own, needed);
    return own;
  }

  /** The workspace of that id, in that organization if one is named; 404 or 403. */
  WorkspaceRow row(Optional<String> orgId, String id, List<String> needed) {
    Optional<OrganizationRow> organization = orgId.map(this::organization);
    WorkspaceRow found =
        uuid(id)
            .flatMap(u -> organizations.workspace(new WorkspaceId(u)))
            .orElseThrow(() -> Problem.notFound("workspace " + id));
    UUID owner = found.workspace().organization().id();
    if (organization.filter(o -> !o.organization().id().equals(owner)).isPresent()) {
      throw new Problem(
          403,
          "forbidden",
          "workspace_id does not match target workspace_id: it is outside the organization.");
    }
    require(found.workspace(), needed);
    return found;
  }

  /**
   * The workspaces that a list is about: the one that is named, all that the caller reaches in an
   * organization, or the caller's own.
   */
  List<Workspace> workspaces(
      Optional<String> orgId, Optional<String> workspaceId, List<String> needed) {
    if (workspaceId.isPresent() || orgId.isEmpty()) {
      return List.of(workspace(orgId, workspaceId, needed));
    }
    Roles.notAnAgent(caller, needed);
    return rows(orgId.get(), needed).stream().map(WorkspaceRow::workspace).toList();
  }

  /** The workspaces of an organization that the caller reaches, the oldest first; else 403. */
  List<WorkspaceRow> rows(String orgId, List<String> needed) {
    UUID organization = organization(orgId).organization().id();
    List<WorkspaceRow> reached =
        organizations.workspaces(organization).stream()
            .filter(w -> reaches(w.workspace(), needed))
            .toList();
    if (reached.isEmpty()) {
      require(roles(organization), needed);
    }
    return reached;
  }

  private void require(Workspace workspace, List<String> needed) {
    if (!reaches(workspace, needed)) {
      require(roles(workspace), needed);
    }
  }

  private static void require(List<String> has, List<String> needed) {
    if (has.isEmpty()) {
      throw new Problem(
          403, "forbidden", "org_id or workspace_id is outside actor membership scope.");
    }
    Roles.require(has, needed);
  }

  private static Optional<UUID> uuid(String written) {
    try {
      return Optional.of(UUID.fromString(written.strip()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
