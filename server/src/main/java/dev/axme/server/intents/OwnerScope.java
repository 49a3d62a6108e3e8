package dev.axme.server.intents;

import dev.axme.core.Address;
import dev.axme.server.http.Call;
import dev.axme.server.http.Problem;
import dev.axme.server.identity.Addresses;
import dev.axme.store.Directory;
import java.util.Optional;

/**
 * On whose behalf a call acts (section 1.6). It widens nothing: rights stay those of the key. It
 * may name any address of the caller's workspace and any that nobody registered.
 */
public final class OwnerScope {
  private final Directory directory;

  public OwnerScope(Directory directory) {
    this.directory = directory;
  }

  /**
   * For the event loop: throws what can be said without a look into the directory; answers whether
   * that is everything.
   */
  boolean check(Call call) {
    return owner(call).filter(o -> !ours(call, o)).isEmpty();
  }

  /** The same with the directory; may block. */
  void checkNow(Call call) {
    owner(call).filter(o -> !ours(call, o)).ifPresent(o -> refuseForeign(call, o));
  }

  /** The address that the call acts for: the caller's own when it names none; may block. */
  public Address ownerNow(Call call) {
    checkNow(call);
    return owner(call).orElse(call.caller().address());
  }

  private static boolean ours(Call call, Address owner) {
    return Addresses.within(call.caller().workspace(), owner);
  }

  private void refuseForeign(Call call, Address owner) {
    Optional<Directory.Account> account = directory.accountByAddress(owner);
    if (account.isPresent() && !account.get().workspace().equals(call.caller().workspaceId())) {
      throw new Problem(
          403, "forbidden", "This key may not act for " + owner + " of another workspace.");
    }
  }

  /** The address that the call names. */
  public static Optional<Address> owner(Call call) {
    Optional<Address> query = normalised(call, call.query("owner_agent"));
    Optional<Address> header = normalised(call, call.header("x-owner-agent"));
    if (query.isPresent() && header.isPresent() && !query.equals(header)) {
      throw new Problem(
          400,
          "owner_scope_conflict",
          "owner_agent and x-owner-agent name two addresses; send one of them.");
    }
    return query.or(() -> header);
  }

  private static Optional<Address> normalised(Call call, Optional<String> written) {
    return written.map(
        w ->
            Addresses.normalise(w, call.caller().workspace())
                .orElseThrow(
                    () ->
                        new Problem(
                            422, "invalid_agent_address", "owner_agent is no address: " + w)));
  }
}
