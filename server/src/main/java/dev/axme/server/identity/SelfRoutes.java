package dev.axme.server.identity;

import static dev.axme.server.http.Route.Access.MACHINE;
import static dev.axme.server.http.Route.Access.PERSON;
import static dev.axme.server.http.Route.Where.WORKER;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.core.Person;
import dev.axme.server.http.Call;
import dev.axme.server.http.Json;
import dev.axme.server.http.Problem;
import dev.axme.server.http.Reply;
import dev.axme.server.http.Route;
import dev.axme.store.Directory;
import dev.axme.store.Directory.Workspace;
import dev.axme.store.Organizations.Member;
import dev.axme.store.Organizations.OrganizationRow;
import dev.axme.store.Organizations.WorkspaceRow;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Who and where the caller is (protocol sections 10.1 and 12.4). */
final class SelfRoutes {
  private static final String PORTAL = "/v1/portal/personal";

  private final Directory directory;

  SelfRoutes(Directory directory) {
    this.directory = directory;
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", "/v1/me", MACHINE, WORKER, this::me),
        new Route("GET", PORTAL + "/context", PERSON, WORKER, this::context),
        new Route("POST", PORTAL + "/workspace-selection", PERSON, WORKER, this::select),
        new Route("GET", "/v1/auth/sessions", PERSON, WORKER, SelfRoutes::sessions));
  }

  /** None: programs log in with keys here, and a browser's session is a cookie, not a token. */
  private static Reply sessions(Call call) {
    person(call);
    ObjectNode answer = Json.ok();
    answer.putArray("sessions");
    return Reply.json(answer);
  }

  private Reply me(Call call) {
    Caller caller = call.caller();
    ObjectNode answer = Json.ok();
    answer.put("address", caller.address().value());
    caller
        .account()
        .ifPresent(a -> answer.set("service_account", Accounts.json(a, caller.workspace())));
    answer.put("org_id", caller.workspace().organization().id().toString());
    answer.put("workspace_id", caller.workspace().id().toString());
    caller.person().ifPresent(p -> answer.set("actor", actor(p)));
    return Reply.json(answer);
  }

  private static ObjectNode actor(Person person) {
    ObjectNode actor = Json.object();
    actor.put("actor_id", person.id().toString());
    actor.put("email", person.email());
    actor.put("name", person.name());
    person.roles().forEach(actor.putArray("roles")::add);
    return actor;
  }

  private Reply context(Call call) {
    Person person = person(call);
    Workspace workspace = call.caller().workspace();
    ObjectNode answer = selected(workspace);
    answer.putObject("account").put("email", person.email()).put("display_name", person.name());
    var organizations = answer.putArray("organizations");
    Reach reach = Reach.of(call.caller(), directory);
    Stream.concat(
            Stream.of(workspace.organization().id()),
            reach.memberships().stream().map(Member::organization))
        .distinct()
        .flatMap(id -> directory.organizations().organization(id).stream())
        .forEach(row -> organizations.add(organization(row, reach)));
    ObjectNode mine = answer.putArray("workspaces").addObject();
    mine.setAll(workspace(workspace));
    mine.put("environment", workspace.environment()).put("status", "active");
    person.roles().forEach(mine.putArray("roles")::add);
    answer.putObject("guidance").put("workspace_count", 1);
    return Reply.json(answer);
  }

  /** An organization in which the caller has a role, with the workspaces that they reach. */
  private ObjectNode organization(OrganizationRow row, Reach reach) {
    UUID id = row.organization().id();
    ObjectNode json = Json.object();
    json.put("org_id", id.toString());
    json.put("name", row.organization().name());
    json.put("status", row.status());
    List<Workspace> reached =
        directory.organizations().workspaces(id).stream()
            .map(WorkspaceRow::workspace)
            .filter(w -> reach.reaches(w, List.of()))
            .toList();
    Stream.concat(reach.roles(id).stream(), reached.stream().flatMap(w -> reach.roles(w).stream()))
        .distinct()
        .forEach(json.putArray("roles")::add);
    ArrayNode workspaces = json.putArray("workspaces");
    reached.forEach(w -> workspaces.addObject().put("workspace_id", w.id().toString()));
    return json;
  }

  private Reply select(Call call) {
    person(call);
    Workspace own = call.caller().workspace();
    Body body = Body.of(call);
    String workspace = body.needed("workspace_id", 255, own.id().toString());
    boolean elsewhere =
        !workspace.equalsIgnoreCase(own.id().toString())
            || body.text("org_id", 255)
                .filter(id -> !id.equalsIgnoreCase(own.organization().id().toString()))
                .isPresent();
    if (elsewhere) {
      throw new Problem(403, "forbidden", "workspace is outside actor membership scope");
    }
    return Reply.json(selected(own));
  }

  /** The caller, who must be a person. */
  static Person person(Call call) {
    return call.caller()
        .person()
        .orElseThrow(
            () ->
                new Problem(
                    403,
                    "invalid_actor_scope",
                    "This needs the actor identity of a person: use a login key."));
  }

  private static ObjectNode selected(Workspace workspace) {
    ObjectNode answer = Json.ok();
    answer
        .putObject("context")
        .put("org_id", workspace.organization().id().toString())
        .put("workspace_id", workspace.id().toString());
    answer.set("selected_organization", organization(workspace));
    answer.set("selected_workspace", workspace(workspace));
    return answer;
  }

  private static ObjectNode organization(Workspace workspace) {
    return Json.object()
        .put("org_id", workspace.organization().id().toString())
        .put("name", workspace.organization().name());
  }

  private static ObjectNode workspace(Workspace workspace) {
    return Json.object()
        .put("workspace_id", workspace.id().toString())
        .put("org_id", workspace.organization().id().toString())
        .put("name", workspace.name())
        .put("org_name", workspace.organization().name());
  }
}
