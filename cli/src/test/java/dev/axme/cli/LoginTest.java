package dev.axme.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.cli.RealServer.Running;
import dev.axme.cli.Typed.At;
import dev.axme.sdk.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Logging in and out, and where somebody is then: against a real server. */
@ExtendWith(RealServer.class)
class LoginTest {
  @TempDir private Path home;
  private At shell = At.home(Path.of("."));

  @BeforeEach
  void newcomer() {
    shell = At.home(home);
  }

  @Test
  void whatServersWithMailOfferIsRefusedWithWhatToDoInstead() {
    for (String[] form :
        new String[][] {{"login"}, {"login", "--browser", "--no-browser"}, {"login", "--web"}}) {
      Typed login = shell.axme(form);

      assertThat(login.exitCode()).isEqualTo(Exit.USAGE);
      assertThat(login.out()).isEmpty();
      assertThat(login.err()).contains("`axme login --api-key KEY`").contains("`axme owner-key`");
    }
  }

  @Test
  void aLoginStoresThePlaceBesideTheKey(Running server) throws IOException {
    shell.axme("login", "--api-key", server.loginKey(), "--base-url", server.url());

    JsonView context = contexts().in("contexts").in("default");
    assertThat(context.text("base_url")).contains(server.url());
    assertThat(context.text("org_id")).isPresent();
    assertThat(context.text("workspace_id")).isPresent();
    assertThat(secrets()).isEqualTo(Map.of("default", Map.of("api_key", server.loginKey())));
  }

  @Test
  void anOwnerAgentAloneIsStoredWithoutAskingAnybody() throws IOException {
    Typed login = shell.axme("login", "--owner-agent", "agent://a/b/c", "--base-url", "http://x:1");

    assertThat(login.exitCode()).isZero();
    assertThat(contexts().in("contexts").in("default").text("owner_agent"))
        .contains("agent://a/b/c");
    assertThat(home.resolve(".config/axme/secrets.json")).doesNotExist();
  }

  @Test
  void aTokenForAServerThatIsAwayIsStoredUnchecked() throws IOException {
    Typed login = shell.axme("login", "--actor-token", "t", "--base-url", "http://127.0.0.1:1");

    assertThat(login.exitCode()).isZero();
    assertThat(login.err()).contains("stored unchecked");
    assertThat(secrets()).isEqualTo(Map.of("default", Map.of("actor_token", "t")));
  }

  @Test
  void aLogoutForgetsEveryKindOfSecretAndOnlyThatContexts(Running server) throws IOException {
    server.owner(home);
    Files.writeString(
        home.resolve(".config/axme/secrets.json"),
        "{\"default\":{\"api_key\":\"k\",\"actor_token\":\"t\",\"refresh_token\":\"r\"},"
            + "\"other\":{\"api_key\":\"o\"}}");

    Typed logout = shell.axme("logout");
    Typed again = shell.axme("logout");

    assertThat(logout.err()).contains("Forgot the key of default").contains("`axme keys revoke`");
    assertThat(again.err()).contains("There was no key to forget");
    assertThat(secrets()).isEqualTo(Map.of("other", Map.of("api_key", "o")));
    assertThat(contexts().in("contexts").in("default").text("base_url")).contains(server.url());
  }

  @Test
  void theLastLogoutLeavesNoSecretOnDisk(Running server) throws IOException {
    server.owner(home);

    shell.axme("logout", "--all");

    assertThat(secrets()).isEmpty();
    assertThat(shell.axme("whoami").exitCode()).isEqualTo(Exit.ERROR);
  }

  @Test
  void whereOneIsComesFromTheServer(Running server) throws IOException {
    server.owner(home);

    Typed organizations = shell.axme("org", "list");
    Typed workspaces = shell.axme("workspace", "list", "--json");
    Typed sessions = shell.axme("session", "list");
    Typed current = shell.axme("session", "revoke", "--current");

    assertThat(organizations.out()).contains("* ").contains("org_owner");
    String id =
        JsonView.of(workspaces.json())
            .each("workspaces")
            .getFirst()
            .text("workspace_id")
            .orElseThrow();
    assertThat(sessions.err()).contains("programs log in to this server with keys");
    assertThat(current.exitCode()).isEqualTo(Exit.ERROR);
    assertThat(shell.axme("workspace", "use", id).exitCode()).isZero();
    assertThat(contexts().in("contexts").in("default").text("workspace_id")).contains(id);
    assertThat(shell.axme("workspace", "use", "elsewhere").err())
        .contains("You have no workspace elsewhere. Yours: ");
  }

  @Test
  void aContextLearnsItsPlaceWhenItIsUsed(Running server) throws IOException {
    shell.axme(
        "context", "set", "here", "--base-url", server.url(), "--api-key", server.loginKey());

    shell.axme("context", "use", "here");

    assertThat(contexts().in("contexts").in("here").text("org_id")).isPresent();
    assertThat(shell.axme("context", "show").out()).contains("Organization ", "Workspace ");
  }

  private JsonView contexts() throws IOException {
    return JsonView.of(
        Json.parseObject(Files.readString(home.resolve(".config/axme/config.json"))));
  }

  private Map<String, ?> secrets() throws IOException {
    return Json.parseObject(Files.readString(home.resolve(".config/axme/secrets.json")));
  }
}
