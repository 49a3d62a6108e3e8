package dev.axme.server.identity;

import static dev.axme.server.http.Route.Access.PERSON;
import static dev.axme.server.http.Route.Where.WORKER;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.core.WorkspaceId;
import dev.axme.server.http.Call;
import dev.axme.server.http.Json;
import dev.axme.server.http.Problem;
import dev.axme.server.http.Reply;
import dev.axme.server.http.Route;
import dev.axme.store.Directory;
import dev.axme.store.Directory.Organization;
import dev.axme.store.Directory.Workspace;
import dev.axme.store.Organizations;
import dev.axme.store.Organizations.WorkspaceRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The workspaces of organizations (protocol section 11.1). A slug is unique in its organization: a
 * name that gives one which is there already is a mistake, and refused.
 */
final class WorkspaceRoutes {
  private static final String ALL = OrganizationRoutes.ONE + "/workspaces";
  private static final String ONE = ALL + "/{workspace_id}";

  private static final List<String> ENVIRONMENTS = List.of("sandbox", "staging", "production");
  private static final List<String> STATUSES = List.of("active", "suspended", "archived");

  private final Directory directory;
  private final Callers callers;
  private final Supplier<Instant> now;

  WorkspaceRoutes(Directory directory, Callers callers, Supplier<Instant> now) {
    this.directory = directory;
    this.callers = callers;
    this.now = now;
  }

  List<Route> routes() {
    return List.of(
        new Route("POST", ALL, PERSON, WORKER, this::create),
        new Route("GET", ALL, PERSON, WORKER, this::list),
        new Route("PATCH", ONE, PERSON, WORKER, this::change));
  }

  private Reply create(Call call) {
    Organization organization =
        Reach.of(call.caller(), directory)
            .organization(call.pathValue("org_id"), Roles.ORG_ADMINS)
            .organization();
    Body body = body(call, organization.id());
    Instant at = now.get();
    Optional<UUID> repeatable =
        Body.idempotencyKey(call)
            .map(
                k ->
                    Secrets.derivedUuid(
                        "workspace", organization.id().toString(), call.caller().identity(), k));
    WorkspaceRow draft =
        draft(repeatable.orElseGet(() -> Secrets.uuid(at)), organization, body, at);
    try {
      directory.add(List.of(draft));
    } catch (Directory.Taken e) {
      return shown(existing(draft, body));
    }
    callers.refresh();
    return shown(draft);
  }

  private static Body body(Call call, UUID organization) {
    Body body = Body.of(call);
    Optional<String> named = body.text("org_id", 255);
    if (named.isPresent() && !named.get().equalsIgnoreCase(organization.toString())) {
      throw new Problem(
          400, "bad_request", "org_id names another organization than the path; leave it out.");
    }
    return body;
  }

  private static WorkspaceRow draft(UUID id, Organization organization, Body body, Instant at) {
    String name = body.name("Production");
    String environment =
        body.oneOf("environment", ENVIRONMENTS)
            .orElseThrow(
                () ->
                    Problem.invalid(
                        "environment", "is needed: " + String.join(", ", ENVIRONMENTS) + "."));
    return new WorkspaceRow(
        new Workspace(
            new WorkspaceId(id), organization, Slugs.of(name, "workspace"), name, environment),
        Organizations.ACTIVE,
        body.text("region", 64),
        body.hash(),
        at,
        at);
  }

  /** The workspace that a repeat of the same request made; anything else is a conflict. */
  private WorkspaceRow existing(WorkspaceRow draft, Body body) {
    Optional<WorkspaceRow> repeated = directory.organizations().workspace(draft.workspace().id());
    if (repeated.isPresent()) {
      body.sameAs(repeated.get().request());
      return repeated.get();
    }
    WorkspaceRow taken =
        directory.organizations().workspaces(draft.workspace().organization().id()).stream()
            .filter(w -> w.workspace().slug().equals(draft.workspace().slug()))
            .findFirst()
            .orElseThrow(
                () -> Problem.unavailable("somebody else changed the directory just now", 1));
    ObjectNode details = Json.object();
    details.set("workspace", json(taken));
    throw new Problem(
        409,
        "already_exists",
        "The organization has a workspace "
            + taken.workspace().name()
            + " already, with the addresses that this one would have: "
            + taken.workspace().id()
            + ".",
        details);
  }

  private Reply list(Call call) {
    List<WorkspaceRow> rows =
        Reach.of(call.caller(), directory).rows(call.pathValue("org_id"), Roles.READERS);
    return new Listing<WorkspaceRow>(
            "workspaces", w -> w.workspace().id().toString(), WorkspaceRoutes::json)
        .page(call, rows);
  }

  private Reply change(Call call) {
    WorkspaceRow row =
        Reach.of(call.caller(), directory)
            .row(
                Optional.of(call.pathValue("org_id")),
                call.pathValue("workspace_id"),
                Roles.ADMINS);
    Workspace old = row.workspace();
    Body body = body(call, old.organization().id());
    WorkspaceRow changed =
        new WorkspaceRow(
            new Workspace(
                old.id(),
                old.organization(),
                old.slug(),
                body.mentions("name") ? body.name("Production") : old.name(),
                body.oneOf("environment", ENVIRONMENTS).orElse(old.environment())),
            body.oneOf("status", STATUSES).orElse(row.status()),
            body.mentions("region") ? body.text("region", 64) : row.region(),
            row.request(),
            row.createdAt(),
            now.get());
    directory.organizations().update(changed);
    callers.refresh();
    return shown(changed);
  }

  private static Reply shown(WorkspaceRow row) {
    ObjectNode answer = Json.ok();
    answer.set("workspace", json(row));
    return Reply.json(answer);
  }

  private static ObjectNode json(WorkspaceRow row) {
    ObjectNode json = Json.object();
    json.put("workspace_id", row.workspace().id().toString());
    json.put("org_id", row.workspace().organization().id().toString());
    json.put("name", row.workspace().name());
    json.put("slug", row.workspace().slug());
    json.put("environment", row.workspace().environment());
    json.put("status", row.status());
    row.region().ifPresent(v -> json.put("region", v));
    json.put("created_at", row.createdAt().toString());
    json.put("updated_at", row.updatedAt().toString());
    return json;
  }
}
