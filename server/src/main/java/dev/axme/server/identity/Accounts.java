package dev.axme.server.identity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.server.http.Json;
import dev.axme.server.http.Problem;
import dev.axme.store.Directory;
import dev.axme.store.Directory.Account;
import dev.axme.store.Directory.Workspace;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Service accounts: how they are made, changed and shown (protocol section 10.2). */
final class Accounts {
  static final String ACTIVE = "active";
  static final String SUSPENDED = "suspended";
  static final String REVOKED = "revoked";

  /** Every state of an account. */
  static final List<String> STATUSES = List.of(ACTIVE, SUSPENDED, REVOKED);

  private static final String STREAM = "stream";
  static final String HTTP = "http";
  static final List<String> DELIVERY_MODES = List.of(STREAM, "poll", HTTP, "inbox", "internal");

  private Accounts() {}

  /** An agent's account; its address follows from its name. */
  static Account agent(String id, Workspace workspace, String name, String createdBy, Instant now) {
    return new Account(
        id,
        workspace.id(),
        Optional.empty(),
        name,
        Addresses.in(workspace, Addresses.slug(name)),
        Optional.empty(),
        Optional.empty(),
        STREAM,
        Optional.empty(),
        Optional.empty(),
        ACTIVE,
        createdBy,
        now,
        now);
  }

  static Account withStatus(Account a, String status, Instant now) {
    return new Account(
        a.id(),
        a.workspace(),
        a.person(),
        a.name(),
        a.address(),
        a.displayName(),
        a.description(),
        a.deliveryMode(),
        a.callbackUrl(),
        a.webhookSecret(),
        status,
        a.createdBy(),
        a.createdAt(),
        now);
  }

  /**
   * The account with what the body says: a field that is not there stays, null takes it away. One
   * that is pushed to always has a secret; a new one is made where there would be none.
   */
  static Account changed(Account a, Body body, Callbacks callbacks, Instant now) {
    Account changed = merged(a, body, callbacks, now);
    if (changed.deliveryMode().equals(HTTP) && changed.callbackUrl().isEmpty()) {
      throw Problem.invalid(
          "callback_url", "is needed for delivery_mode http: where intents are pushed to.");
    }
    return changed;
  }

  private static Account merged(Account a, Body body, Callbacks callbacks, Instant now) {
    String mode = body.oneOf("delivery_mode", DELIVERY_MODES).orElse(a.deliveryMode());
    return new Account(
        a.id(),
        a.workspace(),
        a.person(),
        a.name(),
        a.address(),
        body.mentions("display_name") ? body.text("display_name", 120) : a.displayName(),
        body.mentions("description") ? body.text("description", 2_000) : a.description(),
        mode,
        body.mentions("callback_url") ? callback(body, callbacks) : a.callbackUrl(),
        WebhookSecrets.of(mode, body, a.webhookSecret()),
        body.oneOf("status", STATUSES).orElse(a.status()),
        a.createdBy(),
        a.createdAt(),
        now);
  }

  private static Optional<String> callback(Body body, Callbacks callbacks) {
    Optional<String> url = body.text("callback_url", 2_000);
    url.ifPresent(u -> callbacks.check("callback_url", u));
    return url;
  }

  /**
   * Whether two requests to create ask for the same; what was changed since then is not compared.
   */
  static boolean sameRequest(Account draft, Account made) {
    boolean untouched = made.updatedAt().equals(made.createdAt());
    return draft.name().equals(made.name())
        && (!untouched
            || (draft.displayName().equals(made.displayName())
                && draft.description().equals(made.description())
                && draft.deliveryMode().equals(made.deliveryMode())
                && draft.callbackUrl().equals(made.callbackUrl())));
  }

  /** What clients see of an account. */
  static ObjectNode json(Account account, Workspace workspace) {
    ObjectNode json = Json.object();
    json.put("service_account_id", account.id());
    json.put("org_id", workspace.organization().id().toString());
    json.put("workspace_id", workspace.id().toString());
    json.put("name", account.name());
    account.displayName().ifPresent(v -> json.put("display_name", v));
    account.description().ifPresent(v -> json.put("description", v));
    json.put("status", account.status());
    json.put("address", account.address().value());
    json.put("agent_address", account.address().value());
    json.put("delivery_mode", account.deliveryMode());
    account.callbackUrl().ifPresent(v -> json.put("callback_url", v));
    json.put("created_by_actor_id", account.createdBy());
    json.put("created_at", account.createdAt().toString());
    json.put("updated_at", account.updatedAt().toString());
    return json;
  }

  /** What clients see of a key: never its secret. */
  static ObjectNode json(Directory.Key key, Instant now) {
    ObjectNode json = Json.object();
    json.put("key_id", key.id());
    json.put("service_account_id", key.account());
    json.put("key_hint", key.hint());
    json.put("status", status(key, now));
    json.put("login", key.login());
    key.name().ifPresent(v -> json.put("name", v));
    key.description().ifPresent(v -> json.put("description", v));
    json.put("created_at", key.createdAt().toString());
    key.expiresAt().ifPresent(at -> json.put("expires_at", at.toString()));
    key.revokedAt().ifPresent(at -> json.put("revoked_at", at.toString()));
    return json;
  }

  private static String status(Directory.Key key, Instant now) {
    if (key.revokedAt().isPresent()) {
      return REVOKED;
    }
    return key.expiresAt().filter(at -> !at.isAfter(now)).isPresent() ? "expired" : ACTIVE;
  }
}
