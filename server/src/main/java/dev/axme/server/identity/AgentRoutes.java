package dev.axme.server.identity;

import static dev.axme.server.http.Route.Access.MACHINE;
import static dev.axme.server.http.Route.Where.WORKER;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.server.http.Call;
import dev.axme.server.http.Json;
import dev.axme.server.http.Reply;
import dev.axme.server.http.Route;
import dev.axme.store.Directory;
import dev.axme.store.Directory.Account;
import java.util.List;

/** The workspace's agents, to look at (protocol section 10.3). People's accounts are no agents. */
final class AgentRoutes {
  private final Directory directory;
  private final Agents agents;

  AgentRoutes(Directory directory) {
    this.directory = directory;
    this.agents = new Agents(directory);
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", "/v1/agents", MACHINE, WORKER, this::list),
        new Route("GET", "/v1/agents/{address...}", MACHINE, WORKER, this::read));
  }

  private Reply list(Call call) {
    List<Account> listed =
        Reach.of(call.caller(), directory)
            .workspaces(call.query("org_id"), call.query("workspace_id"), List.of())
            .stream()
            .flatMap(w -> directory.accounts(w.id()).stream())
            .filter(a -> a.person().isEmpty())
            .toList();
    return new Listing<Account>("agents", Account::id, AgentRoutes::json).page(call, listed);
  }

  private Reply read(Call call) {
    Account agent = agents.find(call, "address");
    ObjectNode answer = Json.ok();
    answer.set("agent", json(agent).put("updated_at", agent.updatedAt().toString()));
    return Reply.json(answer);
  }

  private static ObjectNode json(Account account) {
    ObjectNode json = Json.object();
    json.put("address", account.address().value());
    json.put("service_account_id", account.id());
    json.put("service_account_name", account.name());
    account.displayName().ifPresent(v -> json.put("display_name", v));
    json.put("delivery_mode", account.deliveryMode());
    String status = account.status();
    json.put("status", status.equals(Accounts.REVOKED) ? "deleted" : status);
    json.put("created_at", account.createdAt().toString());
    return json;
  }
}
