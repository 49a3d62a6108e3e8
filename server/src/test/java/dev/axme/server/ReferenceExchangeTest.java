package dev.axme.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reference exchanges of the protocol (section 17), request by request, event by event. */
class ReferenceExchangeTest {
  private static final String[] CREATED = {"1 created", "2 submitted", "3 delivered"};

  @TempDir private static Path data;
  private static Running running;
  private static PublishedCli cli;

  @BeforeAll
  static void start() {
    running = Running.start(data);
    cli = new PublishedCli(running.server().baseUrl(), running.login());
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  /** Number, type, and the status where it says more than the type. */
  private static List<String> events(String intent) {
    List<String> events = new ArrayList<>();
    for (JsonNode event : running.events(intent)) {
      String reason = event.path("waiting_reason").asText("null");
      events.add(
          event.path("seq")
              + " "
              + event.path("event_type").textValue().substring("intent.".length())
              + (reason.equals("null") ? "" : " " + reason));
    }
    return events;
  }

  private static String apply(String bundle, String agent) {
    return cli.apply(bundle.replaceAll("(stream-report|cli-check)-agent", agent));
  }

  /** One connection of an agent: the intents that it is handed. */
  private static List<JsonNode> deliveries(String agent, long since) {
    return running
        .send(
            "GET",
            "/v1/agents/" + agent + "/intents/stream?wait_seconds=15&since=" + since,
            cli.keyOf(agent),
            "")
        .frames()
        .stream()
        .filter(frame -> frame.event().equals("intent.delivered"))
        .map(Got.Frame::json)
        .toList();
  }

  private static String delivered(String agent) {
    List<JsonNode> frames = deliveries(agent, 0);
    assertThat(frames).hasSize(1);
    return frames.getFirst().path("intent_id").textValue();
  }

  private static Got resume(String intent, String key, String body) {
    return running.send("POST", "/v1/intents/" + intent + "/resume", key, body);
  }

  private static JsonNode get(String intent, String key) {
    return running.send("GET", "/v1/intents/" + intent, key, "").ok().path("intent");
  }

  @Test
  void aScenarioWithOneStreamAgent() {
    String parent = apply(PublishedExamples.DELIVERY_STREAM, "exchange-a");
    assertThat(events(parent))
        .startsWith(CREATED)
        .endsWith("4 waiting WAITING_FOR_AGENT")
        .hasSize(4);

    JsonNode frame = deliveries("exchange-a", 0).getFirst();
    String step = frame.path("intent_id").textValue();
    String key = cli.keyOf("exchange-a");
    JsonNode read = get(step, key);
    ObjectNode answer =
        resume(step, key, "{\"action\":\"complete\",\"report_url\":\"u\",\"pages\":42}").ok();

    assertThat(frame.path("status").textValue()).isEqualTo("DELIVERED");
    assertThat(frame.path("parent_intent_id").textValue()).isEqualTo(parent);
    assertThat(read.path("payload").path("parent_payload"))
        .isEqualTo(get(parent, key).path("payload"))
        .isEqualTo(PublishedCli.json("{\"report\":\"weekly\",\"month\":11}"));
    assertThat(answer.path("applied").booleanValue()).isTrue();
    assertThat(events(step))
        .startsWith(CREATED)
        .endsWith("4 in_progress", "5 completed")
        .hasSize(5);
    assertThat(events(parent).subList(4, 6)).containsExactly("5 in_progress", "6 completed");
    JsonNode progress = running.events(parent).get(4).path("details");
    assertThat(progress.path("step_id").textValue()).isEqualTo("build");
    assertThat(progress.path("step_status").textValue()).isEqualTo("completed");
    assertThat(progress.at("/result/pages").intValue()).isEqualTo(42);
    JsonNode result = cli.intent(parent).path("result");
    assertThat(result.path("report_url").textValue()).isEqualTo("u");
    assertThat(result.at("/steps/build/status").textValue()).isEqualTo("completed");
  }

  @Test
  void anAgentThenAPerson() {
    String parent = apply(PublishedExamples.HUMAN_CLI, "exchange-b");
    String key = cli.keyOf("exchange-b");
    resume(delivered("exchange-b"), key, "{\"action\":\"complete\",\"risk\":\"low\"}").ok();

    assertThat(events(parent).subList(4, 6))
        .containsExactly("5 in_progress", "6 human_task_assigned WAITING_FOR_HUMAN");
    JsonNode task = running.events(parent).get(5);
    assertThat(task.at("/human_task/title").textValue()).isEqualTo("Deploy 2.3?");
    assertThat(task.at("/pending_with/type").textValue()).isEqualTo("human");
    assertThat(cli.tasks()).contains(parent + " change.check.v1 Deploy 2.3?");
    resume(parent, key, "{\"task_result\":{\"outcome\":\"approved\"}}")
        .refused(403, "human_decision_required");
    JsonNode answer = cli.decide(parent, "approved", "ok", Map.of());

    assertThat(answer.path("applied").booleanValue()).isTrue();
    assertThat(events(parent).subList(6, 8)).containsExactly("7 in_progress", "8 completed");
    JsonNode end = running.events(parent).get(7);
    assertThat(end.at("/data/approved").booleanValue()).isTrue();
    assertThat(end.at("/details/result")).isEqualTo(end.path("result")).isEqualTo(end.path("data"));
  }

  @Test
  void aPlainIntentThatAnAgentAnswers() {
    String account = running.register("exchange-c").path("service_account_id").textValue();
    String key = running.key(account);
    String id =
        running.create(
            "{\"intent_type\":\"work.do.v1\",\"to_agent\":\"exchange-c\",\"payload\":{\"n\":1}}");
    Got stream =
        running.send("GET", "/v1/agents/exchange-c/intents/stream?wait_seconds=15", key, "");

    resume(id, key, "{\"action\":\"complete\",\"sum\":7}").ok();

    assertThat(stream.frames().getFirst().json().path("intent_id").textValue()).isEqualTo(id);
    assertThat(events(id)).startsWith(CREATED).endsWith("4 in_progress", "5 completed").hasSize(5);
    assertThat(get(id, key).at("/result/sum").intValue()).isEqualTo(7);
  }

  @Test
  void aManualLifecycle() {
    String body = "{\"intent_type\":\"approve.x.v1\",\"to_agent\":\"agent://examples/approver\"}";
    String[] key = {"Idempotency-Key", "exchange-d"};
    String id = running.post("/v1/intents", body, key).ok().path("intent_id").textValue();
    String path = "/v1/intents/" + id;
    String requester = "?owner_agent=agent://examples/requester";

    ObjectNode resumed =
        running.post(path + "/resume" + requester, "{\"approve_current_step\":true}").ok();
    ObjectNode controls =
        running.post(path + "/controls", "{\"controls_patch\":{\"timeout_seconds\":900}}").ok();
    String grants = "{\"grants_patch\":{\"delegate:agent://ops\":{\"allow\":[\"resume\"]}}}";
    ObjectNode policy = running.post(path + "/policy", grants).ok();
    ObjectNode resolved =
        running.post(path + "/resolve", "{\"status\":\"COMPLETED\",\"result\":{\"a\":1}}").ok();

    assertThat(running.post("/v1/intents", body, key).ok().path("intent_id").textValue())
        .isEqualTo(id);
    assertThat(
            List.of(resumed, controls, policy).stream()
                .map(a -> a.path("applied") + " " + a.path("policy_generation")))
        .containsExactly("true 1", "true 2", "true 3");
    assertThat(resolved.at("/event/event_type").textValue()).isEqualTo("intent.completed");
    assertThat(running.intent(id).path("status").textValue()).isEqualTo("COMPLETED");
    assertThat(running.intent(id).path("lifecycle_status").textValue()).isEqualTo("COMPLETED");
  }

  @Test
  void anAgentThatCrashesBeforeItAnswers() {
    String parent = apply(PublishedExamples.DELIVERY_STREAM, "exchange-e");
    String key = cli.keyOf("exchange-e");
    String before = delivered("exchange-e");

    String after = delivered("exchange-e");
    resume(after, key, "{\"action\":\"complete\",\"pages\":1}").ok();

    assertThat(after).isEqualTo(before);
    resume(after, key, "{\"action\":\"complete\",\"pages\":2}").refused(409, "intent_terminal");
    assertThat(cli.intent(parent).at("/result/pages").intValue()).isOne();
    assertThat(events(parent)).hasSize(6);
  }

  @Test
  void aCompletionToAnInbox() {
    String id =
        running.create(
            "{\"intent_type\":\"work.do.v1\",\"to_agent\":\"agent://nobody\","
                + "\"reply_to\":\"agent://exchange/f\"}");

    ObjectNode resolved =
        running.post("/v1/intents/" + id + "/resolve", "{\"status\":\"COMPLETED\"}").ok();

    assertThat(resolved.at("/completion_delivery/delivered").booleanValue()).isTrue();
    assertThat(resolved.at("/completion_delivery/thread_id").textValue()).isEqualTo(id);
    JsonNode inbox = running.get("/v1/inbox?owner_agent=agent://exchange/f").ok();
    assertThat(inbox.path("threads")).hasSize(1);
    assertThat(inbox.at("/threads/0/thread_id").textValue()).isEqualTo(id);
  }

  @Test
  void aKeyOnlyAsBearer() {
    String[] bearer = {"Authorization", "Bearer " + running.login()};
    String id = running.mail();

    running.send("GET", "/v1/intents/" + id, "", "", bearer).ok();
    running.send("GET", "/v1/intents/" + id + "/events", "", "", bearer).ok();
    running.send("GET", "/v1/inbox", "", "", bearer).ok();
    running
        .send("POST", "/v1/scenarios/validate", "", PublishedExamples.DELIVERY_STREAM, bearer)
        .ok();
    String company = "{\"name\":\"Exchange G\"}";
    running.send("POST", "/v1/organizations", "", company, bearer).ok();
    assertThat(running.send("POST", "/v1/organizations", "", company, "Authorization", "").status())
        .isEqualTo(401);
  }
}
