package dev.axme.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An intent that crosses from one workspace of an organization to another (section 10.5). */
class CrossWorkspaceTest {
  private static final AtomicInteger AGENTS = new AtomicInteger();

  @TempDir private static Path data;
  private static Running running;
  private static String workspace;

  private String address = "";
  private String key = "";

  @BeforeAll
  static void start() {
    running = Running.start(data, "--allow-bootstrap");
    String organization = running.get("/v1/me").ok().path("org_id").textValue();
    workspace =
        running
            .decide(
                "/v1/organizations/" + organization + "/workspaces",
                "{\"name\":\"Factory\",\"environment\":\"production\"}")
            .ok()
            .at("/workspace/workspace_id")
            .textValue();
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  /** An agent of the other workspace. */
  @BeforeEach
  void register() {
    String body =
        "{\"name\":\"robot-%d\",\"workspace_id\":\"%s\"}"
            .formatted(AGENTS.incrementAndGet(), workspace);
    JsonNode account = running.decide("/v1/service-accounts", body).ok().path("service_account");
    address = account.path("address").textValue();
    key = running.key(account.path("service_account_id").textValue());
  }

  private String send(String members) {
    String to = "\"to_agent\":\"" + address + "\"";
    return running.create("{\"intent_type\":\"work.do.v1\"," + to + members + "}");
  }

  private Got robot(String method, String path, String body) {
    return running.send(method, path, key, body);
  }

  private List<Got.Frame> stream(String query) {
    String path = "/v1/agents/" + address.substring("agent://".length()) + "/intents/stream?";
    return robot("GET", path + query, "").frames();
  }

  @Test
  void theAgentThereGetsItReadsItAndFinishesIt() {
    String id = send(",\"payload\":{\"n\":1}");

    JsonNode delivered = stream("since=0&wait_seconds=10").getFirst().json();
    assertThat(delivered.path("intent_id").textValue()).isEqualTo(id);
    assertThat(delivered.at("/payload/n").intValue()).isOne();
    JsonNode read = robot("GET", "/v1/intents/" + id, "").ok().path("intent");
    assertThat(read.at("/payload/n").intValue()).isOne();
    assertThat(read.path("workspace_id")).isEqualTo(running.intent(id).path("workspace_id"));
    assertThat(read.path("workspace_id").textValue()).isNotEqualTo(workspace);
    assertThat(robot("GET", "/v1/intents/" + id + "/events", "").ok().path("events")).hasSize(3);

    robot("POST", "/v1/intents/" + id + "/resume", "{\"action\":\"complete\",\"pages\":42}").ok();

    assertThat(running.intent(id).at("/result/pages").intValue()).isEqualTo(42);
    assertThat(stream("since=0&wait_seconds=1").getFirst().event()).isEqualTo("stream.timeout");
  }

  @Test
  void whatComesWhileTheStreamIsOpenComesAtOnce() {
    CompletableFuture<List<Got.Frame>> live =
        CompletableFuture.supplyAsync(() -> stream("wait_seconds=60"));
    String id = send("");

    assertThat(live.join().getFirst().json().path("intent_id").textValue()).isEqualTo(id);
  }

  @Test
  void aRepeatedReportIsAnsweredAsTheFirst() {
    String id = send("");
    String path = "/v1/intents/" + id + "/resume";
    String[] header = {"Idempotency-Key", "done-" + id};

    Got first = running.send("POST", path, key, "{\"action\":\"complete\"}", header);
    Got again = running.send("POST", path, key, "{\"action\":\"complete\"}", header);

    first.ok();
    assertThat(again.body()).isEqualTo(first.body());
    robot("POST", path, "{\"action\":\"complete\"}").refused(409, "intent_terminal");
  }

  @Test
  void theStreamOfItsEventsIsOpenToBothWorkspaces() {
    String id = send("");
    String path = "/v1/intents/" + id + "/events/stream?wait_seconds=60&since=3";
    CompletableFuture<Got> theirs = CompletableFuture.supplyAsync(() -> robot("GET", path, ""));
    CompletableFuture<Got> ours = running.stream(path);

    robot("POST", "/v1/intents/" + id + "/resume", "{\"action\":\"complete\"}").ok();

    assertThat(theirs.join().frames()).isEqualTo(ours.join().frames());
    assertThat(ours.join().frames().getLast().event()).isEqualTo("intent.completed");
  }

  @Test
  void anIntentMayBeHandedOverToTheOtherWorkspaceAndBack() {
    String here = running.register("helper-" + AGENTS.get()).path("address").textValue();
    String id = running.create("{\"intent_type\":\"work.do.v1\",\"to_agent\":\"" + here + "\"}");
    String path = "/v1/intents/" + id + "/resume";
    running.decide(path, "{\"next_handler\":\"" + address + "\"}").ok();

    JsonNode delivered = stream("since=0&wait_seconds=10").getFirst().json();
    assertThat(delivered.path("intent_id").textValue()).isEqualTo(id);

    robot("POST", path, "{\"next_handler\":\"" + here + "\"}").ok();
    assertThat(stream("since=0&wait_seconds=1").getFirst().event()).isEqualTo("stream.timeout");
    String stream = "/v1/agents/helper-" + AGENTS.get() + "/intents/stream?wait_seconds=10";
    Got back = running.send("GET", stream, running.login(), "");
    assertThat(back.frames().getFirst().json().path("intent_id").textValue()).isEqualTo(id);
  }

  @Test
  void whoeverGotItMayHandItOnWithinTheirOwnWorkspace() {
    String id = send("");
    String first = key;
    register();

    running
        .send(
            "POST",
            "/v1/intents/" + id + "/resume",
            first,
            "{\"next_handler\":\"" + address + "\"}")
        .ok();

    JsonNode delivered = stream("since=0&wait_seconds=10").getFirst().json();
    assertThat(delivered.path("intent_id").textValue()).isEqualTo(id);
    robot("POST", "/v1/intents/" + id + "/resume", "{\"action\":\"complete\"}").ok();
    assertThat(running.intent(id).path("status").textValue()).isEqualTo("COMPLETED");
  }

  @Test
  void theAnswerMayGoToAnInboxThere() {
    String id =
        running.create(
            "{\"intent_type\":\"work.do.v1\",\"to_agent\":\"agent\",\"reply_to\":\"%s\"}"
                .formatted(address));
    running.post("/v1/intents/" + id + "/resolve", "{\"status\":\"COMPLETED\"}").ok();

    JsonNode thread = robot("GET", "/v1/inbox", "").ok().at("/threads/0");

    assertThat(thread.path("thread_id").textValue()).isEqualTo(id);
    assertThat(thread.path("status").textValue()).isEqualTo("done");
    assertThat(stream("since=0&wait_seconds=1").getFirst().event()).isEqualTo("stream.timeout");
  }

  @Test
  void aThreadIsSharedByBothWorkspaces() {
    String id = send(",\"payload\":{\"n\":1}");
    String thread = "/v1/inbox/" + id;

    robot("POST", thread + "/reply", "{\"message\":\"Which month?\"}").ok();
    JsonNode asked = running.get(thread).ok().path("messages");
    running.post(thread + "/reply", "{\"message\":\"November\"}").ok();

    assertThat(asked.at("/1/content").textValue()).isEqualTo("Which month?");
    JsonNode answered = robot("GET", "/v1/inbox?status=unread", "").ok().at("/threads/0");
    assertThat(answered.at("/messages/2/content").textValue()).isEqualTo("November");
    assertThat(robot("GET", "/v1/inbox/changes", "").ok().path("changes")).hasSize(2);
    robot("POST", thread + "/read", "").ok();
    assertThat(robot("GET", "/v1/inbox?status=unread", "").ok().path("threads")).isEmpty();
  }

  @Test
  void aThreadMayBeDelegatedThereButNotToAnotherOrganization() {
    String id = running.create("{\"intent_type\":\"work.do.v1\",\"to_agent\":\"agent\"}");
    String delegate = "/v1/inbox/" + id + "/delegate";

    running.post(delegate, "{\"delegate_to\":\"%s\"}".formatted(address)).ok();

    JsonNode there = robot("GET", "/v1/inbox/" + id, "").ok().path("thread");
    assertThat(there.path("intent_type").textValue()).isEqualTo("work.do.v1");
    robot("POST", "/v1/inbox/" + id + "/reply", "{\"message\":\"done\"}").ok();
    assertThat(running.get("/v1/inbox/" + id).ok().at("/messages/1/content").textValue())
        .isEqualTo("done");
    String eve = running.stranger("Elsewhere").at("/key/token").textValue();
    String foreign = running.send("GET", "/v1/me", eve, "").ok().path("address").textValue();
    running
        .post(delegate, "{\"delegate_to\":\"%s\"}".formatted(foreign))
        .refused(403, "receiver_org_closed");
  }

  @Test
  void aThreadFromThereTakesNoOtherOnesPlace() {
    String id = Running.nobody();
    String begin = "/v1/inbox/" + id + "/reply";
    robot("POST", begin, "{\"message\":\"mine\"}").ok();

    running.post(begin, "{\"message\":\"another\"}").ok();
    running
        .post("/v1/inbox/" + id + "/delegate", "{\"delegate_to\":\"%s\"}".formatted(address))
        .refused(409, "conflict");

    JsonNode mine = robot("GET", "/v1/inbox/" + id, "").ok().path("messages");
    assertThat(mine).hasSize(1);
    assertThat(mine.at("/0/content").textValue()).isEqualTo("mine");
  }

  @Test
  void whatIsSentBeforeAnAgentIsRegisteredThereReachesItAfterwards() {
    String late = "late-" + AGENTS.get();
    String there = address.substring(0, address.lastIndexOf('/') + 1) + late;
    String id = running.create("{\"intent_type\":\"work.do.v1\",\"to_agent\":\"" + there + "\"}");
    String body = "{\"name\":\"%s\",\"workspace_id\":\"%s\"}".formatted(late, workspace);
    JsonNode account = running.decide("/v1/service-accounts", body).ok().path("service_account");
    String own = running.key(account.path("service_account_id").textValue());

    String stream =
        "/v1/agents/" + there.substring("agent://".length()) + "/intents/stream?wait_seconds=10";
    Got got = running.send("GET", stream, own, "");

    assertThat(got.frames().getFirst().json().path("intent_id").textValue()).isEqualTo(id);
    running.send("POST", "/v1/intents/" + id + "/resume", own, "{\"action\":\"complete\"}").ok();
  }

  @Test
  void othersThereMayLookButNotTouch() {
    String id = send("");
    String stranger =
        running
            .decide(
                "/v1/service-accounts",
                "{\"name\":\"stranger-%d\",\"workspace_id\":\"%s\"}"
                    .formatted(AGENTS.get(), workspace))
            .ok()
            .at("/service_account/service_account_id")
            .textValue();
    String other = running.key(stranger);
    String path = "/v1/intents/" + id;

    running.send("GET", path, other, "").ok();
    running
        .send("POST", path + "/resume", other, "{\"action\":\"complete\"}")
        .refused(403, "forbidden");
    running
        .send("POST", path + "/resolve", other, "{\"status\":\"CANCELED\"}")
        .refused(403, "forbidden");
    for (String name : List.of(key, other)) {
      running
          .send("POST", path + "/controls", name, "{\"controls_patch\":{\"timeout_seconds\":1}}")
          .refused(403, "forbidden");
      running
          .send("POST", path + "/policy", name, "{\"grants_patch\":{\"a\":1}}")
          .refused(403, "forbidden");
    }
  }

  @Test
  void whatWasNeverSentThereIsNotThere() {
    String id = running.mail();

    robot("GET", "/v1/intents/" + id, "").refused(404, "not_found");
    robot("POST", "/v1/intents/" + id + "/resume", "{\"action\":\"complete\"}")
        .refused(404, "not_found");
    robot("POST", "/v1/intents/" + id + "/resolve", "{\"status\":\"CANCELED\"}")
        .refused(404, "not_found");
  }
}
