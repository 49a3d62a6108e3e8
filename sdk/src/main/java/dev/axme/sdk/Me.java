package dev.axme.sdk;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whose key this is.
 *
 * @param actor the person behind a login key; empty for an agent's key, which decides nothing
 */
public record Me(
    String address,
    String name,
    Optional<String> actor,
    String orgId,
    String workspaceId,
    Map<String, @Nullable Object> raw) {

  static Me of(Fields json) {
    Fields account = json.in("service_account");
    Fields actor = json.in("actor");
    return new Me(
        json.optional("address").orElseGet(() -> account.text("address")),
        account.text("name"),
        json.optional("actor")
            .or(() -> actor.optional("email"))
            .or(() -> actor.optional("actor_id")),
        json.optional("org_id").orElseGet(() -> account.text("org_id")),
        json.optional("workspace_id").orElseGet(() -> account.text("workspace_id")),
        json.raw());
  }
}
