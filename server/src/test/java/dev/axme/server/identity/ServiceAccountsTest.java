package dev.axme.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.server.http.Desk.Answered;
import dev.axme.store.Directory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceAccountsTest {
  private static final String ALL = "/v1/service-accounts";
  private static final Map<String, String> ONCE = Map.of("idempotency-key", "k1");

  private TownHall hall;

  @BeforeEach
  void open(@TempDir Path folder) {
    hall = new TownHall(folder);
  }

  @AfterEach
  void close() {
    hall.close();
  }

  private JsonNode bot() {
    return hall.ok("POST " + ALL, "{\"name\":\"Deploy Bot\"}").get("service_account");
  }

  private String one(JsonNode account) {
    return ALL + "/" + account.get("service_account_id").textValue();
  }

  @Test
  void anAccountKeepsItsNameAndGetsAnAddress() {
    JsonNode answer =
        hall.ok(
            "POST " + ALL,
            "{\"name\":\"Deploy Bot\",\"delivery_mode\":\"http\","
                + "\"callback_url\":\"https://example.com/hook\"}");
    JsonNode account = answer.get("service_account");

    assertThat(account.get("name").textValue()).isEqualTo("Deploy Bot");
    assertThat(account.get("address").textValue()).isEqualTo("agent://local/main/deploy-bot");
    assertThat(account.get("agent_address")).isEqualTo(account.get("address"));
    assertThat(account.get("service_account_id").textValue()).matches("sa_[0-9a-f]{24}");
    assertThat(account.get("status").textValue()).isEqualTo("active");
    assertThat(account.get("delivery_mode").textValue()).isEqualTo("http");
    assertThat(account.get("created_by_actor_id").textValue()).isNotEmpty();
    assertThat(answer.get("service_account_id")).isEqualTo(account.get("service_account_id"));
    assertThat(answer.get("address")).isEqualTo(account.get("address"));
    ObjectNode later = account.deepCopy();
    later.remove("webhook_secret");
    assertThat(hall.ok("GET " + one(account)).get("service_account")).isEqualTo(later);
  }

  @Test
  void aTakenNameAnswersWithTheAccountThatHasIt() {
    JsonNode account = bot();

    Answered again = hall.send(hall.ownerKey(), "POST " + ALL, "{\"name\":\"deploy-bot\"}");

    assertThat(again.status()).isEqualTo(409);
    assertThat(again.code()).isEqualTo("already_exists");
    assertThat(again.body().get("service_account")).isEqualTo(account);
  }

  @Test
  void aRepeatWithTheSameKeyAnswersTheSame() {
    String body = "{\"name\":\"once\"}";

    Answered first = hall.send(hall.ownerKey(), "POST " + ALL, body, ONCE);
    Answered second = hall.send(hall.ownerKey(), "POST " + ALL, body, ONCE);
    Answered other = hall.send(hall.ownerKey(), "POST " + ALL, "{\"name\":\"twice\"}", ONCE);

    assertThat(first.status()).isEqualTo(200);
    assertThat(second).isEqualTo(first);
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.code()).isEqualTo("idempotency_conflict");
  }

  @Test
  void accountsAreFoundByIdAddressAndName() {
    JsonNode account = bot();

    for (String id : new String[] {"deploy-bot", "agent%3A%2F%2Flocal%2Fmain%2FDeploy-Bot"}) {
      assertThat(hall.ok("GET " + ALL + "/" + id).get("service_account")).isEqualTo(account);
    }
    assertThat(hall.send(hall.ownerKey(), "GET " + ALL + "/sa_0", "").status()).isEqualTo(404);
  }

  @Test
  void theListHasAgentsOnlyAndComesInPages() {
    bot();

    JsonNode first = hall.ok("GET " + ALL + "?limit=1");
    JsonNode second =
        hall.ok("GET " + ALL + "?limit=1&cursor=" + first.get("next_cursor").textValue());

    assertThat(first.at("/service_accounts/0/name")).isNotEqualTo(second.at("/service_accounts/0"));
    assertThat(second.get("next_cursor").isNull()).isTrue();
    assertThat(hall.ok("GET " + ALL + "?org_id=").get("service_accounts")).hasSize(2);
  }

  @Test
  void anAgentsKeyManagesNothing() {
    for (String line :
        new String[] {"POST " + ALL, "GET " + ALL, "DELETE " + ALL + "/agent", "GET /v1/people"}) {
      Answered answer = hall.send(hall.agentKey(), line, "{\"name\":\"evil\"}");

      assertThat(answer.status()).as(line).isEqualTo(403);
      assertThat(answer.code()).isEqualTo("forbidden");
      assertThat(answer.detail()).startsWith("operation requires one of roles [org_owner, ");
    }
  }

  @Test
  void aMemberManagesNothingAndAnAuditorLooks() {
    String member = hall.person("max@example.com", "member");
    String auditor = hall.person("aud@example.com", "security_auditor");

    assertThat(hall.send(member, "GET " + ALL, "").status()).isEqualTo(403);
    assertThat(hall.send(auditor, "GET " + ALL, "").status()).isEqualTo(200);
    assertThat(hall.send(auditor, "POST " + ALL + "/agent/keys", "").status()).isEqualTo(403);
  }

  @Test
  void anUnknownOrganizationOrWorkspaceIsNotFound() {
    for (String line : List.of("GET " + ALL + "?org_id=", "GET " + ALL + "?workspace_id=")) {
      for (String id : List.of("elsewhere", UUID.randomUUID().toString())) {
        assertThat(hall.send(hall.ownerKey(), line + id, "").status()).as(line).isEqualTo(404);
      }
    }
    assertThat(
            hall.send(hall.ownerKey(), "POST " + ALL, "{\"name\":\"x1\",\"org_id\":\"no\"}")
                .status())
        .isEqualTo(404);
  }

  @Test
  void anAddressIsAsGoodAsAnId() {
    for (String written :
        List.of(
            "agent",
            "local/main/agent",
            "agent://local/main/agent",
            "agent%3A%2F%2Flocal%2Fmain%2Fagent")) {
      String account = ALL + "/" + written;
      String key = hall.ok("POST " + account + "/keys").at("/key/key_id").textValue();

      assertThat(hall.ok("GET " + account).at("/service_account/name").textValue())
          .as(written)
          .isEqualTo("agent");
      assertThat(hall.ok("POST " + account + "/keys/" + key + "/revoke").at("/key/status").asText())
          .isEqualTo("revoked");
    }
  }

  @Test
  void pushNeedsSomewhereToPushTo() {
    JsonNode account = bot();
    String http = "{\"name\":\"pushed\",\"delivery_mode\":\"http\"";

    Answered without = hall.send(hall.ownerKey(), "POST " + ALL, http + "}");
    Answered changed =
        hall.send(hall.ownerKey(), "PATCH " + one(account), "{\"delivery_mode\":\"http\"}");
    JsonNode with =
        hall.ok("POST " + ALL, http + ",\"callback_url\":\"https://bot.example/hook\"}");
    Answered taken =
        hall.send(
            hall.ownerKey(),
            "PATCH " + ALL + "/" + with.get("service_account_id").textValue(),
            "{\"callback_url\":null}");

    for (Answered refused : List.of(without, changed, taken)) {
      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.body().at("/error/details/field").textValue()).isEqualTo("callback_url");
    }
    assertThat(with.at("/service_account/delivery_mode").textValue()).isEqualTo("http");
  }

  @Test
  void theSecretOfPushesIsShownWhereItIsMadeAndNeverAgain() {
    String http = ",\"delivery_mode\":\"http\",\"callback_url\":\"https://bot.example/hook\"}";

    JsonNode made = hall.ok("POST " + ALL, "{\"name\":\"made\"" + http);
    JsonNode account = made.get("service_account");
    String first = made.get("webhook_secret").textValue();
    JsonNode chosen = hall.ok("PATCH " + one(account), "{\"webhook_secret\":\"0123456789abcdef\"}");
    JsonNode other = hall.ok("PATCH " + one(account), "{\"webhook_secret\":null}");

    assertThat(first).matches("[0-9a-f]{64}");
    assertThat(account.get("webhook_secret").textValue()).isEqualTo(first);
    assertThat(chosen.toString()).doesNotContain("webhook_secret");
    assertThat(other.get("webhook_secret").textValue()).matches("[0-9a-f]{64}").isNotEqualTo(first);
    assertThat(hall.ok("GET " + one(account)).toString()).doesNotContain("webhook_secret");
    assertThat(hall.ok("GET " + ALL).toString()).doesNotContain("webhook_secret");
    assertThat(stored(account)).contains(other.get("webhook_secret").textValue());
  }

  @Test
  void whatBecomesPushedToGetsASecretThen() {
    JsonNode account = bot();
    assertThat(stored(account)).isEmpty();

    JsonNode changed =
        hall.ok(
            "PATCH " + one(account),
            "{\"delivery_mode\":\"http\",\"callback_url\":\"https://bot.example/hook\"}");
    JsonNode again =
        hall.ok("PATCH " + one(account), "{\"callback_url\":\"https://bot.example/hook2\"}");

    assertThat(stored(account)).contains(changed.get("webhook_secret").textValue());
    assertThat(again.has("webhook_secret")).isFalse();
  }

  private Optional<String> stored(JsonNode account) {
    return hall.town
        .directory
        .account(account.get("service_account_id").textValue())
        .flatMap(Directory.Account::webhookSecret);
  }

  @Test
  void aSuspendedAccountsKeysSleepUntilItIsActiveAgain() {
    hall.ok("PATCH " + ALL + "/agent", "{\"status\":\"suspended\"}");
    assertThat(hall.town.callers.byKey(hall.agentKey())).isEmpty();
    assertThat(hall.ok("GET /v1/agents/agent").at("/agent/status").textValue())
        .isEqualTo("suspended");

    hall.ok("PATCH " + ALL + "/agent", "{\"status\":\"active\"}");

    assertThat(hall.town.callers.byKey(hall.agentKey())).isPresent();
  }

  @Test
  void aChangeTouchesWhatItNamesAndNullTakesAway() {
    JsonNode account = bot();

    hall.ok("PATCH " + one(account), "{\"display_name\":\"D\",\"description\":\"deploys\"}");
    JsonNode changed =
        hall.ok("PATCH " + one(account), "{\"display_name\":null,\"delivery_mode\":\"poll\"}")
            .get("service_account");

    assertThat(changed.has("display_name")).isFalse();
    assertThat(changed.get("description").textValue()).isEqualTo("deploys");
    assertThat(changed.get("delivery_mode").textValue()).isEqualTo("poll");
  }

  @Test
  void whatCannotBeUnderstoodIsNamed() {
    String[][] wrong = {
      {"{}", "name"},
      {"{\"name\":\"x\"}", "name"},
      {"{\"name\":7}", "name"},
      {"{\"name\":\"agent_core\"}", "name"},
      {"{\"name\":\"ok-bot\",\"delivery_mode\":\"pigeon\"}", "delivery_mode"},
      {"{\"name\":\"ok-bot\",\"callback_url\":\"file:///etc/passwd\"}", "callback_url"},
      {"{\"name\":\"ok-bot\",\"callback_url\":\"http://127.0.0.1:9/hook\"}", "callback_url"},
      {"{\"name\":\"ok-bot\",\"callback_url\":\"http://0x7f.1/hook\"}", "callback_url"},
      {"{\"name\":\"ok-bot\",\"webhook_secret\":\"0123456789abcde\"}", "webhook_secret"},
      {"{\"name\":\"ok-bot\",\"webhook_secret\":\" 0123456789abcdef\"}", "webhook_secret"},
      {"{\"name\":\"ok-bot\",\"webhook_secret\":\"" + "0".repeat(129) + "\"}", "webhook_secret"}
    };

    for (String[] c : wrong) {
      Answered answer = hall.send(hall.ownerKey(), "POST " + ALL, c[0]);

      assertThat(answer.status()).as(c[0]).isEqualTo(422);
      assertThat(answer.body().at("/error/details/field").textValue()).isEqualTo(c[1]);
    }
  }

  @Test
  void revokingAnAccountEndsItsKeysForGood() {
    JsonNode gone = hall.ok("DELETE " + ALL + "/agent");

    assertThat(gone.get("status").textValue()).isEqualTo("revoked");
    assertThat(hall.town.callers.byKey(hall.agentKey())).isEmpty();
    assertThat(hall.send(hall.ownerKey(), "POST " + ALL + "/agent/keys", "").status())
        .isEqualTo(409);
    hall.ok("PATCH " + ALL + "/agent", "{\"status\":\"active\"}");
    assertThat(hall.town.callers.byKey(hall.agentKey())).isEmpty();
    assertThat(hall.ok("POST " + ALL + "/agent/keys").has("api_key")).isTrue();
  }

  @Test
  void nobodyEndsTheAccountTheyCallWith() {
    String own = ALL + "/" + hall.town.owner.login().id();

    assertThat(hall.send(hall.ownerKey(), "DELETE " + own, "").status()).isEqualTo(409);
    assertThat(hall.send(hall.ownerKey(), "PATCH " + own, "{\"status\":\"suspended\"}").status())
        .isEqualTo(409);
    assertThat(hall.town.callers.byKey(hall.ownerKey())).isPresent();
  }

  @Test
  void anAdminCannotEndTheOwner() {
    String admin = hall.person("adm@example.com", "admin");
    String owner = ALL + "/" + hall.town.owner.login().id();

    assertThat(hall.send(admin, "DELETE " + owner, "").status()).isEqualTo(403);
  }
}
