package dev.axme.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a workflow comes to (section 5.4), whatever its agents say and however much. */
class WorkflowResultTest {
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

  private static String apply(List<String> steps) {
    String body =
        """
        {"scenario_id":"report.run","agents":[{"role":"worker","address":"agent"}],
         "workflow":{"steps":[%s]},"intent":{"type":"report.run.v1"}}
        """
            .formatted(String.join(",", steps));
    return running.decide("/v1/scenarios/apply", body).ok().path("intent_id").textValue();
  }

  private static String work(String id) {
    return "{\"step_id\":\"%s\",\"assigned_to\":\"worker\"}".formatted(id);
  }

  private static void report(String id, String result) {
    running.post("/v1/intents/" + id + "/resume", "{\"action\":\"complete\"" + result + "}").ok();
  }

  private static String open(String id) {
    return StreamSupport.stream(running.intent(id).path("steps").spliterator(), false)
        .filter(s -> s.path("status").asText().equals("running"))
        .map(s -> s.path("intent_id").asText())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void noAgentSaysThatPeopleApprovedWhatTheyDidNot() {
    String sign =
        "{\"step_id\":\"sign\",\"human_task\":{\"title\":\"Pay?\"},\"on_failure\":\"undo\",\"on_success\":\"end\"}";
    String id = apply(List.of(work("write"), sign, work("undo")));
    report(id, ",\"approved\":true,\"url\":\"a\"");
    running
        .decide("/v1/intents/" + id + "/resume", "{\"task_result\":{\"outcome\":\"rejected\"}}")
        .ok();
    running
        .decide(
            "/v1/intents/" + open(id) + "/resume",
            "{\"task_result\":{\"outcome\":\"approved\",\"approved\":true}}")
        .ok();

    JsonNode result = running.intent(id).path("result");

    assertThat(result.path("approved").booleanValue()).isFalse();
    assertThat(result.path("outcome").textValue()).isEqualTo("rejected");
  }

  @Test
  void aQuestionThatWasNotReachedApprovesNothing() {
    String sign = "{\"step_id\":\"sign\",\"human_task\":{\"title\":\"Pay?\"}}";
    String write = work("write").replace("}", ",\"on_success\":\"end\"}");
    String id = apply(List.of(write, sign));
    report(id, ",\"approved\":true,\"decided_by\":\"boss@example.com\",\"url\":\"a\"");

    JsonNode result = running.intent(id).path("result");

    assertThat(running.events(id).get(2).path("actor").textValue()).isEqualTo("agent_core");
    assertThat(result.path("url").textValue()).isEqualTo("a");
    assertThat(result.has("approved") || result.has("decided_by")).isFalse();
    assertThat(result.at("/steps/write/result/approved").booleanValue()).isTrue();
  }

  @Test
  void manyLargeResultsAreNamedAndNotRepeated() {
    List<String> names = IntStream.range(0, 6).mapToObj(i -> "step_" + i).toList();
    String id = apply(names.stream().map(WorkflowResultTest::work).toList());
    String large = ",\"text\":\"" + "x".repeat(1_000_000) + "\"";
    for (int i = 0; i < 5; i++) {
      report(id, large);
    }

    JsonNode previous = running.intent(open(id)).path("payload").path("previous_results");
    report(id, ",\"n\":6");
    JsonNode intent = running.intent(id);

    assertThat(previous.at("/step_3/text").textValue()).hasSize(1_000_000);
    assertThat(previous.at("/step_4/truncated").booleanValue()).isTrue();
    assertThat(intent.at("/result/n").intValue()).isEqualTo(6);
    assertThat(intent.at("/result/steps/step_4/result/truncated").booleanValue()).isTrue();
    assertThat(intent.at("/steps/4/result/size_bytes").intValue()).isGreaterThan(1_000_000);
    JsonNode all = running.intent(intent.at("/steps/4/intent_id").textValue());
    assertThat(all.at("/result/text").textValue()).hasSize(1_000_000);
  }
}
