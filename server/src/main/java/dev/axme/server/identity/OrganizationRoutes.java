package dev.axme.server.identity;

import static dev.axme.server.http.Route.Access.PERSON;
import static dev.axme.server.http.Route.Where.WORKER;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.server.http.Call;
import dev.axme.server.http.Json;
import dev.axme.server.http.Problem;
import dev.axme.server.http.Reply;
import dev.axme.server.http.Route;
import dev.axme.store.Directory;
import dev.axme.store.Directory.Organization;
import dev.axme.store.Organizations.Member;
import dev.axme.store.Organizations.OrganizationRow;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Organizations (protocol section 11.1). Whoever makes one owns it, and goes on in it with the same
 * key. Slugs are unique on the server, names are not: a second Acme becomes {@code acme-2}.
 */
final class OrganizationRoutes {
  static final String ALL = "/v1/organizations";
  static final String ONE = ALL + "/{org_id}";

  private static final List<String> STATUSES =
      List.of("pending", "active", "suspended", "archived");
  private static final Pattern DOMAIN = Pattern.compile("(?i)[a-z0-9]([a-z0-9.-]*[a-z0-9])?");
  private static final int LONGEST_METADATA = 16 * 1024;
  private static final int TRIES = 5;

  private final Directory directory;
  private final Callers callers;
  private final Supplier<Instant> now;

  OrganizationRoutes(Directory directory, Callers callers, Supplier<Instant> now) {
    this.directory = directory;
    this.callers = callers;
    this.now = now;
  }

  List<Route> routes() {
    return List.of(
        new Route("POST", ALL, PERSON, WORKER, this::create),
        new Route("GET", ONE, PERSON, WORKER, this::read),
        new Route("PATCH", ONE, PERSON, WORKER, this::change));
  }

  private Reply create(Call call) {
    Caller caller = Roles.require(call, Roles.OWNERS);
    Body body = Body.of(call);
    Optional<UUID> repeatable =
        Body.idempotencyKey(call)
            .map(k -> Secrets.derivedUuid("organization", caller.identity(), k));
    for (int n = 0; n < TRIES; n++) {
      Optional<OrganizationRow> before =
          repeatable.flatMap(directory.organizations()::organization);
      if (before.isPresent()) {
        body.sameAs(before.get().request());
        return shown(before.get());
      }
      Instant at = now.get();
      OrganizationRow made = draft(repeatable.orElseGet(() -> Secrets.uuid(at)), body, at, n);
      try {
        directory.add(List.of(made, owner(made, caller, at)));
        callers.refresh();
        return shown(made);
      } catch (Directory.Taken e) {
        // Somebody took the slug, or made this very organization, since the look: look again.
      }
    }
    throw Problem.unavailable("others change the directory all the time", 1);
  }

  private OrganizationRow draft(UUID id, Body body, Instant at, int tries) {
    String name = body.name("Acme");
    String slug = Slugs.next(Slugs.of(name, "org"), directory.organizations()::free, tries);
    OrganizationRow plain =
        new OrganizationRow(
            new Organization(id, slug, name),
            Optional.empty(),
            Optional.empty(),
            "active",
            "{}",
            body.hash(),
            at,
            at);
    return changed(plain, body, Optional.empty(), at);
  }

  private static Member owner(OrganizationRow made, Caller caller, Instant at) {
    return new Member(
        Secrets.uuid(at),
        made.organization().id(),
        Optional.empty(),
        caller.identity(),
        Roles.OWNERS.getFirst(),
        "active",
        at,
        at);
  }

  private Reply read(Call call) {
    OrganizationRow row =
        Reach.of(call.caller(), directory)
            .organization(call.pathValue("org_id"), Roles.IN_ORGANIZATIONS);
    UUID id = row.organization().id();
    ObjectNode answer = Json.ok();
    answer.set(
        "organization",
        json(row)
            .put("workspaces_count", directory.organizations().workspaces(id).size())
            .put("members_count", directory.organizations().members(id)));
    return Reply.json(answer);
  }

  private Reply change(Call call) {
    OrganizationRow row =
        Reach.of(call.caller(), directory).organization(call.pathValue("org_id"), Roles.ORG_ADMINS);
    Body body = Body.of(call);
    OrganizationRow changed = changed(row, body, body.oneOf("status", STATUSES), now.get());
    directory.organizations().update(changed);
    callers.refresh();
    return shown(changed);
  }

  /** The organization with what the body says; a field that is not there stays. */
  private static OrganizationRow changed(
      OrganizationRow row, Body body, Optional<String> status, Instant at) {
    Organization old = row.organization();
    body.text("requested_by_actor_id", 255);
    return new OrganizationRow(
        new Organization(
            old.id(), old.slug(), body.mentions("name") ? body.name("Acme") : old.name()),
        body.mentions("legal_name") ? body.text("legal_name", 255) : row.legalName(),
        body.mentions("primary_domain") ? domain(body) : row.primaryDomain(),
        status.orElse(row.status()),
        body.mentions("metadata")
            ? body.object("metadata", LONGEST_METADATA).orElse("{}")
            : row.metadata(),
        row.request(),
        row.createdAt(),
        at);
  }

  private static Optional<String> domain(Body body) {
    Optional<String> domain = body.text("primary_domain", 253);
    if (domain.isPresent() && !DOMAIN.matcher(domain.get()).matches()) {
      throw Problem.invalid("primary_domain", "must be a domain such as acme.example.");
    }
    return domain;
  }

  private static Reply shown(OrganizationRow row) {
    ObjectNode answer = Json.ok();
    answer.set("organization", json(row));
    return Reply.json(answer);
  }

  private static ObjectNode json(OrganizationRow row) {
    ObjectNode json = Json.object();
    json.put("org_id", row.organization().id().toString());
    json.put("name", row.organization().name());
    json.put("slug", row.organization().slug());
    row.legalName().ifPresent(v -> json.put("legal_name", v));
    row.primaryDomain().ifPresent(v -> json.put("primary_domain", v));
    json.put("status", row.status());
    json.set("metadata", Json.readObject(row.metadata().getBytes(StandardCharsets.UTF_8)));
    json.put("created_at", row.createdAt().toString());
    json.put("updated_at", row.updatedAt().toString());
    return json;
  }
}
