package dev.axme.bench.crash;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Registers the agents of a run: every second one in another workspace of the organization. */
final class Staff {
  private final Victim victim;

  private Staff(Victim victim) {
    this.victim = victim;
  }

  /** Registers so many; the server must run, and is not killed meanwhile. */
  static List<Agent> register(Victim victim, int count) throws InterruptedException {
    return new Staff(victim).register(count);
  }

  private List<Agent> register(int count) throws InterruptedException {
    JsonNode me = Json.read(victim.read("/v1/me").orElseThrow());
    String organization = me.path("org_id").asText();
    String workspace =
        post(
                "/v1/organizations/" + organization + "/workspaces",
                "{\"name\":\"Factory\",\"environment\":\"production\"}")
            .at("/workspace/workspace_id")
            .asText();
    var agents = new ArrayList<Agent>();
    for (int i = 0; i < count; i++) {
      agents.add(agent("agent-" + i, i % 2 == 0 ? "" : ",\"workspace_id\":\"" + workspace + "\""));
    }
    return agents;
  }

  private Agent agent(String name, String where) throws InterruptedException {
    JsonNode account =
        post("/v1/service-accounts", "{\"name\":\"%s\"%s}".formatted(name, where))
            .path("service_account");
    String keys = "/v1/service-accounts/" + account.path("service_account_id").asText() + "/keys";
    victim.know(name, post(keys, "{}").path("api_key").asText());
    return new Agent(name, account.path("address").asText());
  }

  private JsonNode post(String path, String body) throws InterruptedException {
    Call.Answer answer =
        victim.answer(new Call(Call.Kind.CREATE, Call.PERSON, "staff-" + path + body, path, body));
    if (!answer.done()) {
      throw new IllegalStateException("Expected to register agents, but found " + answer);
    }
    return Json.read(answer.body());
  }
}
