package dev.axme.server.identity;

import static dev.axme.server.http.Route.Access.ADMIN;
import static dev.axme.server.http.Route.Access.PERSON;
import static dev.axme.server.http.Route.Where.WORKER;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.core.PersonId;
import dev.axme.core.WorkspaceId;
import dev.axme.server.http.Call;
import dev.axme.server.http.Json;
import dev.axme.server.http.Problem;
import dev.axme.server.http.Reply;
import dev.axme.server.http.Route;
import dev.axme.store.Directory;
import dev.axme.store.Directory.Account;
import dev.axme.store.Directory.PersonRow;
import dev.axme.store.Directory.Workspace;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** People who decide, and the links that sign them in: our own endpoints, and strict. */
final class PeopleRoutes {
  private static final Pattern EMAIL =
      Pattern.compile(
          "[a-z0-9!#$%&'*+=?^_`{|}~-]+(\\.[a-z0-9!#$%&'*+=?^_`{|}~-]+)*"
              + "@[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

  private final Directory directory;
  private final Callers callers;
  private final Provisioning provisioning;
  private final Supplier<Instant> now;
  private final Supplier<String> baseUrl;

  PeopleRoutes(
      Directory directory,
      Callers callers,
      Provisioning provisioning,
      Supplier<Instant> now,
      Supplier<String> baseUrl) {
    this.directory = directory;
    this.callers = callers;
    this.provisioning = provisioning;
    this.now = now;
    this.baseUrl = baseUrl;
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", "/v1/people", ADMIN, WORKER, this::list),
        new Route("POST", "/v1/people", ADMIN, WORKER, this::add),
        new Route("POST", "/v1/sign-in-links", PERSON, WORKER, this::link));
  }

  private Reply list(Call call) {
    WorkspaceId workspace =
        Reach.of(call.caller(), directory)
            .workspace(call.query("org_id"), call.query("workspace_id"), Roles.ADMINS)
            .id();
    Map<PersonId, Account> logins = new HashMap<>();
    directory.accounts(workspace).forEach(a -> a.person().ifPresent(p -> logins.put(p, a)));
    return new Listing<PersonRow>(
            "people", p -> p.id().toString(), p -> json(p, Optional.ofNullable(logins.get(p.id()))))
        .page(call, directory.people(workspace));
  }

  private Reply add(Call call) {
    Body body = Body.of(call).only(List.of("email", "name", "role", "org_id", "workspace_id"));
    Reach reach = Reach.of(call.caller(), directory);
    Workspace workspace =
        reach.workspace(body.text("org_id", 255), body.text("workspace_id", 255), Roles.ADMINS);
    String email = email(body.needed("email", 254, "ann@example.com"));
    String name = body.text("name", 120).orElse(email.substring(0, email.indexOf('@')));
    String role = body.text("role", 64).map(Roles::read).orElse(Roles.MEMBER);
    Roles.atLeast(reach.roles(workspace), List.of(role));
    if (Roles.IN_ORGANIZATIONS.contains(role)) {
      Roles.require(reach.roles(workspace.organization().id()), Roles.ORG_ADMINS);
    }
    Newcomer newcomer =
        new Newcomers(directory)
            .draft(workspace, new Newcomers.Draft(email, name, role), now.get());
    try {
      directory.add(List.of(newcomer.person(), newcomer.login(), newcomer.key().row()));
    } catch (Directory.Taken e) {
      throw new Problem(409, "already_exists", e.getMessage() + " in this workspace.");
    }
    String token = provisioning.signInLink(newcomer.person().id());
    callers.refresh();
    ObjectNode answer = Json.ok();
    answer.set("person", json(newcomer.person(), Optional.of(newcomer.login())));
    answer.put("login_key", newcomer.key().token());
    answer.put("sign_in_url", url(token));
    return Reply.json(answer);
  }

  static String email(String written) {
    String email = written.toLowerCase(Locale.ROOT);
    if (!EMAIL.matcher(email).matches() || email.indexOf('@') > 64) {
      throw Problem.invalid("email", "must be an e-mail address such as ann@example.com.");
    }
    return email;
  }

  private Reply link(Call call) {
    Caller caller = call.caller();
    Optional<String> email =
        Body.of(call)
            .only(List.of("email"))
            .text("email", 254)
            .map(PeopleRoutes::email)
            .filter(e -> !caller.person().map(p -> p.email().equals(e)).orElse(false));
    PersonId person =
        email
            .map(e -> somebodyElse(call, e))
            .or(() -> caller.person().map(p -> p.id()))
            .orElseThrow(PeopleRoutes::nobody);
    Instant expiresAt = now.get().plus(Provisioning.LINK_LIFE);
    String token = provisioning.signInLink(person, expiresAt);
    callers.refresh();
    return Reply.json(
        Json.ok().put("sign_in_url", url(token)).put("expires_at", expiresAt.toString()));
  }

  private static Problem nobody() {
    return new Problem(
        403, "forbidden", "A sign-in link is for a person; an agent's key gets none.");
  }

  private PersonId somebodyElse(Call call, String email) {
    Caller caller = Roles.require(call, Roles.ADMINS);
    PersonRow person =
        directory.people(caller.workspaceId()).stream()
            .filter(p -> p.email().equals(email))
            .findFirst()
            .orElseThrow(() -> Problem.notFound("person " + email));
    Roles.atLeast(caller, person.roles());
    return person.id();
  }

  private String url(String token) {
    return baseUrl.get() + Provisioning.SIGN_IN_PATH + token;
  }

  private static ObjectNode json(PersonRow person, Optional<Account> login) {
    ObjectNode json = Json.object();
    json.put("person_id", person.id().toString());
    json.put("email", person.email());
    json.put("name", person.name());
    person.roles().forEach(json.putArray("roles")::add);
    login.ifPresent(a -> json.put("address", a.address().value()));
    json.put("created_at", person.createdAt().toString());
    return json;
  }
}
