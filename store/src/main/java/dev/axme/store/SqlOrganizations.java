package dev.axme.store;

import dev.axme.core.WorkspaceId;
import dev.axme.store.Directory.Organization;
import dev.axme.store.Directory.Workspace;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The tables of organizations, workspaces and members, one text for both databases. */
final class SqlOrganizations implements Organizations {
  private static final String ORGANIZATIONS =
      """
      SELECT org_id, slug, name, legal_name, primary_domain, status, metadata, request_hash,
             created_at, updated_at
        FROM organizations
      """;
  private static final String WORKSPACES =
      """
      SELECT w.workspace_id, w.slug, w.name, w.environment, o.org_id, o.slug, o.name, w.status,
             w.region, w.request_hash, w.created_at, w.updated_at
        FROM workspaces w
        JOIN organizations o ON o.org_id = w.org_id
      """;

  private final DirectoryTables tables;

  SqlOrganizations(DirectoryTables tables) {
    this.tables = tables;
  }

  @Override
  public Optional<OrganizationRow> organization(UUID id) {
    return tables.read(
        sql -> sql.first(ORGANIZATIONS + " WHERE org_id = ?", SqlOrganizations::organization, id));
  }

  @Override
  public boolean free(String slug) {
    return tables.read(
        sql ->
            sql.first("SELECT 1 FROM organizations WHERE slug = ?", r -> r.number(1), slug)
                .isEmpty());
  }

  /** Every workspace, the oldest first. */
  List<WorkspaceRow> workspaces() {
    return tables.read(
        sql ->
            sql.list(
                WORKSPACES + " ORDER BY w.created_at, w.workspace_id",
                SqlOrganizations::workspace));
  }

  @Override
  public List<WorkspaceRow> workspaces(UUID organization) {
    return tables.read(
        sql ->
            sql.list(
                WORKSPACES + " WHERE w.org_id = ? ORDER BY w.created_at, w.workspace_id",
                SqlOrganizations::workspace,
                organization));
  }

  @Override
  public Optional<WorkspaceRow> workspace(WorkspaceId id) {
    return tables.read(
        sql ->
            sql.first(
                WORKSPACES + " WHERE w.workspace_id = ?", SqlOrganizations::workspace, id.value()));
  }

  @Override
  public List<Member> membershipsOf(String actor) {
    return tables.read(
        sql ->
            sql.list(
                """
                SELECT member_id, org_id, workspace_id, actor_id, role, status, created_at,
                       updated_at
                  FROM members
                 WHERE actor_id = ?
                 ORDER BY created_at, member_id
                """,
                SqlOrganizations::member,
                actor));
  }

  @Override
  public int members(UUID organization) {
    return tables.read(
        sql ->
            sql.first(
                    """
                    SELECT (SELECT COUNT(*)
                              FROM people p
                              JOIN workspaces w ON w.workspace_id = p.workspace_id
                             WHERE w.org_id = ?)
                         + (SELECT COUNT(*)
                              FROM members m
                             WHERE m.org_id = ?
                               AND m.status = 'active')
                    """,
                    r -> r.number(1),
                    organization,
                    organization)
                .orElseThrow());
  }

  @Override
  public void update(OrganizationRow row) {
    tables.write(
        sql ->
            sql.update(
                """
                UPDATE organizations
                   SET name = ?, legal_name = ?, primary_domain = ?, status = ?, metadata = ?,
                       updated_at = ?
                 WHERE org_id = ?
                """,
                row.organization().name(),
                Sql.orNull(row.legalName(), Sql.Null.TEXT),
                Sql.orNull(row.primaryDomain(), Sql.Null.TEXT),
                row.status(),
                row.metadata(),
                row.updatedAt(),
                row.organization().id()));
  }

  @Override
  public void update(WorkspaceRow row) {
    tables.write(
        sql ->
            sql.update(
                """
                UPDATE workspaces
                   SET name = ?, environment = ?, status = ?, region = ?, updated_at = ?
                 WHERE workspace_id = ?
                """,
                row.workspace().name(),
                row.workspace().environment(),
                row.status(),
                Sql.orNull(row.region(), Sql.Null.TEXT),
                row.updatedAt(),
                row.workspace().id().value()));
  }

  private static OrganizationRow organization(Sql.Row r) throws SQLException {
    return new OrganizationRow(
        new Organization(r.uuid(1), r.text(2), r.text(3)),
        r.optionalText(4),
        r.optionalText(5),
        r.text(6),
        r.text(7),
        r.text(8),
        r.instant(9),
        r.instant(10));
  }

  private static WorkspaceRow workspace(Sql.Row r) throws SQLException {
    Workspace workspace =
        new Workspace(
            new WorkspaceId(r.uuid(1)),
            new Organization(r.uuid(5), r.text(6), r.text(7)),
            r.text(2),
            r.text(3),
            r.text(4));
    return new WorkspaceRow(
        workspace, r.text(8), r.optionalText(9), r.text(10), r.instant(11), r.instant(12));
  }

  private static Member member(Sql.Row r) throws SQLException {
    return new Member(
        r.uuid(1),
        r.uuid(2),
        r.isNull(3) ? Optional.empty() : Optional.of(new WorkspaceId(r.uuid(3))),
        r.text(4),
        r.text(5),
        r.text(6),
        r.instant(7),
        r.instant(8));
  }
}
