package dev.axme.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.axme.server.http.Desk.Answered;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentKeysTest {
  private static final String KEYS = "/v1/service-accounts/agent/keys";

  private TownHall hall;

  @BeforeEach
  void open(@TempDir Path folder) {
    hall = new TownHall(folder);
  }

  @AfterEach
  void close() {
    hall.close();
  }

  @Test
  void aNewKeyWorksAtOnceBesideTheOldOnes() {
    JsonNode answer = hall.ok("POST " + KEYS, "{}");
    String token = answer.get("api_key").textValue();
    JsonNode key = answer.get("key");

    assertThat(token).matches("axme_sa_[0-9a-f]{24}_[^_]+");
    assertThat(key.get("token").textValue())
        .isEqualTo(token)
        .endsWith(key.get("key_hint").asText());
    assertThat(key.get("key_id").textValue()).matches("sak_[0-9a-f]{24}");
    assertThat(key.get("key_hint").textValue()).hasSizeGreaterThanOrEqualTo(4);
    assertThat(key.get("status").textValue()).isEqualTo("active");
    assertThat(hall.town.callers.byKey(token)).isPresent();
    assertThat(hall.town.callers.byKey(hall.agentKey())).isPresent();
  }

  @Test
  void whatIsSaidAboutAKeyIsKept() {
    hall.ok("POST " + KEYS, "{\"name\":\"night shift\",\"description\":\"for the cron job\"}");

    JsonNode key = hall.ok("GET " + KEYS).at("/keys/1");

    assertThat(key.get("name").textValue()).isEqualTo("night shift");
    assertThat(key.get("description").textValue()).isEqualTo("for the cron job");
    for (String wrong :
        List.of(
            "{\"name\":7}",
            "{\"name\":\"" + "x".repeat(121) + "\"}",
            "{\"description\":\"" + "x".repeat(2_001) + "\"}")) {
      assertThat(hall.send(hall.ownerKey(), "POST " + KEYS, wrong).status()).isEqualTo(422);
    }
  }

  @Test
  void aSecretIsShownOnce() {
    String token = hall.ok("POST " + KEYS).get("api_key").textValue();
    String secret = token.substring(token.lastIndexOf('_') + 1);

    JsonNode keys = hall.ok("GET " + KEYS);

    assertThat(keys.get("keys")).hasSize(2);
    assertThat(keys.toString()).doesNotContain(secret).doesNotContain("token");
  }

  @Test
  void aRepeatIsToldWhichKeyItMade() {
    Map<String, String> once = Map.of("idempotency-key", "k1");
    Answered first = hall.send(hall.ownerKey(), "POST " + KEYS, "{}", once);

    Answered second = hall.send(hall.ownerKey(), "POST " + KEYS, "{}", once);

    assertThat(second.status()).isEqualTo(409);
    assertThat(second.code()).isEqualTo("already_exists");
    assertThat(second.body().at("/error/details/key_id")).isEqualTo(first.body().at("/key/key_id"));
    assertThat(second.body().at("/error/details/key_hint"))
        .isEqualTo(first.body().at("/key/key_hint"));
    assertThat(hall.ok("GET " + KEYS).get("keys")).hasSize(2);
  }

  @Test
  void aRevokedKeyIsDeadAtOnceAndRevokingAgainChangesNothing() {
    JsonNode made = hall.ok("POST " + KEYS);
    String revoke = "POST " + KEYS + "/" + made.at("/key/key_id").textValue() + "/revoke";

    JsonNode first = hall.ok(revoke).get("key");
    hall.town.later(Duration.ofMinutes(1));
    JsonNode second = hall.ok(revoke).get("key");

    assertThat(first.get("status").textValue()).isEqualTo("revoked");
    assertThat(second).isEqualTo(first);
    assertThat(hall.town.callers.byKey(made.get("api_key").textValue())).isEmpty();
    assertThat(hall.town.callers.byKey(hall.agentKey())).isPresent();
  }

  @Test
  void aKeyRunsOutWhenItWasToldTo() {
    String later = hall.town.now().plus(Duration.ofHours(1)).toString();
    JsonNode made = hall.ok("POST " + KEYS, "{\"expires_at\":\"" + later + "\"}");

    hall.town.later(Duration.ofHours(2));

    assertThat(hall.town.callers.byKey(made.get("api_key").textValue())).isEmpty();
    assertThat(hall.ok("GET " + KEYS).at("/keys/1/status").textValue()).isEqualTo("expired");
    assertThat(
            hall.send(hall.ownerKey(), "POST " + KEYS, "{\"expires_at\":\"" + later + "\"}")
                .status())
        .as("that is past now")
        .isEqualTo(422);
  }

  @Test
  void aKeyMadeForAPersonsAccountNeverDecides() {
    String login = "/v1/service-accounts/" + hall.town.owner.login().id() + "/keys";
    String token = hall.ok("POST " + login).get("api_key").textValue();

    Caller caller = hall.town.callers.byKey(token).orElseThrow();

    assertThat(caller.person()).isEmpty();
    assertThat(caller.admin()).isFalse();
  }

  @Test
  void anUnknownKeyIsNotFound() {
    assertThat(hall.send(hall.ownerKey(), "POST " + KEYS + "/sak_0/revoke", "").status())
        .isEqualTo(404);
  }
}
