package dev.axme.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.axme.server.http.Desk.Answered;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Organizations and workspaces (protocol section 11.1). */
class OrganizationsTest {
  private static final String ALL = "/v1/organizations";

  private TownHall hall;

  @BeforeEach
  void open(@TempDir Path folder) {
    hall = new TownHall(folder, true);
  }

  @AfterEach
  void close() {
    hall.close();
  }

  private JsonNode organization(String name) {
    return hall.ok("POST " + ALL, "{\"name\":\"" + name + "\"}").get("organization");
  }

  private JsonNode workspace(String organization, String name) {
    return hall.ok("POST " + workspaces(organization), named(name)).get("workspace");
  }

  private static String named(String name) {
    return "{\"name\":\"" + name + "\",\"environment\":\"staging\"}";
  }

  private static String workspaces(String organization) {
    return ALL + "/" + organization + "/workspaces";
  }

  private Answered owner(String line, String body) {
    return hall.send(hall.ownerKey(), line, body);
  }

  private static String id(JsonNode thing, String name) {
    return thing.get(name).textValue();
  }

  @Test
  void whatWasSaidAboutAnOrganizationIsShown() {
    JsonNode made =
        hall.ok(
                "POST " + ALL,
                """
                {"name":"Acme Corp.","requested_by_actor_id":"actor://somebody/else",
                 "legal_name":"Acme Inc.","primary_domain":"acme.test","metadata":{"n":[1]}}
                """)
            .get("organization");

    JsonNode read = hall.ok("GET " + ALL + "/" + id(made, "org_id")).get("organization");

    assertThat(made.get("slug").textValue()).isEqualTo("acme-corp");
    assertThat(made.get("status").textValue()).isEqualTo("active");
    assertThat(made.get("metadata").toString()).isEqualTo("{\"n\":[1]}");
    assertThat(read.get("legal_name").textValue()).isEqualTo("Acme Inc.");
    assertThat(read.get("workspaces_count").intValue()).isZero();
    assertThat(read.get("members_count").intValue()).as("its owner").isOne();
  }

  @Test
  void aChangeTouchesWhatItNamesAndTheSlugStays() {
    String one = ALL + "/" + id(organization("Acme"), "org_id");
    hall.ok("PATCH " + one, "{\"legal_name\":\"Acme Inc.\",\"metadata\":{\"a\":1}}");

    JsonNode changed =
        hall.ok("PATCH " + one, "{\"name\":\"Bcme\",\"legal_name\":null,\"status\":\"suspended\"}")
            .get("organization");

    assertThat(changed.get("name").textValue()).isEqualTo("Bcme");
    assertThat(changed.get("slug").textValue()).isEqualTo("acme");
    assertThat(changed.has("legal_name")).isFalse();
    assertThat(changed.get("metadata").toString()).isEqualTo("{\"a\":1}");
    assertThat(changed.get("status").textValue()).isEqualTo("suspended");
    assertThat(changed.get("updated_at")).isNotEqualTo(changed.get("created_at"));
  }

  @Test
  void twoOrganizationsOfOneNameGetAddressesOfTheirOwn() {
    assertThat(id(organization("Acme"), "slug")).isEqualTo("acme");
    assertThat(id(organization("ACME!"), "slug")).isEqualTo("acme-2");
    assertThat(id(organization("Acme"), "slug")).isEqualTo("acme-3");
    assertThat(id(organization("R&D / Labs"), "slug")).isEqualTo("r-d-labs");
    assertThat(id(organization("日本"), "slug")).isEqualTo("org");
    assertThat(id(organization("x".repeat(120)), "slug")).isEqualTo("x".repeat(50));
  }

  @Test
  void aRepeatAnswersTheSameAndAnotherRequestWithItsKeyIsRefused() {
    Map<String, String> once = Map.of("idempotency-key", "k1");
    String body = "{\"name\":\"Acme\",\"metadata\":{\"a\":1,\"b\":2}}";
    String reordered = "{\"metadata\":{\"b\":2,\"a\":1},\"name\":\"Acme\"}";
    JsonNode first = hall.send(hall.ownerKey(), "POST " + ALL, body, once).body();
    String org = first.at("/organization/org_id").textValue();

    JsonNode again = hall.send(hall.ownerKey(), "POST " + ALL, reordered, once).body();
    Answered other = hall.send(hall.ownerKey(), "POST " + ALL, "{\"name\":\"Bcme\"}", once);
    Answered one = hall.send(hall.ownerKey(), "POST " + workspaces(org), named("Main"), once);
    Answered two = hall.send(hall.ownerKey(), "POST " + workspaces(org), named("Main"), once);
    Answered three = hall.send(hall.ownerKey(), "POST " + workspaces(org), named("Side"), once);

    assertThat(again).isEqualTo(first);
    assertThat(other.code()).isEqualTo("idempotency_conflict");
    assertThat(one.status()).isEqualTo(200);
    assertThat(two.body()).isEqualTo(one.body());
    assertThat(three.code()).isEqualTo("idempotency_conflict");
    assertThat(hall.ok("GET " + workspaces(org)).get("workspaces")).hasSize(1);
  }

  @Test
  void ofManyWhoMakeTheSameAtOnceEachGetsTheirOwnOrThatOfTheirKey() throws Exception {
    Map<String, String> once = Map.of("idempotency-key", "k1");
    Set<String> slugs = new TreeSet<>();
    Set<String> ids = new TreeSet<>();

    for (Answered answer : atOnce(() -> owner("POST " + ALL, "{\"name\":\"Acme\"}"))) {
      slugs.add(answer.body().at("/organization/slug").asText());
    }
    for (Answered answer :
        atOnce(() -> hall.send(hall.ownerKey(), "POST " + ALL, "{\"name\":\"Bcme\"}", once))) {
      ids.add(answer.body().at("/organization/org_id").asText());
    }

    assertThat(slugs).hasSize(8).allMatch(slug -> slug.startsWith("acme"));
    assertThat(ids).hasSize(1).doesNotContain("");
  }

  private static List<Answered> atOnce(Callable<Answered> call) throws Exception {
    List<Answered> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (Future<Answered> answer : threads.invokeAll(Collections.nCopies(8, call))) {
        answers.add(answer.get());
      }
    }
    return answers;
  }

  @Test
  void aWorkspaceIsOnceInItsOrganization() {
    String acme = id(organization("Acme"), "org_id");
    JsonNode made = workspace(acme, "Data Team");

    Answered twin = owner("POST " + workspaces(acme), named("data-team"));
    JsonNode elsewhere = workspace(id(organization("Bcme"), "org_id"), "Data Team");

    assertThat(made.get("slug").textValue()).isEqualTo("data-team");
    assertThat(twin.status() + twin.code()).isEqualTo("409already_exists");
    assertThat(twin.body().at("/error/details/workspace/workspace_id"))
        .isEqualTo(made.get("workspace_id"));
    assertThat(elsewhere.get("slug")).isEqualTo(made.get("slug"));
  }

  @Test
  void aWorkspaceChangesAllButItsSlug() {
    String acme = id(organization("Acme"), "org_id");
    String one = workspaces(acme) + "/" + id(workspace(acme, "Main"), "workspace_id");

    JsonNode changed =
        hall.ok(
                "PATCH " + one,
                """
                {"name":"Prime","environment":"production","region":"eu","status":"archived"}
                """)
            .get("workspace");

    assertThat(changed.get("name").textValue()).isEqualTo("Prime");
    assertThat(changed.get("slug").textValue()).isEqualTo("main");
    assertThat(hall.ok("GET " + workspaces(acme)).at("/workspaces/0")).isEqualTo(changed);
  }

  @Test
  void theOwnerGoesOnInItWithTheSameKey() {
    String acme = id(organization("Acme"), "org_id");
    String main = id(workspace(acme, "Main"), "workspace_id");
    String scope = "\"org_id\":\"" + acme + "\",\"workspace_id\":\"" + main + "\"";

    JsonNode made = hall.ok("POST /v1/service-accounts", "{\"name\":\"bot\"," + scope + "}");
    String account = "/v1/service-accounts/" + id(made, "service_account_id");
    JsonNode key = hall.ok("POST " + account + "/keys");
    JsonNode agents = hall.ok("GET /v1/agents?org_id=" + acme + "&workspace_id=" + main);

    assertThat(id(made, "address")).isEqualTo("agent://acme/main/bot");
    assertThat(agents.get("agents")).hasSize(1);
    assertThat(agents.at("/agents/0/address").textValue()).isEqualTo("agent://acme/main/bot");
    Caller bot = hall.town.callers.byKey(id(key, "api_key")).orElseThrow();
    assertThat(bot.workspaceId().toString()).isEqualTo(main);
    assertThat(hall.ok("GET /v1/agents?org_id=" + acme).get("agents")).hasSize(1);
    assertThat(hall.ok("GET /v1/agents/acme/main/bot").at("/agent/address").textValue())
        .isEqualTo("agent://acme/main/bot");
    assertThat(hall.ok("GET /v1/agents").toString()).doesNotContain("acme");
    assertThat(hall.ok("GET /v1/portal/personal/context").get("organizations")).hasSize(2);
    hall.ok("DELETE " + account);
    assertThat(hall.town.callers.byKey(id(key, "api_key"))).isEmpty();
  }

  @Test
  void scopesThatDoNotFitAreRefused() {
    String acme = id(organization("Acme"), "org_id");
    String bcme = id(organization("Bcme"), "org_id");
    String main = id(workspace(bcme, "Main"), "workspace_id");
    String unknown = UUID.randomUUID().toString();

    Answered outside = owner("GET /v1/agents?org_id=" + acme + "&workspace_id=" + main, "");
    Answered none =
        owner("POST /v1/service-accounts", "{\"name\":\"b1\",\"org_id\":\"" + acme + "\"}");
    Answered changed = owner("PATCH " + workspaces(acme) + "/" + main, "{\"name\":\"Taken\"}");
    Answered differs = owner("POST " + workspaces(acme), "{\"org_id\":\"" + bcme + "\"}");

    assertThat(outside.status()).isEqualTo(403);
    assertThat(outside.detail()).contains("workspace_id does not match target workspace_id");
    assertThat(none.status()).isEqualTo(422);
    assertThat(changed.status()).isEqualTo(403);
    assertThat(differs.status()).isEqualTo(400);
    for (String line :
        List.of(
            "GET " + ALL + "/" + unknown,
            "PATCH " + ALL + "/" + unknown,
            "GET " + workspaces(unknown),
            "PATCH " + workspaces(acme) + "/" + unknown,
            "GET /v1/agents?org_id=" + unknown,
            "GET /v1/agents?workspace_id=" + unknown)) {
      assertThat(owner(line, "").status()).as(line).isEqualTo(404);
    }
  }

  @Test
  void onlyAnOwnerMakesOrganizationsAndRolesCountWhereTheyWereGiven() {
    String home = hall.ok("GET /v1/me").get("org_id").textValue();
    String admin = hall.person("adm@example.com", "org_admin");
    String local = hall.person("loc@example.com", "workspace_admin");
    String member = hall.person("max@example.com", "member");

    for (String key : List.of(admin, local, member, hall.agentKey())) {
      assertThat(hall.send(key, "POST " + ALL, "{\"name\":\"Mine\"}").status()).isEqualTo(403);
    }
    assertThat(hall.send(admin, "POST " + workspaces(home), named("Two")).status()).isEqualTo(200);
    assertThat(hall.send(local, "POST " + workspaces(home), named("Three")).status())
        .isEqualTo(403);
    assertThat(hall.send(local, "GET " + workspaces(home), "").body().get("workspaces"))
        .as("one's own")
        .hasSize(1);
    assertThat(hall.send(admin, "GET " + workspaces(home), "").body().get("workspaces")).hasSize(2);
    assertThat(hall.send(member, "GET " + workspaces(home), "").status()).isEqualTo(403);
  }

  @Test
  void aWorkspacesAdministratorGivesNoRoleThatCountsInAllOfTheOrganization() {
    String local = hall.person("loc@example.com", "workspace_admin");
    String admin = hall.person("adm@example.com", "org_admin");
    for (String role : List.of("billing_viewer", "security_auditor")) {
      String body = "{\"email\":\"" + role + "@example.com\",\"role\":\"" + role + "\"}";

      assertThat(hall.send(local, "POST /v1/people", body).status()).as(role).isEqualTo(403);
      assertThat(hall.send(admin, "POST /v1/people", body).status()).as(role).isEqualTo(200);
    }
  }

  @Test
  void anAdministratorOfTheOrganizationManagesAllItsWorkspacesAndAnotherNone() {
    String home = hall.ok("GET /v1/me").get("org_id").textValue();
    String second = id(workspace(home, "Second"), "workspace_id");
    String make = "{\"name\":\"far-bot\",\"workspace_id\":\"" + second + "\"}";
    String local = hall.person("loc@example.com", "workspace_admin");

    Answered refused = hall.send(local, "POST /v1/service-accounts", make);
    JsonNode made = hall.ok("POST /v1/service-accounts", make);
    String keys = "/v1/service-accounts/" + id(made, "service_account_id") + "/keys";

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.detail()).contains("outside actor membership scope");
    assertThat(hall.send(local, "POST " + keys, "").status()).isEqualTo(404);
    assertThat(hall.send(local, "GET /v1/agents/local/second/far-bot", "").status()).isEqualTo(404);
    hall.ok("POST " + keys);
  }

  @Test
  void whatIsTooLongOrOfAnotherKindIsNamed() {
    String[][] wrong = {
      {"{}", "name"},
      {"{\"name\":\"x\"}", "name"},
      {"{\"name\":\"" + "x".repeat(121) + "\"}", "name"},
      {"{\"name\":\"Acme\",\"metadata\":[]}", "metadata"},
      {"{\"name\":\"Acme\",\"metadata\":{\"a\":\"" + "x".repeat(16_384) + "\"}}", "metadata"},
      {"{\"name\":\"Acme\",\"legal_name\":7}", "legal_name"},
      {"{\"name\":\"Acme\",\"primary_domain\":\"http://acme\"}", "primary_domain"},
      {
        "{\"name\":\"Acme\",\"requested_by_actor_id\":\"" + "x".repeat(256) + "\"}",
        "requested_by_actor_id"
      },
    };

    for (String[] c : wrong) {
      Answered answer = owner("POST " + ALL, c[0]);

      assertThat(answer.status()).as(c[1]).isEqualTo(422);
      assertThat(answer.body().at("/error/details/field").textValue()).isEqualTo(c[1]);
    }
    String acme = id(organization("Acme"), "org_id");
    for (String body :
        List.of("{\"name\":\"Main\"}", "{\"name\":\"Main\",\"environment\":\"x\"}")) {
      assertThat(owner("POST " + workspaces(acme), body).body().at("/error/details/field").asText())
          .isEqualTo("environment");
    }
  }
}
