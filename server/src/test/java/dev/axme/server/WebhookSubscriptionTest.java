package dev.axme.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.server.http.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Subscribing, over HTTP (protocol section 8.2). */
class WebhookSubscriptionTest {
  private static final String ALL = "/v1/webhooks/subscriptions";

  @TempDir private static Path data;
  private static Running running;

  @BeforeAll
  static void start() {
    running = Running.start(data);
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  /** A body with an address that nobody else has. */
  private static ObjectNode body() {
    ObjectNode body = Json.object();
    body.put("callback_url", "https://hooks.test/" + UUID.randomUUID());
    body.putArray("event_types").add("task.decided");
    return body;
  }

  private static ObjectNode subscribe(ObjectNode body) {
    return running.post(ALL, Json.text(body)).ok();
  }

  private static String id(JsonNode answer) {
    return answer.at("/subscription/subscription_id").textValue();
  }

  private static List<String> listed(String query, String key) {
    List<String> ids = new ArrayList<>();
    running
        .send("GET", ALL + query, key, "")
        .ok()
        .path("subscriptions")
        .forEach(s -> ids.add(s.path("subscription_id").textValue()));
    return ids;
  }

  @Test
  void aSubscriptionHasEveryKeyOfTheProtocolAndNullWhereItIsEmpty() {
    ObjectNode body = body();

    JsonNode made = subscribe(body).path("subscription");

    List<String> keys = new ArrayList<>();
    made.fieldNames().forEachRemaining(keys::add);
    assertThat(keys)
        .containsExactly(
            "subscription_id",
            "owner_agent",
            "callback_url",
            "event_types",
            "active",
            "description",
            "created_at",
            "updated_at",
            "revoked_at",
            "secret_hint");
    assertThat(made.path("description").isNull()).isTrue();
    assertThat(made.path("revoked_at").isNull()).isTrue();
    assertThat(made.path("secret_hint").isNull()).isTrue();
    assertThat(made.path("active").booleanValue()).isTrue();
    assertThat(made.path("callback_url")).isEqualTo(body.path("callback_url"));
    assertThat(made.path("owner_agent").textValue()).isEqualTo(running.address("agent"));
  }

  @Test
  void theSameOwnerAndAddressAreTheSameSubscription() {
    ObjectNode body = body().put("secret", "a-secret-of-some-length");
    String id = id(subscribe(body));
    ObjectNode again = body.deepCopy().put("description", "for the audit").put("active", false);
    again.remove("secret");
    again.putArray("event_types").add("*").add("intent.*").add("*");

    JsonNode changed = subscribe(again).path("subscription");

    assertThat(changed.path("subscription_id").textValue()).isEqualTo(id);
    assertThat(changed.path("event_types").toString()).isEqualTo("[\"*\",\"intent.*\"]");
    assertThat(changed.path("description").textValue()).isEqualTo("for the audit");
    assertThat(changed.path("active").booleanValue()).isFalse();
    assertThat(changed.path("secret_hint").textValue()).as("the secret stays").isEqualTo("ngth");
    assertThat(listed("", running.agent())).doesNotContain(id);
    assertThat(listed("?include_inactive=true", running.agent())).contains(id);
    again.putNull("secret");
    assertThat(subscribe(again).at("/subscription/secret_hint").isNull()).isTrue();
  }

  @Test
  void aSecretHasSixteenToHundredAndTwentyEightCharactersAndIsNeverShown() {
    for (int length : new int[] {16, 128}) {
      String secret = "s".repeat(length - 4) + "tail";

      Got made = running.post(ALL, Json.text(body().put("secret", secret)));

      assertThat(made.ok().at("/subscription/secret_hint").textValue()).isEqualTo("tail");
      assertThat(made.body()).doesNotContain(secret);
    }
    for (String secret :
        List.of("s".repeat(15), "s".repeat(129), "sixteen chars...", "ünicode-ünicode-ü", "")) {
      running.post(ALL, Json.text(body().put("secret", secret))).refused(422, "validation_error");
    }
    running
        .post(ALL, Json.text(body().put("secret", "whsec_this is not base64")))
        .refused(422, "validation_error");
    running
        .post(ALL, Json.text(body().put("secret", "whsec_not*base64*at*all")))
        .refused(422, "validation_error");
    running.post(ALL, Json.text(body().put("secret", 7))).refused(422, "validation_error");
  }

  @Test
  void aGeneratedSecretIsShownOnceAndAgainOnlyToARepeat() {
    ObjectNode body = body().put("generate_secret", true);
    String[] key = {"Idempotency-Key", UUID.randomUUID().toString()};

    ObjectNode made = running.post(ALL, Json.text(body), key).ok();
    ObjectNode repeated = running.post(ALL, Json.text(body), key).ok();
    ObjectNode later = subscribe(body);

    assertThat(made.path("secret").textValue()).matches("whsec_[A-Za-z0-9+/]{43}=");
    assertThat(repeated).isEqualTo(made);
    assertThat(later.has("secret")).isFalse();
    assertThat(later.at("/subscription/secret_hint"))
        .isEqualTo(made.at("/subscription/secret_hint"));
  }

  @Test
  void anIdempotencyKeyWithAnotherBodyIsAConflict() {
    String[] key = {"Idempotency-Key", UUID.randomUUID().toString()};
    running.post(ALL, Json.text(body()), key).ok();

    running.post(ALL, Json.text(body()), key).refused(409, "idempotency_conflict");
  }

  @Test
  void rotatingMakesANewSecret() {
    String id = id(subscribe(body().put("generate_secret", true)));
    String path = ALL + "/" + id + "/rotate";

    ObjectNode rotated = running.post(path, "").ok();
    ObjectNode chosen = running.post(path, "{\"secret\":\"one-of-my-own-choice\"}").ok();

    assertThat(rotated.path("secret").textValue()).startsWith("whsec_");
    assertThat(chosen.path("secret").textValue()).isEqualTo("one-of-my-own-choice");
    assertThat(chosen.at("/subscription/secret_hint").textValue()).isEqualTo("oice");
    running.post(path, "{\"secrets\":\"typo\"}").refused(422, "validation_error");
    running.post(path, "{\"secret\":\"short\"}").refused(422, "validation_error");
    running.post(ALL + "/" + UUID.randomUUID() + "/rotate", "").refused(404, "not_found");
  }

  @Test
  void everyKnownTypeIsTakenAndNothingElse() {
    for (String type :
        List.of(
            "*",
            "intent.*",
            "task.*",
            "inbox.*",
            "invite.*",
            "auth.*",
            "intent.timed_out",
            "intent.reminder",
            "intent.some_day",
            "task.decided",
            "inbox.thread_created",
            "inbox.thread_updated",
            "inbox.reply_received",
            "invite.accepted",
            "auth.session_revoked")) {
      ObjectNode body = body();
      body.putArray("event_types").add(type);
      subscribe(body);
    }
    for (String type :
        List.of("", "intent", "intents.*", "task.done", "inbox.thread", ".*", "*.*", "a b", "**")) {
      ObjectNode body = body();
      body.putArray("event_types").add("*").add(type);
      Got refused = running.post(ALL, Json.text(body));
      refused.refused(422, "validation_error");
      assertThat(refused.body()).contains("inbox.reply_received", "task.decided");
    }
  }

  @Test
  void oneToThirtyTwoTypesMayBeNamed() {
    ObjectNode body = body();
    for (int i = 0; i < 32; i++) {
      body.withArray("event_types").add("intent.type_" + "x".repeat(i + 1));
    }
    body.withArray("event_types").remove(0);
    assertThat(subscribe(body).at("/subscription/event_types")).hasSize(32);

    body.withArray("event_types").add("task.*");
    running.post(ALL, Json.text(body)).refused(422, "validation_error");
    body.putArray("event_types");
    running.post(ALL, Json.text(body)).refused(422, "validation_error");
    body.put("event_types", "task.*");
    running.post(ALL, Json.text(body)).refused(422, "validation_error");
    body.putArray("event_types").add(7);
    running.post(ALL, Json.text(body)).refused(422, "validation_error");
    body.remove("event_types");
    running.post(ALL, Json.text(body)).refused(422, "validation_error");
  }

  @Test
  void anAddressThatIsNoneOrHidesAHeaderIsRefused() {
    for (String url :
        List.of(
            "http://",
            "http:///path",
            "ftp://hooks.test/",
            "javascript:alert(1)",
            "//hooks.test/path",
            "hooks.test/path",
            "https://hooks.test/a b",
            "https://hooks.test/\r\nX-Evil: yes",
            "https://hooks.test/\tx",
            "https://hooks.test/\u0000",
            "https://user:word@hooks.test/",
            "https://hööks.test/",
            "https://hooks.test:port/",
            "https://[::1/",
            "http://0x7f.1/",
            "http://169.254.169.254/latest/meta-data/",
            "http://hooks.test:22/",
            "https://hooks.test/" + "x".repeat(2_048))) {
      running
          .post(ALL, Json.text(body().put("callback_url", url)))
          .refused(422, "validation_error");
    }
    running.post(ALL, "{\"event_types\":[\"*\"]}").refused(422, "validation_error");
    String longest = "https://hooks.test/" + "x".repeat(2_048 - 19);
    assertThat(subscribe(body().put("callback_url", longest)).path("ok").asBoolean()).isTrue();
  }

  @Test
  void aSubscriptionWithoutAnOwnerIsDeletedInAnothersName() {
    String id = id(subscribe(body()));

    Got deleted =
        running.send("DELETE", ALL + "/" + id + "?owner_agent=agent://team/x", running.agent(), "");
    Got again = running.send("DELETE", ALL + "/" + id, running.agent(), "");

    assertThat(deleted.ok().path("subscription_id").textValue()).isEqualTo(id);
    assertThat(deleted.json().path("revoked_at").textValue()).isNotBlank();
    assertThat(again.ok()).isEqualTo(deleted.json());
    assertThat(listed("", running.agent())).doesNotContain(id);
    assertThat(listed("?include_inactive=true", running.agent())).contains(id);
    running.post(ALL + "/" + id + "/rotate", "").refused(409, "conflict");
  }

  @Test
  void whatWasDeletedComesBackWithoutItsSecret() {
    ObjectNode body = body().put("secret", "a-secret-of-some-length");
    String id = id(subscribe(body));
    running.send("DELETE", ALL + "/" + id, running.agent(), "").ok();
    body.remove("secret");

    JsonNode back = subscribe(body).path("subscription");

    assertThat(back.path("subscription_id").textValue()).isEqualTo(id);
    assertThat(back.path("secret_hint").isNull()).isTrue();
    assertThat(back.path("revoked_at").isNull()).isTrue();
    assertThat(back.path("active").booleanValue()).isTrue();
  }

  @Test
  void eachOwnerSeesTheirOwn() {
    String mine = id(subscribe(body()));
    String theirs =
        id(running.post(ALL + "?owner_agent=agent://team/owner", Json.text(body())).ok());
    String spy = running.key(running.register("spy").path("service_account_id").textValue());

    assertThat(listed("?owner_agent=agent://team/owner", running.agent())).containsExactly(theirs);
    assertThat(listed("?owner_agent=agent", running.agent())).contains(mine).doesNotContain(theirs);
    assertThat(listed("", running.agent())).as("made by this key").contains(mine, theirs);
    assertThat(listed("", spy)).isEmpty();
    assertThat(listed("?all=true", running.login())).contains(mine, theirs);
    running.send("GET", ALL + "?all=true", running.agent(), "").refused(403, "forbidden");
    running.send("DELETE", ALL + "/" + mine, spy, "").refused(404, "not_found");
  }

  @Test
  void whatAPersonSubscribedToDoesNotExistForAgents() {
    String owner =
        running.send("GET", "/v1/me", running.login(), "").ok().path("address").textValue();
    ObjectNode body = body();
    String id = id(running.decide(ALL, Json.text(body)).ok());
    String asOwner = "?owner_agent=" + owner;

    running.post(ALL + asOwner, Json.text(body)).refused(403, "forbidden");
    running.send("DELETE", ALL + "/" + id + asOwner, running.agent(), "").refused(404, "not_found");
    running.post(ALL + "/" + id + "/rotate" + asOwner, "").refused(404, "not_found");

    assertThat(listed(asOwner + "&include_inactive=true", running.agent())).doesNotContain(id);
    assertThat(listed("", running.login())).contains(id);
  }

  @Test
  void aHundredSubscriptionsAreEnoughForAWorkspace(@TempDir Path elsewhere) {
    try (Running other = Running.start(elsewhere)) {
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        ids.add(id(other.post(ALL, Json.text(body())).ok()));
      }

      for (int i = 0; i < 20; i++) {
        other.post(ALL, Json.text(body())).refused(409, "conflict");
      }

      other.send("DELETE", ALL + "/" + ids.getFirst(), other.agent(), "").ok();
      other.post(ALL, Json.text(body())).ok();
    }
  }
}
