package dev.axme.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Approvals by thread and by id (section 7.2): people decide, and only once. */
class ProtocolThreadDecisionTest {
  private static final String INBOX = "agent://examples/approvals";

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

  private static String ask(String more) {
    return running.create(
        """
        {"intent_type":"human_approval","to_agent":"%s","payload":{"task":"Deploy"},
         "human_task":{"title":"Deploy?"%s}}
        """
            .formatted(INBOX, more));
  }

  private static String work() {
    return running.create("{\"intent_type\":\"work.do.v1\",\"to_agent\":\"%s\"}".formatted(INBOX));
  }

  private static String path(String id, String verb) {
    return "/v1/inbox/" + id + "/" + verb + "?owner_agent=" + INBOX;
  }

  private static String approval(String id) {
    return "/v1/approvals/" + id + "/decision";
  }

  private static List<String> timeline(JsonNode thread) {
    List<String> types = new ArrayList<>();
    thread.path("timeline").forEach(e -> types.add(e.path("event_type").textValue()));
    return types;
  }

  @Test
  void approvingTheThreadOfAQuestionIsTheDecision() {
    String id = ask("");

    JsonNode thread =
        running.decide(path(id, "approve"), "{\"comment\":\"fine\"}").ok().path("thread");

    assertThat(thread.path("status").textValue()).isEqualTo("done");
    assertThat(timeline(thread)).containsExactly("intent_received", "approved");
    assertThat(thread.at("/timeline/1/details/comment").textValue()).isEqualTo("fine");
    assertThat(thread.path("unread").booleanValue()).isFalse();
    JsonNode intent = running.intent(id);
    assertThat(intent.path("status").textValue()).isEqualTo("COMPLETED");
    assertThat(intent.at("/result/approved").booleanValue()).isTrue();
    assertThat(intent.at("/result/comment").textValue()).isEqualTo("fine");
  }

  @Test
  void rejectingItRejects() {
    String id = ask("");

    JsonNode thread = running.decide(path(id, "reject"), "").ok().path("thread");

    assertThat(timeline(thread)).containsExactly("intent_received", "rejected");
    assertThat(running.intent(id).path("status").textValue()).isEqualTo("FAILED");
    assertThat(running.intent(id).path("reason").textValue()).isEqualTo("rejected");
  }

  @ParameterizedTest
  @ValueSource(strings = {"approve", "reject"})
  void anAgentDecidesNoQuestionToPeople(String verb) {
    String id = ask("");
    List<String> before = running.story(id);

    running.post(path(id, verb), "{}").refused(403, "human_decision_required");
    running
        .post(approval(id), "{\"decision\":\"%s\"}".formatted(verb))
        .refused(403, "human_decision_required");

    assertThat(running.story(id)).isEqualTo(before);
    JsonNode thread = running.get("/v1/inbox/" + id + "?owner_agent=" + INBOX).ok().path("thread");
    assertThat(timeline(thread)).containsExactly("intent_received");
    assertThat(thread.path("status").textValue()).isEqualTo("pending");
  }

  @Test
  void whatWasDecidedIsSaidAgainAndNeverOtherwise() {
    String id = ask("");
    JsonNode first = running.decide(path(id, "approve"), "{}").ok().path("thread");

    JsonNode again = running.decide(path(id, "approve"), "{}").ok().path("thread");
    Got other = running.decide(path(id, "reject"), "{}");

    assertThat(again).isEqualTo(first);
    other.refused(409, "intent_terminal");
    running.decide(approval(id), "{\"decision\":\"reject\"}").refused(409, "intent_terminal");
    assertThat(
            running
                .decide(approval(id), "{\"decision\":\"approve\"}")
                .ok()
                .at("/approval/decision"))
        .hasToString("\"approve\"");
    assertThat(running.intent(id).path("status").textValue()).isEqualTo("COMPLETED");
  }

  @Test
  void whatWasWithdrawnCannotBeApproved() {
    String id = ask("");
    running.post("/v1/intents/" + id + "/resolve", "{\"status\":\"CANCELED\"}").ok();

    running.decide(path(id, "approve"), "{}").refused(409, "intent_terminal");
    running.decide(approval(id), "{\"decision\":\"approve\"}").refused(409, "intent_terminal");
  }

  @Test
  void theRulesOfADecisionHoldHereToo() {
    String comment = ask(",\"required_comment\":true");
    running.decide(path(comment, "approve"), "{}").refused(422, "validation_error");
    running.decide(path(comment, "approve"), "{\"comment\":\"ok\"}").ok();

    String form =
        ask(
            ",\"form_schema\":{\"type\":\"object\",\"required\":[\"cost\"],"
                + "\"properties\":{\"cost\":{\"type\":\"integer\"}}}");
    running.decide(path(form, "approve"), "{}").refused(422, "validation_error");
    running.decide(approval(form), "{\"decision\":\"reject\",\"comment\":\"no\"}").ok();

    String others = ask(",\"assignees\":[\"zoe@example.com\"]");
    running.decide(path(others, "approve"), "{}").ok();
  }

  @Test
  void aThreadThatAsksNobodyIsMarkedAndItsIntentGoesOn() {
    String id = work();

    JsonNode approved =
        running.post(path(id, "approve"), "{\"comment\":\"seen\"}").ok().path("thread");
    JsonNode rejected = running.post(path(id, "reject"), "{}").ok().path("thread");

    assertThat(approved.path("status").textValue()).isEqualTo("done");
    assertThat(approved.at("/timeline/1/details/comment").textValue()).isEqualTo("seen");
    assertThat(timeline(rejected)).containsExactly("intent_received", "approved", "rejected");
    assertThat(running.intent(id).path("status").textValue()).isEqualTo("DELIVERED");
  }

  @Test
  void aDecisionIsHeardInEveryInboxOfTheThread() {
    String id = ask("");
    String bob = "agent://examples/bob-hears";
    running.post(path(id, "delegate"), "{\"delegate_to\":\"%s\"}".formatted(bob)).ok();
    String seen =
        running.get("/v1/inbox/changes?owner_agent=" + bob).ok().path("next_cursor").textValue();

    running.decide(path(id, "approve"), "{}").ok();

    JsonNode change =
        running
            .get("/v1/inbox/changes?owner_agent=" + bob + "&cursor=" + seen)
            .ok()
            .at("/changes/0/thread");
    assertThat(change.path("status").textValue()).isEqualTo("done");
    assertThat(timeline(change)).endsWith("approved");
  }

  @Test
  void aKeyIsForOneDecision() {
    String id = ask("");
    String[] key = {"Idempotency-Key", "decide-" + id};

    JsonNode first = running.decide(path(id, "approve"), "{}", key).ok().path("thread");
    assertThat(running.decide(path(id, "approve"), "{}", key).ok().path("thread")).isEqualTo(first);
    running
        .decide(path(id, "approve"), "{\"comment\":\"x\"}", key)
        .refused(409, "idempotency_conflict");

    String mark = work();
    running.post(path(mark, "approve"), "{}", key).ok();
    JsonNode marked = running.post(path(mark, "approve"), "{}", key).ok().path("thread");
    assertThat(timeline(marked)).containsExactly("intent_received", "approved");
  }

  @Test
  void anApprovalOfAQuestionIsItsDecision() {
    String id = ask("");

    ObjectNode answer =
        running.decide(approval(id), "{\"decision\":\"approve\",\"comment\":\"go\"}").ok();

    JsonNode approval = answer.path("approval");
    assertThat(approval.path("approval_id").textValue()).isEqualTo(id);
    assertThat(approval.path("decision").textValue()).isEqualTo("approve");
    assertThat(approval.path("comment").textValue()).isEqualTo("go");
    assertThat(approval.path("decided_at")).isEqualTo(running.intent(id).at("/result/decided_at"));
    assertThat(running.decide(approval(id), "{\"decision\":\"approve\"}").ok()).isEqualTo(answer);
  }

  @Test
  void anApprovalOfWhatNobodyKnowsIsKept() {
    String id = Running.nobody();

    ObjectNode first =
        running.post(approval(id), "{\"decision\":\"reject\",\"comment\":\"no\"}").ok();

    assertThat(first.at("/approval/decision").textValue()).isEqualTo("reject");
    assertThat(running.post(approval(id), "{\"decision\":\"reject\"}").ok()).isEqualTo(first);
    running.post(approval(id), "{\"decision\":\"approve\"}").refused(409, "conflict");
    running.get("/v1/intents/" + id).refused(404, "not_found");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"decision\":\"maybe\"}",
        "{\"decision\":true}",
        "{\"decision\":\"approve\",\"comment\":\"LONG\"}"
      })
  void garbageIsRefused(String body) {
    running
        .decide(approval(ask("")), body.replace("LONG", "x".repeat(1_001)))
        .refused(422, "validation_error");
    running.decide(approval("nonsense"), "{\"decision\":\"approve\"}").refused(404, "not_found");
  }
}
