package dev.axme.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.axme.server.http.Desk.Answered;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeopleTest {
  private static final String ANN = "{\"email\":\"Ann.Lee@Example.com\",\"name\":\"Ann Lee\"}";

  private TownHall hall;

  @BeforeEach
  void open(@TempDir Path folder) {
    hall = new TownHall(folder);
  }

  @AfterEach
  void close() {
    hall.close();
  }

  private Optional<Sessions.SignedIn> signIn(String url) {
    assertThat(url).startsWith(TownHall.BASE + "/sign-in/");
    return hall.town.sessions().signIn(url.substring(url.lastIndexOf('/') + 1));
  }

  @Test
  void somebodyNewGetsAKeyThatDecidesAndALinkThatSignsIn() {
    JsonNode answer = hall.ok("POST /v1/people", ANN);
    JsonNode person = answer.get("person");
    Caller caller = hall.town.callers.byKey(answer.get("login_key").textValue()).orElseThrow();

    assertThat(person.get("email").textValue()).isEqualTo("ann.lee@example.com");
    assertThat(person.get("roles").toString()).isEqualTo("[\"member\"]");
    assertThat(person.get("address").textValue()).isEqualTo("agent://local/main/ann.lee");
    assertThat(caller.person().orElseThrow().name()).isEqualTo("Ann Lee");
    assertThat(caller.admin()).isFalse();
    assertThat(signIn(answer.get("sign_in_url").textValue()).orElseThrow().caller().person())
        .isEqualTo(caller.person());
    assertThat(hall.ok("GET /v1/people").at("/people/1")).isEqualTo(person);
  }

  @Test
  void oneAddressIsOnePerson() {
    hall.ok("POST /v1/people", ANN);

    Answered again = hall.send(hall.ownerKey(), "POST /v1/people", ANN);

    assertThat(again.status()).isEqualTo(409);
    assertThat(again.code()).isEqualTo("already_exists");
    assertThat(again.detail()).contains("ann.lee@example.com");
  }

  @Test
  void twoPeopleWithOneLocalPartGetTwoAddresses() {
    hall.person("sam@one.example", "member");
    hall.person("sam@two.example", "member");
    hall.person("agent@one.example", "member");

    JsonNode people = hall.ok("GET /v1/people").get("people");

    assertThat(people.findValuesAsText("address"))
        .containsExactly(
            "agent://local/main/owner",
            "agent://local/main/sam",
            "agent://local/main/sam-2",
            "agent://local/main/agent-2");
  }

  @Test
  void ownerAndAdminAreWordsForRoles() {
    hall.person("o@example.com", "owner");
    hall.person("a@example.com", "admin");
    hall.person("r@example.com", "release-managers");

    assertThat(hall.ok("GET /v1/people").get("people").findValues("roles").toString())
        .isEqualTo(
            "[[\"org_owner\"], [\"org_owner\"], [\"workspace_admin\"], [\"release-managers\"]]");
  }

  @Test
  void anAdminMakesNoOwnerAndSignsNoOwnerIn() {
    String admin = hall.person("a@example.com", "admin");

    Answered owner =
        hall.send(admin, "POST /v1/people", "{\"email\":\"o@example.com\",\"role\":\"owner\"}");
    Answered link = hall.send(admin, "POST /v1/sign-in-links", "{\"email\":\"owner@localhost\"}");
    Answered peer =
        hall.send(admin, "POST /v1/people", "{\"email\":\"b@example.com\",\"role\":\"admin\"}");

    assertThat(owner.status()).isEqualTo(403);
    assertThat(link.status()).isEqualTo(403);
    assertThat(peer.status()).isEqualTo(200);
  }

  @Test
  void aLinkIsForOneselfUnlessAnAdminAsks() {
    String member = hall.person("max@example.com", "member");

    Answered own = hall.send(member, "POST /v1/sign-in-links", "{}");
    Instant expected = hall.town.now().plus(Provisioning.LINK_LIFE);
    Answered others =
        hall.send(member, "POST /v1/sign-in-links", "{\"email\":\"owner@localhost\"}");
    JsonNode asked = hall.ok("POST /v1/sign-in-links", "{\"email\":\"max@example.com\"}");

    assertThat(signIn(own.body().get("sign_in_url").textValue())).isPresent();
    assertThat(own.body().get("expires_at").textValue()).isEqualTo(expected.toString());
    assertThat(others.status()).isEqualTo(403);
    assertThat(
            signIn(asked.get("sign_in_url").textValue())
                .flatMap(s -> s.caller().person())
                .orElseThrow()
                .email())
        .isEqualTo("max@example.com");
  }

  @Test
  void anAgentGetsNoLink() {
    assertThat(hall.send(hall.agentKey(), "POST /v1/sign-in-links", "{}").status()).isEqualTo(403);
  }

  @Test
  void brokenAddressesRolesAndUnknownFieldsAreNamed() {
    String[][] wrong = {
      {"{}", "email"},
      {"{\"email\":\"ann\"}", "email"},
      {"{\"email\":\"a b@example.com\"}", "email"},
      {"{\"email\":\"a@b@example.com\"}", "email"},
      {"{\"email\":\"a@-example.com\"}", "email"},
      {"{\"email\":\"a/b@example.com\"}", "email"},
      {"{\"email\":\"a@example.com\",\"role\":\"Big Boss\"}", "role"},
      {"{\"email\":\"a@example.com\",\"roles\":[]}", "roles"}
    };

    for (String[] c : wrong) {
      Answered answer = hall.send(hall.ownerKey(), "POST /v1/people", c[0]);

      assertThat(answer.status()).as(c[0]).isEqualTo(422);
      assertThat(answer.body().at("/error/details/field").textValue()).isEqualTo(c[1]);
    }
  }
}
