package dev.axme.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.axme.server.http.Desk.Answered;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelfTest {
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
  void anAgentLearnsItsAddressAndAPersonTheirName() {

    JsonNode agent = hall.send(hall.agentKey(), "GET /v1/me", "").body();
    JsonNode owner = hall.ok("GET /v1/me");

    assertThat(agent.get("address").textValue()).isEqualTo("agent://local/main/agent");
    assertThat(agent.at("/service_account/name").textValue()).isEqualTo("agent");
    assertThat(agent.has("actor")).isFalse();
    assertThat(owner.at("/actor/email").textValue()).isEqualTo("owner@localhost");
    assertThat(owner.get("workspace_id")).isEqualTo(agent.get("workspace_id"));
  }

  @Test
  void aPersonsContextHasBothIds() {

    JsonNode context = hall.ok("GET /v1/portal/personal/context");

    assertThat(context.at("/context/org_id")).isEqualTo(context.at("/organizations/0/org_id"));
    assertThat(context.at("/context/workspace_id"))
        .isEqualTo(context.at("/workspaces/0/workspace_id"));
    assertThat(context.at("/account/display_name").textValue()).isEqualTo("Owner");
    assertThat(context.at("/workspaces/0/roles/0").textValue()).isEqualTo("org_owner");
    assertThat(hall.send(hall.agentKey(), "GET /v1/portal/personal/context", "").code())
        .isEqualTo("invalid_actor_scope");
  }

  @Test
  void onlyOnesOwnWorkspaceCanBeSelected() {
    String select = "POST /v1/portal/personal/workspace-selection";
    String own = hall.ok("GET /v1/portal/personal/context").get("context").toString();

    assertThat(hall.ok(select, own).get("context").toString()).isEqualTo(own);
    Answered other = hall.send(hall.ownerKey(), select, "{\"workspace_id\":\"other\"}");
    assertThat(other.status()).isEqualTo(403);
    assertThat(other.detail()).isEqualTo("workspace is outside actor membership scope");
  }

  @Test
  void aPersonSaysHowTheyAndTheirCompanyAreCalled() {
    String profile = "POST /v1/portal/personal/profile";
    JsonNode context = hall.ok("GET /v1/portal/personal/context");
    String organization = "GET /v1/organizations/" + context.at("/context/org_id").textValue();

    hall.ok(profile, "{\"display_name\":\" Ann Lee \",\"company\":\"Lee Ltd\"}");
    hall.ok(profile, "{}");

    JsonNode now = hall.ok("GET /v1/portal/personal/context");
    assertThat(now.at("/account/display_name").textValue()).isEqualTo("Ann Lee");
    assertThat(hall.ok("GET /v1/me").at("/actor/name").textValue()).isEqualTo("Ann Lee");
    assertThat(hall.ok(organization).at("/organization/legal_name").textValue())
        .isEqualTo("Lee Ltd");
    assertThat(now.at("/selected_organization/name"))
        .isEqualTo(context.at("/selected_organization/name"));
  }

  @Test
  void onlyAnAdminSaysWhatTheCompanyIsCalled() {
    String profile = "POST /v1/portal/personal/profile";
    String body = "{\"email\":\"bob@example.com\",\"name\":\"Bob\",\"role\":\"member\"}";
    String bob = hall.ok("POST /v1/people", body).path("login_key").textValue();

    Answered refused =
        hall.send(bob, profile, "{\"display_name\":\"Robert\",\"company\":\"Bob Ltd\"}");

    assertThat(refused.status()).isEqualTo(403);
    assertThat(hall.send(bob, "GET /v1/me", "").body().at("/actor/name").textValue())
        .as("all or nothing")
        .isEqualTo("Bob");
    assertThat(hall.send(hall.agentKey(), profile, "{}").code()).isEqualTo("invalid_actor_scope");
    assertThat(hall.send(bob, profile, "{\"display_name\":\"Robert\"}").status()).isEqualTo(200);
  }

  @Test
  void aLoginKeyIsNoSession() {

    assertThat(hall.ok("GET /v1/auth/sessions?include_revoked=true").get("sessions")).isEmpty();
    assertThat(hall.send(hall.agentKey(), "GET /v1/auth/sessions", "").code())
        .isEqualTo("invalid_actor_scope");
  }

  @Test
  void anAgentIsFoundInEverySpellingOfItsAddress() {
    String[] spellings = {
      "local/main/agent",
      "agent",
      "agent%3A%2F%2Flocal%2Fmain%2Fagent",
      "agent://local/main/agent",
      "agent:/local/main/agent"
    };

    for (String spelling : spellings) {
      JsonNode answer = hall.send(hall.agentKey(), "GET /v1/agents/" + spelling, "").body();
      assertThat(answer.at("/agent/service_account_name").textValue())
          .as(spelling)
          .isEqualTo("agent");
    }
    assertThat(hall.ok("GET /v1/agents").get("agents")).hasSize(1);
    assertThat(hall.send(hall.agentKey(), "GET /v1/agents/owner", "").code())
        .as("a person is no agent")
        .isEqualTo("agent_not_found");
  }

  @Test
  void bootstrapIsRefusedUnlessASettingAllowsIt() {

    Answered refused = hall.send("POST /v1/alpha/bootstrap", "{}");

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.detail()).contains("--allow-bootstrap");
  }
}
