package dev.axme.server.webhooks;

import static dev.axme.server.http.Route.Access.MACHINE;
import static dev.axme.server.http.Route.Where.WORKER;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.core.Address;
import dev.axme.server.http.Call;
import dev.axme.server.http.Json;
import dev.axme.server.http.Problem;
import dev.axme.server.http.Reply;
import dev.axme.server.http.Route;
import dev.axme.server.identity.Callbacks;
import dev.axme.server.identity.Caller;
import dev.axme.server.identity.Callers;
import dev.axme.server.intents.Fields;
import dev.axme.server.intents.OwnerScope;
import dev.axme.store.Store;
import dev.axme.store.Webhooks.Subscription;
import java.util.List;
import java.util.Optional;

/** Who wants to be told (section 8.2): subscribed, listed, revoked; secrets take turns. */
final class SubscriptionRoutes {
  private static final String ALL = "/v1/webhooks/subscriptions";
  private static final String ONE = ALL + "/{subscription_id}";

  private final Store store;
  private final Callers callers;
  private final Callbacks callbacks;
  private final Right right;

  SubscriptionRoutes(Store store, Callers callers, Callbacks callbacks) {
    this.store = store;
    this.callers = callers;
    this.callbacks = callbacks;
    this.right = new Right(store);
  }

  List<Route> routes() {
    return List.of(
        new Route("POST", ALL, MACHINE, WORKER, this::subscribe),
        new Route("GET", ALL, MACHINE, WORKER, this::list),
        new Route("DELETE", ONE, MACHINE, WORKER, this::revoke),
        new Route("POST", ONE + "/rotate", MACHINE, WORKER, this::rotate));
  }

  private Reply subscribe(Call call) {
    Wish wish = Wish.of(call, callbacks);
    Address owner = right.owner(call);
    Changes changes = new Changes(call, store.now());
    Subscription subscription = change(call, all -> changes.subscribed(all, owner, wish));
    return shown(subscription, wish.generate() && changes.secretIsNew(subscription));
  }

  private Subscription change(Call call, Changes.Change change) {
    Subscription changed =
        store
            .webhooks()
            .change(call.caller().workspaceId(), all -> Optional.of(change.of(all)))
            .orElseThrow();
    callers.refresh();
    return changed;
  }

  private Reply list(Call call) {
    Caller caller = call.caller();
    Optional<Address> named = OwnerScope.owner(call);
    Address owner = right.owner(call);
    boolean inactive = flag(call, "include_inactive");
    boolean all = flag(call, "all");
    if (all && !caller.admin()) {
      throw new Problem(
          403, "forbidden", "all=true is for people who own or administer the workspace.");
    }
    ObjectNode answer = Json.ok();
    var list = answer.putArray("subscriptions");
    store.webhooks().subscriptions(caller.workspaceId()).stream()
        .filter(s -> Right.reaches(caller, s))
        .filter(s -> inactive || s.live())
        .filter(
            s ->
                all
                    || s.owner().equals(owner)
                    || (named.isEmpty() && s.maker().equals(Right.account(caller))))
        .forEach(s -> list.add(json(s)));
    return Reply.json(answer);
  }

  private static boolean flag(Call call, String name) {
    return switch (call.query(name).orElse("false")) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> throw Problem.invalid(name, "must be true or false.");
    };
  }

  private Reply revoke(Call call) {
    Subscription found = right.find(call);
    Changes changes = new Changes(call, store.now());
    Subscription revoked = change(call, all -> changes.revoked(all, found));
    return Reply.json(
        Json.ok()
            .put("subscription_id", revoked.id().toString())
            .put("revoked_at", revoked.revokedAt().orElseThrow().toString()));
  }

  private Reply rotate(Call call) {
    Subscription found = right.find(call);
    Fields fields = new Fields(call.json());
    fields
        .body()
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!name.equals("secret")) {
                throw Problem.invalid(name, "is not known here; known is secret.");
              }
            });
    Optional<String> secret = Wish.secret(fields);
    Changes changes = new Changes(call, store.now());
    return shown(change(call, all -> changes.rotated(all, found, secret)), true);
  }

  private static Reply shown(Subscription subscription, boolean secret) {
    ObjectNode answer = Json.ok();
    answer.set("subscription", json(subscription));
    if (secret) {
      subscription.secret().ifPresent(s -> answer.put("secret", s));
    }
    return Reply.json(answer);
  }

  /** What clients see: every key of the protocol, null where it is empty; never the secret. */
  static ObjectNode json(Subscription s) {
    ObjectNode json = Json.object();
    json.put("subscription_id", s.id().toString());
    json.put("owner_agent", s.owner().value());
    json.put("callback_url", s.callbackUrl());
    s.eventTypes().forEach(json.putArray("event_types")::add);
    json.put("active", s.live());
    json.put("description", s.description().orElse(null));
    json.put("created_at", s.createdAt().toString());
    json.put("updated_at", s.updatedAt().toString());
    json.put("revoked_at", s.revokedAt().map(Object::toString).orElse(null));
    json.put("secret_hint", s.secret().map(Signatures::hint).orElse(null));
    s.disabled().ifPresent(why -> json.put("disabled_reason", why));
    return json;
  }
}
