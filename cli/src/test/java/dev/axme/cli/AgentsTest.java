package dev.axme.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.cli.RealServer.Running;
import dev.axme.cli.Typed.At;
import dev.axme.sdk.AxmeClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Agents and their keys, against a real server. */
@ExtendWith(RealServer.class)
class AgentsTest {
  @TempDir private Path ownersHome;
  @TempDir private Path othersHome;
  private At owner = At.home(Path.of("."));

  @BeforeEach
  void owner(Running server) {
    owner = server.owner(ownersHome);
  }

  private At holding(Running server, String key) {
    return At.home(othersHome).with("AXME_BASE_URL", server.url()).with("AXME_API_KEY", key);
  }

  @Test
  void anAgentIsRegisteredShownAndDeleted(Running server) {
    Typed made =
        owner.axme("agents", "register", "Reporter", "--display-name", "Reports", "--json");
    String address = field(made.out(), "agent_address");
    String key = owner.axme("agents", "keys", "create", "Reporter").line();

    Typed list = owner.axme("agents", "list");
    Typed show = owner.axme("agents", "show", address);
    Typed deleted = owner.axme("agents", "delete", address);

    assertThat(address).isEqualTo("agent://local/main/reporter");
    assertThat(list.out().lines().findFirst().orElse("")).startsWith("ADDRESS");
    assertThat(list.out()).contains(address, "Reports", "stream", "active");
    assertThat(show.out()).contains("Address   " + address, "Name      Reporter", "Account   sa_");
    assertThat(deleted.line()).isEqualTo("Deleted: " + address);
    assertThat(holding(server, key).axme("whoami").exitCode()).isEqualTo(Exit.ERROR);
    assertThat(owner.axme("agents", "list").out()).doesNotContain(address);
    assertThat(owner.axme("agents", "list", "--all").out()).contains(address, "deleted");
  }

  @Test
  void anAgentLooksAtItsNeighboursAndChangesNothing(Running server) {
    At agent = server.agent(othersHome);

    Typed list = agent.axme("agents", "list", "--json");
    Typed register = agent.axme("agents", "register", "intruder");

    assertThat(list.json().get("agents") + "").contains("agent://local/main/agent");
    assertThat(register.exitCode()).isEqualTo(Exit.ERROR);
    assertThat(register.err()).contains("use a login key");
  }

  @Test
  void aKeyHasANameAndAnEndAndIsRevoked(Running server) {
    String address = owner.axme("agents", "register", "keyed").line();
    Typed made =
        owner.axme(
            "agents",
            "keys",
            "create",
            "--agent-id",
            address,
            "--name",
            "night",
            "--expires-at",
            "30d",
            "--json");
    String key = field(made.out(), "api_key");
    String id = field(made.out(), "key_id");
    assertThat(holding(server, key).axme("whoami").out()).contains(address);

    Typed list = owner.axme("agents", "keys", "list", "keyed");
    Typed revoked = owner.axme("agents", "keys", "revoke", "keyed", "--key-id", id);

    assertThat(list.out()).contains(id, "night", "active", "in 30 days");
    assertThat(list.out()).doesNotContain(key);
    assertThat(revoked.line()).isEqualTo("Revoked: " + id);
    assertThat(holding(server, key).axme("whoami").exitCode()).isEqualTo(Exit.ERROR);
    assertThat(owner.axme("agents", "keys", "list", "keyed").out()).doesNotContain(id);
    assertThat(owner.axme("agents", "keys", "list", "keyed", "--all").out()).contains("revoked");
  }

  @Test
  void whatIsWrongIsSaid() {
    owner.axme("agents", "register", "twin");

    Typed twin = owner.axme("agents", "register", "twin");
    Typed pushed = owner.axme("agents", "register", "pushed", "--delivery-mode", "http");
    Typed unknown = owner.axme("agents", "show", "nobody-here");
    Typed nameless = owner.axme("agents", "keys", "create");
    Typed twice = owner.axme("agents", "keys", "list", "twin", "--agent-id", "twin");

    assertThat(twin.exitCode()).isEqualTo(Exit.ERROR);
    assertThat(twin.err()).contains("There is a service account twin already");
    assertThat(pushed.exitCode()).isEqualTo(Exit.ERROR);
    assertThat(pushed.err()).contains("callback_url is needed");
    assertThat(unknown.exitCode()).isEqualTo(Exit.ERROR);
    assertThat(unknown.err()).contains("There is no agent nobody-here here");
    assertThat(nameless.exitCode()).isEqualTo(Exit.USAGE);
    assertThat(twice.exitCode()).isEqualTo(Exit.USAGE);
  }

  @Test
  void theFlagsNameAnotherOrganization(Running server) throws Exception {
    String org = post(server, "/v1/organizations", "{\"name\":\"Initech\"}", "org_id");
    String workspace =
        post(
            server,
            "/v1/organizations/" + org + "/workspaces",
            "{\"name\":\"Main\",\"environment\":\"staging\"}",
            "workspace_id");
    String[] there = {"--org-id", org, "--workspace-id", workspace};

    Typed made = owner.axme("agents", "register", "far", there[0], there[1], there[2], there[3]);
    Typed list = owner.axme("agents", "list", there[0], there[1]);
    Typed key = owner.axme("agents", "keys", "create", "far", there[2], there[3]);
    Typed person = owner.axme("people", "add", "bill@example.org", there[2], there[3], "--json");

    assertThat(made.line()).isEqualTo("agent://initech/main/far");
    assertThat(list.out()).contains("agent://initech/main/far").doesNotContain("agent://local/");
    assertThat(owner.axme("agents", "list").out()).doesNotContain("initech");
    assertThat(holding(server, key.line()).axme("whoami").out())
        .contains("agent://initech/main/far");
    assertThat(person.out()).contains("agent://initech/main/bill");
    assertThat(owner.axme("agents", "list", "--org-id", "nowhere").err())
        .contains("There is no organization nowhere here");
  }

  private static String post(Running server, String path, String body, String id) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .header("x-api-key", server.loginKey())
            .POST(BodyPublishers.ofString(body))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      return field(http.send(request, BodyHandlers.ofString()).body(), id);
    }
  }

  /** The first member of that name, wherever in the JSON. */
  private static String field(String json, String name) {
    Matcher found = Pattern.compile("\"" + name + "\": ?\"([^\"]+)\"").matcher(json);
    assertThat(found.find()).as(json).isTrue();
    return found.group(1);
  }

  @Test
  void theClientFindsAnAgentInEverySpelling(Running server) {
    AxmeClient client =
        AxmeClient.builder().baseUrl(server.url()).apiKey(server.agentKey()).build();

    for (String written :
        new String[] {
          "agent", "local/main/agent", "agent://local/main/agent", "AGENT:/local/main/agent"
        }) {
      assertThat(client.directory().agent(written).address()).isEqualTo("agent://local/main/agent");
    }
  }
}
