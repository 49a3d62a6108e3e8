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
import java.util.function.Supplier;

/** Keys of service accounts (protocol section 10.2). What is made here is an agent's key. */
final class KeyRoutes {
  private static final String ALL = "/v1/service-accounts/{id...}/keys";

  private final Directory directory;
  private final Callers callers;
  private final Supplier<Instant> now;
  private final AccountFinder finder;

  KeyRoutes(Directory directory, Callers callers, Supplier<Instant> now) {
    this.directory = directory;
    this.callers = callers;
    this.now = now;
    this.finder = new AccountFinder(directory);
  }

  List<Route> routes() {
    return List.of(
        new Route("POST", ALL, MACHINE, WORKER, this::create),
        new Route("GET", ALL, MACHINE, WORKER, this::list),
        new Route("POST", ALL + "/{key_id}/revoke", MACHINE, WORKER, this::revoke));
  }

  private Reply create(Call call) {
    Caller caller = call.caller();
    Account account = finder.managed(call).account();
    Instant at = now.get();
    Body body = Body.of(call);
    NewKey.Terms terms =
        new NewKey.Terms(
            body.text("name", 120), body.text("description", 2_000), body.future("expires_at", at));
    if (!account.status().equals(Accounts.ACTIVE)) {
      throw new Problem(
          409,
          "conflict",
          "The service account is " + account.status() + "; PATCH its status to active first.");
    }
    String id =
        Body.idempotencyKey(call)
            .map(k -> Secrets.derivedId("sak_", "key", account.id(), caller.identity(), k))
            .orElseGet(() -> Secrets.id("sak_"));
    NewKey key = NewKey.agent(id, account, at, terms);
    try {
      directory.add(key.row());
    } catch (Directory.Taken e) {
      throw repeated(account, id);
    }
    callers.refresh();
    ObjectNode answer = Json.ok();
    answer.set("key", Accounts.json(key.row(), at).put("token", key.token()));
    answer.put("api_key", key.token());
    return Reply.json(answer);
  }

  /** The secret was shown once and is stored nowhere, so a repeat cannot answer the same. */
  private Problem repeated(Account account, String id) {
    Directory.Key key = find(account, id);
    ObjectNode details = Json.object().put("key_id", id).put("key_hint", key.hint());
    return new Problem(
        409,
        "already_exists",
        "This Idempotency-Key has made the key "
            + id
            + " (…"
            + key.hint()
            + ") before. Its secret was shown once: revoke it and make another one.",
        details);
  }

  private Reply list(Call call) {
    Account account = finder.find(call, Roles.READERS).account();
    Instant at = now.get();
    return new Listing<Directory.Key>("keys", Directory.Key::id, k -> Accounts.json(k, at))
        .page(call, directory.keys(account.id()));
  }

  private Reply revoke(Call call) {
    Account account = finder.managed(call).account();
    Directory.Key key = find(account, call.pathValue("key_id"));
    if (directory.revokeKey(account.id(), key.id())) {
      callers.refresh();
    }
    ObjectNode answer = Json.ok();
    answer.set("key", Accounts.json(find(account, key.id()), now.get()));
    return Reply.json(answer);
  }

  private Directory.Key find(Account account, String id) {
    return directory.keys(account.id()).stream()
        .filter(k -> k.id().equals(id))
        .findFirst()
        .orElseThrow(() -> Problem.notFound("key " + id));
  }
}
