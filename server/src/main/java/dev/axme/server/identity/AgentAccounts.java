package dev.axme.server.identity;

import dev.axme.store.Directory;
import dev.axme.store.Directory.Account;
import dev.axme.store.Directory.Workspace;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Accounts of agents that come with something else, such as a scenario. */
public final class AgentAccounts {
  private AgentAccounts() {}

  /** The ways in which an agent can be handed its work. */
  public static List<String> deliveryModes() {
    return Accounts.DELIVERY_MODES;
  }

  /** Whether the slug of a name can be the last part of an address. */
  public static boolean fits(String slug) {
    return slug.length() >= 2 && slug.length() <= 63 && !slug.equals(Addresses.CORE);
  }

  /** Throws 403 when the caller may not make accounts in their own workspace; may block. */
  public static void mayCreate(Caller caller, Directory directory) {
    Reach.of(caller, directory).workspace(Optional.empty(), Optional.empty(), Roles.ADMINS);
  }

  /** Who a new agent is, as somebody described it. */
  public record Draft(
      String name,
      Optional<String> displayName,
      Optional<String> deliveryMode,
      Optional<String> callbackUrl) {}

  /** An account that is not written yet; without a place to push to it is not pushed to. */
  public static Account of(Workspace workspace, Draft draft, Caller creator, Instant now) {
    String by = creator.person().map(p -> p.id().toString()).orElseGet(creator::identity);
    Account plain = Accounts.agent(Secrets.id("sa_"), workspace, draft.name(), by, now);
    String mode = draft.deliveryMode().orElse(plain.deliveryMode());
    boolean nowhere = mode.equals(Accounts.HTTP) && draft.callbackUrl().isEmpty();
    String used = nowhere ? plain.deliveryMode() : mode;
    return new Account(
        plain.id(),
        plain.workspace(),
        plain.person(),
        plain.name(),
        plain.address(),
        draft.displayName(),
        plain.description(),
        used,
        draft.callbackUrl(),
        WebhookSecrets.fresh(used),
        plain.status(),
        plain.createdBy(),
        plain.createdAt(),
        plain.updatedAt());
  }
}
