package dev.axme.server.identity;

import dev.axme.server.http.Call;
import dev.axme.server.http.Problem;
import dev.axme.store.Directory;
import dev.axme.store.Directory.Account;

/** Finds the agent that a path names (protocol section 1.4). */
public final class Agents {
  private final Directory directory;
  private final AccountFinder finder;

  public Agents(Directory directory) {
    this.directory = directory;
    this.finder = new AccountFinder(directory);
  }

  /** The agent whose address the path has in place of {@code name}; 404 for all others. */
  public Account find(Call call, String name) {
    return finder
        .agent(call, name)
        .orElseThrow(
            () ->
                new Problem(
                    404,
                    "agent_not_found",
                    "There is no agent " + call.pathValue(name) + " here."));
  }

  /** The same, for the agent itself and for those who administer its workspace; 403 for others. */
  public Account own(Call call, String name) {
    Account agent = find(call, name);
    boolean itself = call.caller().address().equals(agent.address());
    if (!itself && !administered(call.caller(), agent)) {
      throw new Problem(
          403,
          "forbidden",
          "This is %s's own: use that agent's key, or a login key that administers the workspace."
              .formatted(agent.address()));
    }
    return agent;
  }

  private boolean administered(Caller caller, Account agent) {
    return directory
        .workspace(agent.workspace())
        .filter(w -> Reach.of(caller, directory).reaches(w, Roles.ADMINS))
        .isPresent();
  }
}
