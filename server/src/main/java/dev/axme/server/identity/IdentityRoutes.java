package dev.axme.server.identity;

import dev.axme.server.http.Route;
import dev.axme.store.Directory;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The routes about who is who: the caller, service accounts and keys, agents, people. What another
 * workspace owns does not exist here: 404, or 403 where its id is named.
 */
public final class IdentityRoutes {
  private final List<Route> routes;

  /**
   * Wires the groups.
   *
   * @param callbacks where agents may be pushed to
   * @param now the store's time
   * @param baseUrl what sign-in links begin with, without a slash at the end; asked late, because
   *     the port may not be known yet
   */
  public IdentityRoutes(
      Directory directory,
      Callers callers,
      Callbacks callbacks,
      Supplier<Instant> now,
      Supplier<String> baseUrl,
      boolean allowBootstrap) {
    Provisioning provisioning = new Provisioning(directory, now);
    this.routes =
        Stream.of(
                new SelfRoutes(directory).routes(),
                new ProfileRoutes(directory, callers, now).routes(),
                new OrganizationRoutes(directory, callers, now).routes(),
                new WorkspaceRoutes(directory, callers, now).routes(),
                // Before accounts, whose path takes everything that follows.
                new KeyRoutes(directory, callers, now).routes(),
                new AccountRoutes(directory, callers, callbacks, now).routes(),
                new AgentRoutes(directory).routes(),
                new PeopleRoutes(directory, callers, provisioning, now, baseUrl).routes(),
                new BootstrapRoutes(directory, callers, now, allowBootstrap).routes())
            .flatMap(List::stream)
            .toList();
  }

  /** Every route of the groups. */
  public List<Route> routes() {
    return routes;
  }
}
