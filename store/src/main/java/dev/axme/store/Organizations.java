package dev.axme.store;

import dev.axme.core.WorkspaceId;
import dev.axme.store.Directory.Organization;
import dev.axme.store.Directory.Workspace;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * All there is to say about organizations and workspaces, and who belongs to them from elsewhere.
 * What is needed to tell who is who stands in {@link Organization} and {@link Workspace}.
 */
public interface Organizations {
  /** The state in which organizations, workspaces and members begin. */
  String ACTIVE = "active";

  /**
   * An organization with what was said about it.
   *
   * @param metadata a JSON object, as text
   * @param request the hash of the request that made it, to recognise a repeat by; may be empty
   */
  record OrganizationRow(
      Organization organization,
      Optional<String> legalName,
      Optional<String> primaryDomain,
      String status,
      String metadata,
      String request,
      Instant createdAt,
      Instant updatedAt)
      implements Directory.Entry {
    /** One about which nothing was said. */
    static OrganizationRow plain(Organization organization, Instant now) {
      return new OrganizationRow(
          organization, Optional.empty(), Optional.empty(), ACTIVE, "{}", "", now, now);
    }
  }

  /** A workspace with what was said about it; {@code request} as for an organization. */
  record WorkspaceRow(
      Workspace workspace,
      String status,
      Optional<String> region,
      String request,
      Instant createdAt,
      Instant updatedAt)
      implements Directory.Entry {
    /** One about which nothing was said. */
    static WorkspaceRow plain(Workspace workspace, Instant now) {
      return new WorkspaceRow(workspace, ACTIVE, Optional.empty(), "", now, now);
    }
  }

  /**
   * Somebody's role in an organization, or in one of its workspaces only. The people of a workspace
   * have their roles there without being members: see {@link Directory.PersonRow}.
   *
   * @param actor a person's id, or whatever else stands for somebody
   */
  record Member(
      UUID id,
      UUID organization,
      Optional<WorkspaceId> workspace,
      String actor,
      String role,
      String status,
      Instant createdAt,
      Instant updatedAt)
      implements Directory.Entry {}

  Optional<OrganizationRow> organization(UUID id);

  /** Whether an organization's slug is free. */
  boolean free(String slug);

  /** The organization's workspaces, the oldest first. */
  List<WorkspaceRow> workspaces(UUID organization);

  Optional<WorkspaceRow> workspace(WorkspaceId id);

  /** What somebody is a member of, the oldest membership first. */
  List<Member> membershipsOf(String actor);

  /** How many people and active members the organization has. */
  int members(UUID organization);

  /** Stores all but id and slug, which stay. */
  void update(OrganizationRow organization);

  /** Stores all but id, organization and slug, which stay. */
  void update(WorkspaceRow workspace);
}
