package dev.axme.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.axme.server.http.Desk.Answered;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BootstrapTest {
  private TownHall hall;

  @BeforeEach
  void open(@TempDir Path folder) {
    hall = new TownHall(folder, true);
  }

  @AfterEach
  void close() {
    hall.close();
  }

  @Test
  void aRepeatMakesNothingAndSaysWhatTheFirstMade() {
    String body = "{\"email\":\"eve@acme.example\",\"use_case\":\"tests\"}";
    Map<String, String> key = Map.of("idempotency-key", "once");

    JsonNode first = hall.send("POST /v1/alpha/bootstrap", body, key).body();
    Answered again = hall.send("POST /v1/alpha/bootstrap", body, key);

    assertThat(again.code()).isEqualTo("already_exists");
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.body().at("/error/details/org_id"))
        .isEqualTo(first.at("/organization/org_id"));
    assertThat(again.body().toString()).doesNotContain(first.at("/key/token").textValue());
  }

  @Test
  void bootstrapGivesEverybodyAnOrganizationOfTheirOwn() {
    String body =
        "{\"email\":\"Eve@Acme.example\",\"use_case\":\"tests\",\"company\":\"Acme Inc.\"}";

    JsonNode first = hall.send("POST /v1/alpha/bootstrap", body).body();
    JsonNode second = hall.send("POST /v1/alpha/bootstrap", body).body();
    Caller eve = hall.town.callers.byKey(first.at("/key/token").textValue()).orElseThrow();
    String local = "/v1/service-accounts/" + hall.town.owner.agent().id();

    assertThat(eve.admin()).isTrue();
    assertThat(eve.workspace().organization().slug()).isEqualTo("acme-inc");
    assertThat(first.at("/organization/org_id")).isNotEqualTo(second.at("/organization/org_id"));
    assertThat(hall.send(first.at("/key/token").textValue(), "GET " + local, "").status())
        .as("another organization's account")
        .isEqualTo(404);
    assertThat(
            hall.send(first.at("/key/token").textValue(), "GET /v1/agents/local/main/agent", "")
                .code())
        .isEqualTo("agent_not_found");
    assertThat(hall.send("POST /v1/alpha/bootstrap", "{\"email\":\"e@x.y\"}").status())
        .isEqualTo(422);
  }
}
