package dev.axme.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two organizations on one server: the same people may be in both, and nothing else passes. */
class TwoOrganizationsTest {
  private static final String ACCOUNTS = "/v1/service-accounts";

  @TempDir private static Path data;
  private static Running running;

  /** Globex, made by the owner of the first organization with the same key. */
  private static String globex;

  private static String workspace;
  private static String bot;
  private static String botKey;
  private static String annHere;
  private static String annThere;

  @BeforeAll
  static void start() {
    running = Running.start(data);
    globex =
        decide("/v1/organizations", "{\"name\":\"Globex\"}").at("/organization/org_id").asText();
    workspace =
        decide(
                "/v1/organizations/" + globex + "/workspaces",
                "{\"name\":\"Main\",\"environment\":\"production\"}")
            .at("/workspace/workspace_id")
            .asText();
    String there = "\"org_id\":\"" + globex + "\",\"workspace_id\":\"" + workspace + "\"";
    bot = decide(ACCOUNTS, "{\"name\":\"bot\"," + there + "}").path("service_account_id").asText();
    botKey = decide(ACCOUNTS + "/" + bot + "/keys", "").path("api_key").asText();
    String ann = "{\"email\":\"ann@example.com\",\"role\":\"admin\"";
    annHere = decide("/v1/people", ann + "}").path("login_key").asText();
    annThere = decide("/v1/people", ann + "," + there + "}").path("login_key").asText();
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  private static JsonNode decide(String path, String body) {
    return running.decide(path, body).ok();
  }

  private static Got get(String key, String path) {
    return running.send("GET", path, key, "");
  }

  private static String ask(String key) {
    return running
        .send(
            "POST",
            "/v1/intents",
            key,
            "{\"intent_type\":\"human_approval\",\"payload\":{\"task\":\"Pay\"}}")
        .ok()
        .path("intent_id")
        .textValue();
  }

  @Test
  void eachOrganizationIsAskedAndDecidesForItself() {
    String here = ask(running.agent());
    String there = ask(botKey);
    String approve = "{\"task_result\":{\"outcome\":\"approved\"}}";

    assertThat(get(annHere, "/v1/me/tasks").body()).contains(here).doesNotContain(there);
    assertThat(get(annThere, "/v1/me/tasks").body()).contains(there).doesNotContain(here);
    for (String key : List.of(annHere, running.login(), running.agent())) {
      String path = "/v1/intents/" + there;
      get(key, path).refused(404, "not_found");
      get(key, path + "/events").refused(404, "not_found");
      assertThat(get(key, "/v1/intents").body()).doesNotContain(there);
      assertThat(running.send("POST", path + "/resume", key, approve).status()).isEqualTo(404);
    }
    for (String key : List.of(annThere, botKey)) {
      get(key, "/v1/intents/" + here).refused(404, "not_found");
      assertThat(get(key, "/v1/intents").body()).doesNotContain(here);
    }
    running.send("POST", "/v1/intents/" + there + "/resume", annThere, approve).ok();
    assertThat(get(botKey, "/v1/intents/" + there).ok().at("/intent/status").asText())
        .isEqualTo("COMPLETED");
    assertThat(running.intent(here).path("status").asText()).isEqualTo("WAITING");
  }

  @Test
  void neitherSeesTheOthersAgentsAndKeys() {
    JsonNode me = running.get("/v1/me").ok();
    String here = me.at("/service_account/service_account_id").asText();
    String address = me.path("address").asText().substring("agent://".length());

    for (String key : List.of(annThere, botKey)) {
      get(key, "/v1/agents/" + address).refused(404, "agent_not_found");
      get(key, "/v1/agents?org_id=" + me.path("org_id").asText()).refused(403, "forbidden");
      assertThat(get(key, "/v1/agents").ok().path("agents").toString()).doesNotContain(here);
    }
    for (String key : List.of(annHere, running.agent())) {
      get(key, "/v1/agents/globex/main/bot").refused(404, "agent_not_found");
      get(key, "/v1/agents?workspace_id=" + workspace).refused(403, "forbidden");
      assertThat(get(key, "/v1/agents").ok().path("agents").toString()).doesNotContain(bot);
    }
    get(annThere, ACCOUNTS + "/" + here).refused(404, "not_found");
    get(annThere, ACCOUNTS + "/" + here + "/keys").refused(404, "not_found");
    get(annHere, ACCOUNTS + "/" + bot + "/keys").refused(404, "not_found");
    running.send("POST", ACCOUNTS + "/" + bot + "/keys", annHere, "").refused(404, "not_found");
    running.send("DELETE", ACCOUNTS + "/" + bot, annHere, "").refused(404, "not_found");
    get(annHere, "/v1/organizations/" + globex).refused(403, "forbidden");
    get(botKey, "/v1/organizations/" + globex).refused(403, "invalid_actor_scope");
    get(botKey, "/v1/me").ok();
  }

  @Test
  void neitherReachesTheOthersAgents() {
    String body = "{\"intent_type\":\"report.build.v1\",\"to_agent\":\"%s\"}";
    String here = running.get("/v1/me").ok().path("address").asText();

    running
        .post("/v1/intents", body.formatted("agent://globex/main/bot"))
        .refused(403, "receiver_org_closed");
    running
        .send("POST", "/v1/intents", botKey, body.formatted(here))
        .refused(403, "receiver_org_closed");
    running.send("POST", "/v1/intents", botKey, body.formatted("bot")).ok();
  }

  @Test
  void theSameAddressIsAPersonInBothAndOnceInEach() {
    String ann = "{\"email\":\"ann@example.com\"";
    String there = ann + ",\"workspace_id\":\"" + workspace + "\"}";

    assertThat(annHere).isNotEqualTo(annThere);
    assertThat(get(annThere, "/v1/me").ok().path("address").asText())
        .isEqualTo("agent://globex/main/ann");
    running.decide("/v1/people", ann + "}").refused(409, "already_exists");
    running.decide("/v1/people", there).refused(409, "already_exists");
    assertThat(get(running.login(), "/v1/people?workspace_id=" + workspace).ok().path("people"))
        .hasSize(1);
    running
        .send("POST", "/v1/people", annHere, there.replace("ann@", "spy@"))
        .refused(403, "forbidden");
  }

  @Test
  void everySpellingOfAnAddressInAPathMeansTheSameAgent() {
    for (String spelling :
        List.of(
            "globex/main/bot",
            "bot",
            "BOT",
            "agent%3A%2F%2Fglobex%2Fmain%2Fbot",
            "agent%3a%2f%2fglobex%2fmain%2fbot",
            "agent://globex/main/bot",
            "agent:/globex/main/bot")) {
      String request =
          "GET /v1/agents/%s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nx-api-key: %s\r\nConnection: close\r\n\r\n"
              .formatted(spelling, running.port(), botKey);

      assertThat(running.raw(request).ok().at("/agent/address").asText())
          .as(spelling)
          .isEqualTo("agent://globex/main/bot");
    }
    for (String other : List.of("agent://globex/main/none", "globex//bot", "%20", "a/b/c/d")) {
      get(botKey, "/v1/agents/" + other).refused(404, "agent_not_found");
    }
  }

  @Test
  void suspendingAnAgentSilencesItsKeyUntilItIsActive() {
    String account = ACCOUNTS + "/" + bot;

    running.send("PATCH", account, running.login(), "{\"status\":\"suspended\"}").ok();
    get(botKey, "/v1/me").refused(401, "invalid_platform_api_key");
    running.send("PATCH", account, running.login(), "{\"status\":\"active\"}").ok();

    get(botKey, "/v1/me").ok();
  }
}
