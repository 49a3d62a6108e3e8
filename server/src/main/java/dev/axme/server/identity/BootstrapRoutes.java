package dev.axme.server.identity;

import static dev.axme.server.http.Route.Access.PUBLIC;
import static dev.axme.server.http.Route.Where.WORKER;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.server.http.Call;
import dev.axme.server.http.Json;
import dev.axme.server.http.Problem;
import dev.axme.server.http.Reply;
import dev.axme.server.http.Route;
import dev.axme.store.Directory;
import dev.axme.store.Directory.Workspace;
import dev.axme.store.Organizations.OrganizationRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Gives whoever asks an organization of their own (protocol section 12.3), if a setting allows. */
final class BootstrapRoutes {
  private static final int TRIES = 5;

  private final Directory directory;
  private final Callers callers;
  private final Supplier<Instant> now;
  private final boolean allowed;

  BootstrapRoutes(Directory directory, Callers callers, Supplier<Instant> now, boolean allowed) {
    this.directory = directory;
    this.callers = callers;
    this.now = now;
    this.allowed = allowed;
  }

  List<Route> routes() {
    return List.of(new Route("POST", "/v1/alpha/bootstrap", PUBLIC, WORKER, this::bootstrap));
  }

  private Reply bootstrap(Call call) {
    if (!allowed) {
      throw new Problem(
          403,
          "forbidden",
          "This server gives no organizations away; whoever runs it can start it with"
              + " --allow-bootstrap.");
    }
    Body body = Body.of(call);
    String email = PeopleRoutes.email(body.needed("email", 254, "ann@example.com"));
    if (body.needed("use_case", 120, "deployment approvals").length() < 2) {
      throw Problem.invalid("use_case", "must have 2 to 120 characters.");
    }
    String company = body.text("company", 120).orElse(email.substring(email.indexOf('@') + 1));
    Optional<UUID> repeatable =
        Body.idempotencyKey(call).map(k -> Secrets.derivedUuid("bootstrap", email, k));
    for (int n = 0; n < TRIES; n++) {
      repeatable.flatMap(directory.organizations()::organization).ifPresent(this::refuseRepeat);
      Instant at = now.get();
      String slug = Slugs.next(Slugs.of(company, "org"), directory.organizations()::free, n);
      Workspace workspace =
          Provisioning.workspace(repeatable.orElseGet(() -> Secrets.uuid(at)), slug, company, at);
      Newcomer owner =
          new Newcomers(directory)
              .draft(
                  workspace,
                  new Newcomers.Draft(email, email.substring(0, email.indexOf('@')), "org_owner"),
                  at);
      try {
        directory.add(List.of(workspace, owner.person(), owner.login(), owner.key().row()));
        callers.refresh();
        return Reply.json(answer(workspace, owner, at));
      } catch (Directory.Taken e) {
        // Somebody took the slug, or repeats this request, since the look: look again.
      }
    }
    throw Problem.unavailable("others change the directory all the time", 1);
  }

  /** The secret was shown once and is stored nowhere, so a repeat cannot answer the same. */
  private void refuseRepeat(OrganizationRow made) {
    String id = made.organization().id().toString();
    throw new Problem(
        409,
        "already_exists",
        "This Idempotency-Key has made the organization "
            + id
            + " before. Its login key was shown once: use that, or repeat with another"
            + " Idempotency-Key.",
        Json.object().put("org_id", id));
  }

  private static ObjectNode answer(Workspace workspace, Newcomer owner, Instant at) {
    ObjectNode answer = Json.ok();
    answer
        .putObject("organization")
        .put("org_id", workspace.organization().id().toString())
        .put("name", workspace.organization().name());
    answer
        .putObject("workspace")
        .put("workspace_id", workspace.id().toString())
        .put("name", workspace.name());
    answer.set("key", Accounts.json(owner.key().row(), at).put("token", owner.key().token()));
    answer
        .putObject("email_verification")
        .put("email", owner.person().email())
        .put("status", "not_required")
        .putNull("expires_at");
    return answer;
  }
}
