package dev.axme.server.identity;

import static dev.axme.server.http.Route.Access.PERSON;
import static dev.axme.server.http.Route.Where.WORKER;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.core.Person;
import dev.axme.server.http.Call;
import dev.axme.server.http.Json;
import dev.axme.server.http.Reply;
import dev.axme.server.http.Route;
import dev.axme.store.Directory;
import dev.axme.store.Organizations.OrganizationRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What a person says about themselves when they log in (protocol section 12.4). */
final class ProfileRoutes {
  private final Directory directory;
  private final Callers callers;
  private final Supplier<Instant> now;

  ProfileRoutes(Directory directory, Callers callers, Supplier<Instant> now) {
    this.directory = directory;
    this.callers = callers;
    this.now = now;
  }

  List<Route> routes() {
    return List.of(new Route("POST", "/v1/portal/personal/profile", PERSON, WORKER, this::change));
  }

  /** A field that is not there stays as it is. */
  private Reply change(Call call) {
    Person person = SelfRoutes.person(call);
    Body body = Body.of(call);
    Optional<String> name = body.text("display_name", 120);
    Optional<String> company = body.text("company", 255);
    company.ifPresent(legalName -> employ(call.caller(), legalName));
    name.ifPresent(n -> directory.rename(person.id(), n));
    callers.refresh();
    ObjectNode answer = Json.ok();
    answer
        .putObject("account")
        .put("email", person.email())
        .put("display_name", name.orElse(person.name()));
    return Reply.json(answer);
  }

  /** The company is the legal name of the organization, which its owners and admins change. */
  private void employ(Caller caller, String legalName) {
    OrganizationRow row =
        Reach.of(caller, directory)
            .organization(caller.workspace().organization().id().toString(), Roles.ORG_ADMINS);
    directory
        .organizations()
        .update(
            new OrganizationRow(
                row.organization(),
                Optional.of(legalName),
                row.primaryDomain(),
                row.status(),
                row.metadata(),
                row.request(),
                row.createdAt(),
                now.get()));
  }
}
