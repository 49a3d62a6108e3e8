package dev.axme.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every route of the running router, called by everybody who must not see what it is about. A route
 * that {@link TenancyCases} does not name fails.
 */
class TenancyTest {
  @TempDir private static Path data;
  private static Running running;
  private static Town town;

  /** What the first workspace has, and who else there is. */
  private record Town(
      String intent,
      String subscription,
      String event,
      String account,
      String address,
      String keyId,
      String delivery,
      String workspace,
      String organization,
      Map<String, String> outsiders,
      Map<String, String> foreigners,
      String cookie,
      String csrf) {
    boolean mentionedIn(String text) {
      return text.contains(intent)
          || text.contains(subscription)
          || text.contains(event)
          || text.contains(delivery)
          || text.contains(account)
          || text.contains(workspace)
          || text.contains(organization);
    }

    String filled(String text) {
      return text.replace("{key_id}", keyId)
          .replace("{delivery_id}", delivery)
          .replace("{id}", text.contains("/service-accounts/") ? account : intent)
          .replace("{subscription_id}", subscription)
          .replace("{event_id}", event)
          .replace("{id...}", account)
          .replace("{thread_id}", intent)
          .replace("{approval_id}", intent)
          .replace("{address...}", address)
          .replace("{org_id}", organization)
          .replace("{workspace_id}", workspace)
          .replace("{macro_id}", "macro.approval.single.v1")
          .replace("{token}", "TOKEN")
          .replace("{name}", "none")
          .replace("WORKSPACE", workspace)
          .replace("CSRF", csrf);
    }
  }

  @BeforeAll
  static void start() {
    running = Running.start(data, "--allow-bootstrap");
    ObjectNode me = running.get("/v1/me").ok();
    String account = me.at("/service_account/service_account_id").textValue();
    String keys = "/v1/service-accounts/" + account + "/keys";
    ObjectNode revoked = running.decide(keys, "").ok();
    String keyId = revoked.at("/key/key_id").textValue();
    running.send("GET", "/v1/me", revoked.path("api_key").textValue(), "").ok();
    running.decide(keys + "/" + keyId + "/revoke", "").ok();
    String spare = running.decide(keys, "").ok().at("/key/key_id").textValue();
    String login = running.stranger("elsewhere").at("/key/token").textValue();
    Map<String, String> outsiders = new LinkedHashMap<>();
    outsiders.put("no key", "");
    outsiders.put("a garbage key", "axme_sa_garbage");
    outsiders.put("a revoked key", revoked.path("api_key").textValue());
    outsiders.put("a key with a letter changed", running.login().replaceFirst(".$", "Z"));
    Map<String, String> foreigners = new LinkedHashMap<>();
    foreigners.put("another workspace's owner", login);
    foreigners.put("another workspace's agent", agentOf(login));
    String cookie = session(login);
    town =
        new Town(
            running.ask(),
            subscription(),
            event(),
            account,
            me.path("address").textValue(),
            spare,
            running.undelivered().path("delivery_id").textValue(),
            me.path("workspace_id").textValue(),
            me.path("org_id").textValue(),
            outsiders,
            foreigners,
            cookie,
            csrf(cookie));
  }

  private static String subscription() {
    return running
        .post(
            "/v1/webhooks/subscriptions",
            "{\"callback_url\":\"https://hooks.test/\",\"event_types\":[\"*\"],\"generate_secret\":true}")
        .ok()
        .at("/subscription/subscription_id")
        .textValue();
  }

  private static String event() {
    return running
        .post(
            "/v1/webhooks/events",
            "{\"event_type\":\"invite.accepted\",\"source\":\"crm\",\"payload\":{}}")
        .ok()
        .path("event_id")
        .textValue();
  }

  private static String agentOf(String login) {
    String accounts = "/v1/service-accounts";
    String id =
        running
            .send("POST", accounts, login, "{\"name\":\"spy\"}")
            .ok()
            .path("service_account_id")
            .textValue();
    return running
        .send("POST", accounts + "/" + id + "/keys", login, "")
        .ok()
        .path("api_key")
        .textValue();
  }

  private static String session(String login) {
    String url =
        running.send("POST", "/v1/sign-in-links", login, "").ok().path("sign_in_url").textValue();
    String path = URI.create(url).getPath();
    String token = path.substring(path.lastIndexOf('/') + 1);
    Got in = running.send("POST", path, "", "token=" + token);
    assertThat(in.status()).isEqualTo(303);
    return in.header("set-cookie").orElseThrow().replaceFirst(";.*", "");
  }

  private static String csrf(String cookie) {
    String page = running.send("GET", "/tasks", "", "", "Cookie", cookie).body();
    return page.replaceFirst("(?s).*name=\"csrf\"\\s+value=\"([^\"]+)\".*", "$1");
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  @Test
  void everyRouteHasACase() {
    List<String> routes =
        running.server().servedRoutes().stream().map(r -> r.method() + " " + r.pattern()).toList();

    assertThat(TenancyCases.all().keySet()).containsExactlyInAnyOrderElementsOf(routes);
  }

  @TestFactory
  List<DynamicTest> nobodyFromOutsideSeesOrChangesAnything() {
    return TenancyCases.all().values().stream()
        .map(c -> DynamicTest.dynamicTest(c.name(), () -> outside(c)))
        .toList();
  }

  private static void outside(TenancyCases.Case c) {
    String before = state();
    town.outsiders().forEach((who, key) -> unknown(c, who, call(c, key)));
    town.foreigners().forEach((who, key) -> foreign(c, who, call(c, key)));
    if (c.kind().endsWith("page")) {
      visitor(c);
    }
    assertThat(state()).isEqualTo(before);
  }

  /** Everything of the first workspace that a call could have changed. */
  private static String state() {
    StringBuilder state = new StringBuilder(running.everything());
    String account = "/v1/service-accounts/" + town.account();
    String organization = "/v1/organizations/" + town.organization();
    String subscriptions = "/v1/webhooks/subscriptions?include_inactive=true&all=true";
    for (String path :
        List.of(
            "/v1/people",
            subscriptions,
            "/v1/service-accounts",
            account + "/keys",
            account,
            organization,
            organization + "/workspaces")) {
      state.append(running.send("GET", path, running.login(), "").ok());
    }
    String thread = "/v1/inbox/" + town.intent() + "?owner_agent=approver";
    state.append(running.send("GET", thread, running.login(), "").ok());
    return state.append(running.intent(town.intent())).toString();
  }

  private static Got call(TenancyCases.Case c, String key, String... headers) {
    return running.send(c.method(), town.filled(c.pattern()), key, town.filled(c.body()), headers);
  }

  private static void unknown(TenancyCases.Case c, String who, Got got) {
    String what = who + ": " + got.status() + " " + got.body();
    switch (c.kind()) {
      case "open" -> assertThat(c.may()).as(what).contains(got.status());
      case "page", "ownpage" -> signedOut(c, what, got);
      default -> {
        String code =
            who.equals("no key") ? "missing_platform_api_key" : "invalid_platform_api_key";
        got.refused(401, code);
        assertThat(got.body().toLowerCase(Locale.ROOT)).doesNotContain("token");
      }
    }
    assertThat(town.mentionedIn(got.body())).as(what).isFalse();
  }

  private static void signedOut(TenancyCases.Case c, String what, Got got) {
    if (got.status() == 303) {
      assertThat(got.header("location").orElse("")).as(what).startsWith("/sign-in");
      assertThat(got.body()).isEmpty();
    } else {
      assertThat(got.status()).as(what).isIn(401, 404);
    }
    assertThat(c.pattern()).startsWith("/");
  }

  private static void foreign(TenancyCases.Case c, String who, Got got) {
    String what = who + ": " + got.status() + " " + got.body();
    switch (c.kind()) {
      case "named" -> {
        assertThat(got.status()).as(what).isIn(401, 403, 404);
        got.error();
      }
      case "own" -> assertThat(got.status()).as(what).isIn(200, 403);
      case "echo" -> echoed(what, got);
      default -> unknown(c, who, got);
    }
    if (!c.kind().equals("named") && !c.kind().equals("echo")) {
      assertThat(town.mentionedIn(got.body())).as(what).isFalse();
    }
  }

  /** The id that was named comes back, and nothing that belongs to it. */
  private static void echoed(String what, Got got) {
    assertThat(got.status()).as(what).isIn(200, 403, 404);
    assertThat(town.mentionedIn(got.body().replace(town.intent(), "ID"))).as(what).isFalse();
    assertThat(got.body()).as(what).doesNotContain("Deploy model", "intent_received");
  }

  /** A browser with a live session of another workspace. */
  private static void visitor(TenancyCases.Case c) {
    Got got = call(c, "", "Cookie", town.cookie());
    String what = "another workspace's session: " + got.status() + " " + got.body();
    if (c.kind().equals("ownpage")) {
      assertThat(got.status()).as(what).isEqualTo(200);
    } else {
      assertThat(got.status() == 404 || c.may().contains(got.status())).as(what).isTrue();
    }
    assertThat(got.body()).as(what).doesNotContain(town.intent(), "Deploy model");
    if (got.status() == 303) {
      assertThat(got.header("location").orElse("")).startsWith("/sign-in");
    }
    Got stale = call(c, "", "Cookie", "axme_session=garbage");
    unknown(c, "a garbage session", stale);
  }

  @Test
  void namingTheFirstWorkspaceInAQueryIsForbidden() {
    for (String list : List.of("/v1/service-accounts", "/v1/agents")) {
      for (String key : town.foreigners().values()) {
        Got byOrganization = running.send("GET", list + "?org_id=" + town.organization(), key, "");
        Got byWorkspace = running.send("GET", list + "?workspace_id=" + town.workspace(), key, "");

        byOrganization.refused(403, "forbidden");
        byWorkspace.refused(403, "forbidden");
      }
    }
  }

  @Test
  void anUnknownIntentAndAForeignOneLookTheSame() {
    String key = town.foreigners().values().iterator().next();

    JsonNode foreign = running.send("GET", "/v1/intents/" + town.intent(), key, "").json();
    JsonNode unknown = running.send("GET", "/v1/intents/" + Running.nobody(), key, "").json();

    assertThat(foreign.path("detail")).isEqualTo(unknown.path("detail"));
    assertThat(foreign.path("error")).isEqualTo(unknown.path("error"));
  }

  @Test
  void aKeyAsBearerCountsJustAsMuch() {
    String path = "/v1/intents/" + town.intent();

    Got own = running.send("GET", path, "", "", "Authorization", "Bearer " + running.agent());
    Got none = running.send("GET", path, "", "", "Authorization", "Bearer ");

    assertThat(own.status()).isEqualTo(200);
    none.refused(401, "missing_platform_api_key");
    town.outsiders().values().stream()
        .filter(k -> !k.isEmpty())
        .forEach(
            k ->
                running
                    .send("GET", path, "", "", "Authorization", "Bearer " + k)
                    .refused(401, "invalid_platform_api_key"));
  }
}
