package dev.axme.server.identity;

import static dev.axme.server.http.Route.Access.MACHINE;
import static dev.axme.server.http.Route.Where.WORKER;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.server.http.Call;
import dev.axme.server.http.Json;
import dev.axme.server.http.Problem;
import dev.axme.server.http.Reply;
import dev.axme.server.http.Route;
import dev.axme.server.identity.AccountFinder.Found;
import dev.axme.store.Directory;
import dev.axme.store.Directory.Account;
import dev.axme.store.Directory.Workspace;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Service accounts (protocol section 10.2): made, shown, changed, revoked. */
final class AccountRoutes {
  private static final String ALL = "/v1/service-accounts";
  private static final String ONE = ALL + "/{id...}";

  private final Directory directory;
  private final Callers callers;
  private final Supplier<Instant> now;
  private final AccountFinder finder;
  private final Callbacks callbacks;

  AccountRoutes(Directory directory, Callers callers, Callbacks callbacks, Supplier<Instant> now) {
    this.directory = directory;
    this.callers = callers;
    this.callbacks = callbacks;
    this.now = now;
    this.finder = new AccountFinder(directory);
  }

  List<Route> routes() {
    return List.of(
        new Route("POST", ALL, MACHINE, WORKER, this::create),
        new Route("GET", ALL, MACHINE, WORKER, this::list),
        new Route("GET", ONE, MACHINE, WORKER, this::read),
        new Route("PATCH", ONE, MACHINE, WORKER, this::change),
        new Route("DELETE", ONE, MACHINE, WORKER, this::revoke));
  }

  private Reply create(Call call) {
    Caller caller = call.caller();
    Body body = Body.of(call);
    Workspace workspace =
        Reach.of(caller, directory)
            .workspace(body.text("org_id", 255), body.text("workspace_id", 255), Roles.ADMINS);
    Optional<String> key = Body.idempotencyKey(call);
    String id =
        key.map(
                k ->
                    Secrets.derivedId(
                        "sa_", "account", workspace.id().toString(), caller.identity(), k))
            .orElseGet(() -> Secrets.id("sa_"));
    Account draft = draft(caller, workspace, body, id);
    try {
      directory.add(draft);
    } catch (Directory.Taken e) {
      return Reply.json(shown(existing(workspace, draft), workspace));
    }
    callers.refresh();
    return withSecret(shown(draft, workspace), draft.webhookSecret());
  }

  private Account draft(Caller caller, Workspace workspace, Body body, String id) {
    String name =
        body.verbatim("name", 120)
            .filter(n -> n.strip().length() >= 2)
            .orElseThrow(
                () -> Problem.invalid("name", "is needed, with 2 to 120 characters: \"my-bot\"."));
    String slug = Addresses.slug(name);
    if (slug.length() < 2 || slug.length() > 63 || slug.equals(Addresses.CORE)) {
      throw Problem.invalid(
          "name", "must give an address of 2 to 63 characters, but it gives \"" + slug + "\".");
    }
    String creator =
        body.text("created_by_actor_id", 255)
            .or(() -> caller.person().map(p -> p.id().toString()))
            .orElse(caller.identity());
    Account plain = Accounts.agent(id, workspace, name, creator, now.get());
    Account asked = Accounts.changed(plain, body, callbacks, plain.createdAt());
    return Accounts.withStatus(asked, Accounts.ACTIVE, plain.createdAt());
  }

  /** The account that a repeat of the same request made; anything else is a conflict. */
  private Account existing(Workspace workspace, Account draft) {
    Optional<Account> repeated =
        directory.account(draft.id()).filter(a -> a.workspace().equals(workspace.id()));
    if (repeated.isPresent()) {
      if (Accounts.sameRequest(draft, repeated.get())) {
        return repeated.get();
      }
      throw new Problem(
          409, "idempotency_conflict", "idempotency key reused with different payload");
    }
    Account existing =
        directory.accounts(workspace.id()).stream()
            .filter(a -> a.name().equals(draft.name()) || a.address().equals(draft.address()))
            .findFirst()
            .orElseThrow(
                () -> Problem.unavailable("somebody else changed the directory just now", 1));
    ObjectNode details = Json.object();
    details.set("service_account", Accounts.json(existing, workspace));
    throw new Problem(
        409,
        "already_exists",
        "There is a service account " + existing.name() + " already: " + existing.id() + ".",
        details);
  }

  private Reply list(Call call) {
    List<Found> agents =
        Reach.of(call.caller(), directory)
            .workspaces(call.query("org_id"), call.query("workspace_id"), Roles.READERS)
            .stream()
            .flatMap(w -> directory.accounts(w.id()).stream().map(a -> new Found(a, w, List.of())))
            .filter(f -> f.account().person().isEmpty())
            .toList();
    return new Listing<Found>(
            "service_accounts",
            f -> f.account().id(),
            f -> Accounts.json(f.account(), f.workspace()))
        .page(call, agents);
  }

  private Reply read(Call call) {
    Found found = finder.find(call, Roles.READERS);
    return Reply.json(shown(found.account(), found.workspace()));
  }

  private Reply change(Call call) {
    Found found = finder.managed(call);
    Body body = Body.of(call);
    Account changed = Accounts.changed(found.account(), body, callbacks, now.get());
    if (!changed.status().equals(Accounts.ACTIVE)) {
      notOneself(call.caller(), found.account());
    }
    directory.update(changed);
    if (changed.status().equals(Accounts.REVOKED)) {
      revokeKeys(changed);
    }
    callers.refresh();
    boolean made =
        !changed.webhookSecret().equals(found.account().webhookSecret())
            && body.verbatim("webhook_secret", 128).isEmpty();
    return withSecret(shown(changed, found.workspace()), changed.webhookSecret().filter(_ -> made));
  }

  private Reply revoke(Call call) {
    Account account = finder.managed(call).account();
    notOneself(call.caller(), account);
    if (!account.status().equals(Accounts.REVOKED)) {
      directory.update(Accounts.withStatus(account, Accounts.REVOKED, now.get()));
    }
    revokeKeys(account);
    callers.refresh();
    return Reply.json(
        Json.ok().put("service_account_id", account.id()).put("status", Accounts.REVOKED));
  }

  private void revokeKeys(Account account) {
    directory.keys(account.id()).stream()
        .filter(k -> k.revokedAt().isEmpty())
        .map(Directory.Key::id)
        .forEach(k -> directory.revokeKey(account.id(), k));
  }

  private static void notOneself(Caller caller, Account account) {
    if (caller.account().map(Account::id).equals(Optional.of(account.id()))) {
      throw new Problem(
          409, "conflict", "You are calling with this account; let another admin end it.");
    }
  }

  private static ObjectNode shown(Account account, Workspace workspace) {
    ObjectNode answer = Json.ok();
    answer.set("service_account", Accounts.json(account, workspace));
    answer.put("service_account_id", account.id());
    answer.put("address", account.address().value());
    return answer;
  }

  /** With the secret where it was made: nobody is shown it again. */
  private static Reply withSecret(ObjectNode answer, Optional<String> secret) {
    secret.ifPresent(
        s -> {
          answer.put("webhook_secret", s);
          answer.withObject("/service_account").put("webhook_secret", s);
        });
    return Reply.json(answer);
  }
}
