package dev.axme.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A request that is sent again: the same bytes come back, nothing happens twice (section 1.8). */
class ProtocolRepeatTest {
  @TempDir private Path data;

  /** As the Python client sends it: a fresh correlation id in every body. */
  private static String fromPython(String extra) {
    return "{\"correlation_id\":\"%s\",\"from_agent\":\"agent://%s\",\"to_agent\":\"agent://nobody\",%s}"
        .formatted(UUID.randomUUID(), UUID.randomUUID(), extra);
  }

  private static final String APPROVAL =
      "\"intent_type\":\"human_approval\",\"payload\":{\"b\":1,\"a\":9007199254740993}";
  private static final String SAME_APPROVAL =
      "\"payload\":{\"a\":9007199254740993,\"b\":1},\"intent_type\":\"human_approval\"";

  @Test
  void aFreshCorrelationIdReplaysToTheSameBytes() {
    try (Running running = Running.start(data)) {
      Got first = running.post("/v1/intents", fromPython(APPROVAL), "Idempotency-Key", "k");
      Got again = running.post("/v1/intents", fromPython(SAME_APPROVAL), "idempotency-key", "k");

      assertThat(first.status()).isEqualTo(200);
      assertThat(again.body()).isEqualTo(first.body());
      assertThat(running.get("/v1/intents").ok().path("intents")).hasSize(1);
    }
  }

  @Test
  void theKeyInTheBodyCountsLikeTheHeader() {
    try (Running running = Running.start(data)) {
      String body = APPROVAL + ",\"idempotency_key\":\"k\"";
      Got first = running.post("/v1/intents", fromPython(body));
      Got again = running.post("/v1/intents", fromPython(APPROVAL), "Idempotency-Key", "k");

      assertThat(again.body()).isEqualTo(first.body());
    }
  }

  @Test
  void everyWriteReplaysAlsoAfterLaterChangesAndARestart() {
    List<Got> first;
    String id;
    try (Running running = Running.start(data)) {
      id = running.ask();
      first = writes(running, id);
      assertThat(first).allMatch(g -> g.status() == 200);
      List<String> story = running.story(id);
      assertThat(bodies(writes(running, id))).isEqualTo(bodies(first));
      assertThat(running.story(id)).isEqualTo(story);
    }

    try (Running running = Running.start(data)) {
      List<String> story = running.story(id);
      assertThat(bodies(writes(running, id))).isEqualTo(bodies(first));
      assertThat(running.story(id)).isEqualTo(story);
    }
  }

  private static List<Got> writes(Running running, String id) {
    String path = "/v1/intents/" + id + "/";
    List<Got> answers = new ArrayList<>();
    answers.add(running.post("/v1/intents", fromPython(APPROVAL), "Idempotency-Key", "a"));
    answers.add(
        running.post(
            path + "controls", "{\"controls_patch\":{\"n\":1.50}}", "Idempotency-Key", "b"));
    answers.add(
        running.post(path + "policy", "{\"grants_patch\":{\"g\":{}}}", "Idempotency-Key", "c"));
    answers.add(
        running.post(
            path + "controls", "{\"expected_policy_generation\":0}", "Idempotency-Key", "d"));
    answers.add(
        running.decide(
            path + "resume",
            "{\"task_result\":{\"outcome\":\"approved\",\"comment\":\"yes\",\"n\":1.50}}",
            "Idempotency-Key",
            "e"));
    return answers;
  }

  private static List<String> bodies(List<Got> answers) {
    return answers.stream().map(Got::body).toList();
  }

  @Test
  void eventsReadTheSameAfterARestart() {
    String id;
    String before;
    try (Running running = Running.start(data)) {
      id = running.ask();
      running.decide("/v1/intents/" + id + "/resume", "{\"approved\":true,\"n\":1.50}").ok();
      before = running.get("/v1/intents/" + id + "/events").body();
    }

    try (Running running = Running.start(data)) {
      assertThat(running.get("/v1/intents/" + id + "/events").body()).isEqualTo(before);
    }
  }
}
