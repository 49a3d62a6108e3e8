package dev.axme.server.identity;

import static dev.axme.server.http.Route.Access.MACHINE;
import static dev.axme.server.http.Route.Where.WORKER;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.server.http.Call;
import dev.axme.server.http.Json;
import dev.axme.server.http.Problem;
import dev.axme.server.http.Reply;
import dev.axme.server.http.Route;
import dev.axme.store.Directory;
import dev.axme.store.Directory.Account;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Service accounts (protocol section 10.2): made, shown, changed, revoked. */
final class AccountRoutes {
  private static final String ALL = "/v1/service-accounts";
  private static final String ONE = ALL + "/{id}";

  private final Directory directory;
  private final Callers callers;
  private final Supplier<Instant> now;
  private final AccountFinder finder;

  AccountRoutes(Directory directory, Callers callers, Supplier<Instant> now) {
    this.directory = directory;
    this.callers = callers;
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
    Caller caller = Roles.require(call, Roles.ADMINS);
    Body body = Body.of(call);
    Tenancy.check(caller, body.text("org_id", 255), body.text("workspace_id", 255));
    Optional<String> key = Body.idempotencyKey(call);
    String id =
        key.map(
                k ->
                    Secrets.derivedId(
                        "sa_", "account", caller.workspaceId().toString(), caller.identity(), k))
            .orElseGet(() -> Secrets.id("sa_"));
    Account draft = draft(caller, body, id);
    try {
      directory.add(draft);
    } catch (Directory.Taken e) {
      return shown(caller, existing(caller, draft));
    }
    callers.refresh();
    return shown(caller, draft);
  }

  private Account draft(Caller caller, Body body, String id) {
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
    Account plain = Accounts.agent(id, caller.workspace(), name, creator, now.get());
    Account asked = Accounts.changed(plain, body, plain.createdAt());
    return Accounts.withStatus(asked, Accounts.ACTIVE, plain.createdAt());
  }

  /** The account that a repeat of the same request made; anything else is a conflict. */
  private Account existing(Caller caller, Account draft) {
    Optional<Account> repeated =
        directory.account(draft.id()).filter(a -> a.workspace().equals(caller.workspaceId()));
    if (repeated.isPresent()) {
      if (Accounts.sameRequest(draft, repeated.get())) {
        return repeated.get();
      }
      throw new Problem(
          409, "idempotency_conflict", "idempotency key reused with different payload");
    }
    Account existing =
        directory.accounts(caller.workspaceId()).stream()
            .filter(a -> a.name().equals(draft.name()) || a.address().equals(draft.address()))
            .findFirst()
            .orElseThrow(
                () -> Problem.unavailable("somebody else changed the directory just now", 1));
    ObjectNode details = Json.object();
    details.set("service_account", Accounts.json(existing, caller.workspace()));
    throw new Problem(
        409,
        "already_exists",
        "There is a service account " + existing.name() + " already: " + existing.id() + ".",
        details);
  }

  private Reply list(Call call) {
    Caller caller = Roles.require(call, Roles.READERS);
    Tenancy.check(caller, call.query("org_id"), call.query("workspace_id"));
    List<Account> agents =
        directory.accounts(caller.workspaceId()).stream()
            .filter(a -> a.person().isEmpty())
            .toList();
    return new Listing<Account>(
            "service_accounts", Account::id, a -> Accounts.json(a, caller.workspace()))
        .page(call, agents);
  }

  private Reply read(Call call) {
    Caller caller = Roles.require(call, Roles.READERS);
    return shown(caller, finder.find(call));
  }

  private Reply change(Call call) {
    Caller caller = Roles.require(call, Roles.ADMINS);
    Account account = finder.managed(call);
    Body body = Body.of(call);
    Account changed = Accounts.changed(account, body, now.get());
    if (!changed.status().equals(Accounts.ACTIVE)) {
      notOneself(caller, account);
    }
    directory.update(changed);
    if (changed.status().equals(Accounts.REVOKED)) {
      revokeKeys(changed);
    }
    callers.refresh();
    return shown(caller, changed);
  }

  private Reply revoke(Call call) {
    Caller caller = Roles.require(call, Roles.ADMINS);
    Account account = finder.managed(call);
    notOneself(caller, account);
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

  private static Reply shown(Caller caller, Account account) {
    ObjectNode answer = Json.ok();
    answer.set("service_account", Accounts.json(account, caller.workspace()));
    answer.put("service_account_id", account.id());
    answer.put("address", account.address().value());
    return Reply.json(answer);
  }
}
