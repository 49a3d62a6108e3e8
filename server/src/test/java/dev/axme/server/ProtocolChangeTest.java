package dev.axme.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Resume, resolve, controls and policy (sections 2.5, 3.6-3.8). */
class ProtocolChangeTest {
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

  private static ObjectNode change(String id, String verb, String body) {
    return running.post("/v1/intents/" + id + "/" + verb, body).ok();
  }

  private static List<String> after(String id, int seq) {
    List<String> story = running.story(id);
    return story.subList(seq, story.size());
  }

  @Test
  void anAgentsResultCompletesWithEverythingItSent() {
    String id = running.mail();

    ObjectNode answer =
        change(
            id,
            "resume",
            "{\"action\":\"complete\",\"status\":\"fine\",\"result\":{\"n\":1},\"pages\":42}");

    assertThat(answer.path("applied").booleanValue()).isTrue();
    assertThat(answer.path("policy_generation").intValue()).isEqualTo(1);
    assertThat(answer.path("status").textValue()).isEqualTo("COMPLETED");
    assertThat(answer.at("/event/event_type").textValue()).isEqualTo("intent.completed");
    assertThat(after(id, 3))
        .containsExactly("intent.in_progress IN_PROGRESS", "intent.completed COMPLETED");
    assertThat(running.intent(id).path("result").toString())
        .isEqualTo("{\"status\":\"fine\",\"result\":{\"n\":1},\"pages\":42}");
    JsonNode last = running.events(id).getLast();
    assertThat(last.path("data")).isEqualTo(last.path("result"));
    assertThat(last.at("/details/result")).isEqualTo(last.path("result"));
    assertThat(last.path("pending_with").isNull()).isTrue();
  }

  @Test
  void anAgentsFailureKeepsItsReason() {
    String id = running.mail();

    change(id, "resume", "{\"action\":\"fail\",\"reason\":\"no source\",\"tries\":3}");

    JsonNode intent = running.intent(id);
    assertThat(intent.path("status").textValue()).isEqualTo("FAILED");
    assertThat(intent.path("reason").textValue()).isEqualTo("no source");
    assertThat(intent.at("/result/tries").intValue()).isEqualTo(3);
    assertThat(running.story(id)).last().isEqualTo("intent.failed FAILED");
  }

  @Test
  void aBodyWithoutActionIsTheHoldersResult() {
    String done = running.mail();
    String failed = running.mail();

    change(done, "resume", "{\"outcome\":\"success\",\"result\":{\"a\":1}}");
    change(failed, "resume", "{\"outcome\":\"error\"}");

    assertThat(running.intent(done).path("status").textValue()).isEqualTo("COMPLETED");
    assertThat(running.intent(failed).path("status").textValue()).isEqualTo("FAILED");
  }

  @Test
  void theManualLifecycleGoesOnThenResolves() {
    String id =
        running.create("{\"intent_type\":\"a.b.v1\",\"to_agent\":\"agent://examples/approver\"}");
    String path = "/v1/intents/" + id + "/";
    String owner = "?owner_agent=agent://examples/requester";
    String go = "{\"approve_current_step\":true,\"reason\":\"go\"}";

    ObjectNode resumed = running.post(path + "resume" + owner, go).ok();
    ObjectNode controls =
        running.post(path + "controls" + owner, "{\"controls_patch\":{\"a\":1}}").ok();
    ObjectNode policy =
        running.post(path + "policy" + owner, "{\"grants_patch\":{\"delegate:x\":{}}}").ok();
    ObjectNode resolved =
        running
            .post(path + "resolve" + owner, "{\"status\":\"COMPLETED\",\"result\":{\"r\":1}}")
            .ok();

    assertThat(resumed.path("policy_generation").intValue()).isEqualTo(1);
    assertThat(resumed.path("status").textValue()).isEqualTo("IN_PROGRESS");
    assertThat(controls.path("policy_generation").intValue()).isEqualTo(2);
    assertThat(policy.path("policy_generation").intValue()).isEqualTo(3);
    assertThat(resolved.at("/event/event_type").textValue()).isEqualTo("intent.completed");
    assertThat(resolved.at("/intent/status").textValue()).isEqualTo("COMPLETED");
    assertThat(resolved.at("/intent/legacy_status").textValue()).isEqualTo("done");
    assertThat(resolved.at("/completion_delivery/reason").textValue())
        .isEqualTo("reply_to_not_set");
    assertThat(after(id, 3))
        .containsExactly("intent.in_progress IN_PROGRESS", "intent.completed COMPLETED");
  }

  @Test
  void anIntentThatWasJustDeliveredCanBeResolvedToAnyEnd() {
    for (String end :
        List.of("COMPLETED", "FAILED", "CANCELED", "CANCELLED", "REJECTED", "canceled")) {
      String id = running.mail();
      ObjectNode answer =
          change(id, "resolve", "{\"status\":\"" + end + "\",\"reason\":\"because\"}");
      String status = answer.at("/intent/status").textValue();
      assertThat(status).isIn("COMPLETED", "FAILED", "CANCELED");
      assertThat(answer.at("/event/status").textValue()).isEqualTo(status);
      running
          .post("/v1/intents/" + id + "/resolve", "{\"status\":\"FAILED\"}")
          .refused(409, "intent_terminal");
    }
  }

  @Test
  void handingOverMakesATransferThenWaitsForTheNext() {
    String id = running.mail();

    change(id, "resume", "{\"next_handler\":\"agent://somebody\"}");

    assertThat(after(id, 3)).containsExactly("intent.transfer DELIVERED", "intent.waiting WAITING");
    JsonNode waiting = running.events(id).getLast();
    assertThat(waiting.path("waiting_reason").textValue()).isEqualTo("WAITING_FOR_AGENT");
    assertThat(waiting.at("/pending_with/name").textValue()).isEqualTo("somebody");
    assertThat(waiting.at("/pending_with/type").textValue()).isEqualTo("agent");
  }

  @Test
  void anotherGenerationThanExpectedChangesNothing() {
    String id = running.mail();
    change(id, "controls", "{\"controls_patch\":{\"a\":1},\"expected_policy_generation\":0}");
    List<String> before = running.story(id);

    for (String verbAndBody :
        List.of(
            "resume {\"action\":\"complete\",\"expected_policy_generation\":0}",
            "resolve {\"status\":\"CANCELED\",\"expected_policy_generation\":7}",
            "controls {\"controls_patch\":{\"a\":2},\"expected_policy_generation\":0}",
            "policy {\"expected_policy_generation\":9}")) {
      String[] parts = verbAndBody.split(" ", 2);
      assertThat(change(id, parts[0], parts[1]).toString())
          .isEqualTo(
              "{\"ok\":true,\"applied\":false,\"reason\":\"stale_policy_generation\","
                  + "\"policy_generation\":1}");
    }

    assertThat(running.story(id)).isEqualTo(before);
    assertThat(running.intent(id).at("/controls/a").intValue()).isEqualTo(1);
    change(id, "resume", "{\"action\":\"complete\",\"expected_policy_generation\":1}");
  }

  @Test
  void patchesMergeShallowlyAndNullRemoves() {
    String id = running.mail();
    change(id, "controls", "{\"controls_patch\":{\"a\":{\"x\":1},\"b\":2,\"c\":9007199254740993}}");

    ObjectNode answer = change(id, "controls", "{\"controls_patch\":{\"a\":{\"y\":2},\"b\":null}}");

    assertThat(answer.path("controls").toString())
        .isEqualTo("{\"a\":{\"y\":2},\"c\":9007199254740993}");
    assertThat(running.intent(id).path("controls")).isEqualTo(answer.path("controls"));
  }

  @Test
  void theTimeoutOfControlsMovesTheDeadlineAndFires() {
    String id = running.mail();
    change(id, "controls", "{\"controls_patch\":{\"timeout_seconds\":3600}}");
    Instant due = Instant.parse(running.intent(id).path("deadline_at").textValue());
    assertThat(Duration.between(Instant.now(), due))
        .isBetween(Duration.ofMinutes(58), Duration.ofMinutes(61));
    change(id, "controls", "{\"controls_patch\":{\"timeout_seconds\":null}}");
    assertThat(running.intent(id).has("deadline_at")).isFalse();

    change(id, "controls", "{\"controls_patch\":{\"timeout_seconds\":1}}");
    Got stream = running.stream("/v1/intents/" + id + "/events/stream?wait_seconds=30").join();

    Got.Frame last = stream.frames().getLast();
    assertThat(last.event()).isEqualTo("intent.timed_out");
    assertThat(last.json().path("status").textValue()).isEqualTo("TIMED_OUT");
    assertThat(last.json().at("/details/deadline_at").textValue()).endsWith("Z");
    assertThat(running.intent(id).path("legacy_status").textValue()).isEqualTo("failed");
    running
        .post("/v1/intents/" + id + "/resume", "{\"action\":\"complete\"}")
        .refused(409, "intent_terminal");
  }

  @Test
  void remindersCountAndThenEscalate() {
    String id =
        running.create(
            "{\"intent_type\":\"human_approval\",\"remind_after_seconds\":1,"
                + "\"remind_interval_seconds\":1,\"max_reminders\":1,\"escalate_to\":\"org_owner\","
                + "\"human_task\":{\"title\":\"t\",\"assignees\":[\"ann@example.com\"]},"
                + "\"ttl_seconds\":4}");

    Got stream =
        running.stream("/v1/intents/" + id + "/events/stream?since=4&wait_seconds=30").join();

    List<Got.Frame> frames = stream.frames();
    assertThat(frames)
        .extracting(Got.Frame::event)
        .containsExactly("intent.reminder", "intent.escalated", "intent.timed_out");
    JsonNode reminder = frames.getFirst().json();
    assertThat(reminder.path("status").textValue()).isEqualTo("WAITING");
    assertThat(reminder.at("/details/reminder").intValue()).isEqualTo(1);
    assertThat(reminder.at("/details/max_reminders").intValue()).isEqualTo(1);
    assertThat(reminder.at("/pending_with/name").textValue()).isEqualTo("ann@example.com");
    assertThat(frames.get(1).json().at("/details/escalated_to").isTextual()).isTrue();
  }
}
