package dev.axme.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Forms over HTTP: hostile ones are refused, hostile answers cost nothing, mistakes are named. */
class BadFormTest {
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

  private static Got ask(String schema) {
    return running.post(
        "/v1/intents",
        "{\"intent_type\":\"human.x\",\"human_task\":{\"form_schema\":" + schema + "}}");
  }

  private static Got approve(String id, String fields) {
    return running.decide(
        "/v1/intents/" + id + "/resume",
        "{\"task_result\":{\"outcome\":\"approved\"," + fields + "}}");
  }

  @Test
  void aFormThatReachesElsewhereOrIsEndlessIs422() {
    String before = running.everything();
    for (String schema :
        List.of(
            "{\"$ref\":\"http://127.0.0.1:1/schema\"}",
            "{\"properties\":{\"a\":{\"$ref\":\"file:///etc/passwd\"}}}",
            "{\"$ref\":\"#\"}",
            "{\"type\":7}",
            "{\"properties\":{\"a\":{\"pattern\":\"(\"}}}",
            "{\"description\":\"" + "x".repeat(70_000) + "\"}")) {
      Got got = ask(schema);
      assertThat(got.status()).as(got.body()).isEqualTo(422);
      assertThat(got.error().code()).isIn("schema_invalid", "validation_error");
    }
    assertThat(running.everything()).isEqualTo(before);
  }

  @Test
  void anAnswerThatDoesNotFitNamesEachFieldAndDecidesNothing() {
    String id =
        ask("{\"type\":\"object\",\"required\":[\"code\"],\"properties\":{"
                + "\"code\":{\"enum\":[\"a\",\"b\"]},\"n\":{\"type\":\"integer\",\"maximum\":9}}}")
            .ok()
            .path("intent_id")
            .textValue();

    Got missing = approve(id, "\"n\":3").refused(422, "validation_error");
    Got wrong = approve(id, "\"code\":\"c\\nd\",\"n\":\"many\"").refused(422, "validation_error");

    assertThat(missing.json().path("detail").textValue()).contains("code");
    assertThat(wrong.json().path("detail").textValue()).contains("code", "n ");
    assertThat(running.story(id)).hasSize(4);
    approve(id, "\"code\":\"a\",\"n\":\"7\"").ok();
    assertThat(running.intent(id).at("/result/n").isInt()).isTrue();
  }

  @Test
  void anAnswerCannotMakeTheServerCountForEver() {
    String id =
        ask("{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\",\"multipleOf\":7},"
                + "\"s\":{\"type\":\"string\",\"pattern\":\"^(a+)+$\"},"
                + "\"l\":{\"type\":\"array\",\"uniqueItems\":true}}}")
            .ok()
            .path("intent_id")
            .textValue();

    Assertions.assertTimeout(
        Duration.ofSeconds(20),
        () -> {
          for (String fields :
              List.of(
                  "\"n\":1e1000000000",
                  "\"n\":\"1e1000000000\"",
                  "\"n\":-1e-1000000000",
                  "\"s\":\"" + "a".repeat(50_000) + "b\"",
                  "\"l\":\"" + "[".repeat(5_000) + "\"")) {
            Got got = approve(id, fields);
            assertThat(got.status()).as(got.body()).isEqualTo(422);
            got.error();
          }
        });
    assertThatCode(running::isHealthy).doesNotThrowAnyException();
    assertThat(running.story(id)).hasSize(4);
  }
}
