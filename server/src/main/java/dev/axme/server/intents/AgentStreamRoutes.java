package dev.axme.server.intents;

import static dev.axme.server.http.Route.Access.MACHINE;
import static dev.axme.server.http.Route.Where.WORKER;

import dev.axme.core.Status;
import dev.axme.engine.Engine;
import dev.axme.server.http.Call;
import dev.axme.server.http.Reply;
import dev.axme.server.http.Route;
import dev.axme.server.identity.Agents;
import dev.axme.store.Directory;
import dev.axme.store.Store;
import java.util.List;
import java.util.Set;

/** How agents are handed their work (section 3.10). */
public final class AgentStreamRoutes {
  private final Store store;
  private final Engine engine;
  private final Agents agents;

  public AgentStreamRoutes(Store store, Engine engine) {
    this.store = store;
    this.engine = engine;
    this.agents = new Agents(store.directory());
  }

  public List<Route> routes() {
    return List.of(
        new Route("GET", "/v1/agents/{address...}/intents/stream", MACHINE, WORKER, this::stream));
  }

  private Reply stream(Call call) {
    Directory.Account agent = agents.own(call, "address");
    return new Reply.Stream(
        new AgentStream(
            store,
            engine.feeds(),
            new PickUps(agent.workspace(), agent.address(), call.caller(), engine::submit),
            Since.of(call),
            WaitSeconds.of(call),
            statuses(call)));
  }

  /** What is asked for, else everything that is still to do. */
  private static Set<Status> statuses(Call call) {
    return Set.copyOf(IntentLists.statuses(call.query("status").orElse(IntentLists.OPEN)));
  }
}
