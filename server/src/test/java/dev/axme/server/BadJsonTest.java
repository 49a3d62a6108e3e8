package dev.axme.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Bodies that are no JSON, or JSON that no server should choke on, on every route that reads. */
class BadJsonTest {
  @TempDir private static Path data;
  private static Running running;
  private static String intent;
  private static List<String> writes;

  @BeforeAll
  static void start() {
    running = Running.start(data, "--allow-bootstrap");
    intent = running.ask();
    String account = running.get("/v1/me").ok().at("/service_account/service_account_id").asText();
    writes =
        List.of(
            "POST /v1/intents",
            "POST /v1/intents/" + intent + "/resume",
            "POST /v1/intents/" + intent + "/resolve",
            "POST /v1/intents/" + intent + "/controls",
            "POST /v1/intents/" + intent + "/policy",
            "POST /v1/people",
            "POST /v1/sign-in-links",
            "POST /v1/service-accounts",
            "PATCH /v1/service-accounts/" + account,
            "POST /v1/service-accounts/" + account + "/keys",
            "POST /v1/portal/personal/workspace-selection",
            "POST /v1/alpha/bootstrap");
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  private static Map<String, String> bodies() {
    Map<String, String> bodies = new LinkedHashMap<>();
    bodies.put("an open brace", "{");
    bodies.put("a lost value", "{\"a\":}");
    bodies.put("half a word", "nul");
    bodies.put("two objects", "{} {}");
    bodies.put("something behind", "{\"a\":1}x");
    bodies.put("single quotes", "{'a':1}");
    bodies.put("a comment", "{/* a */}");
    bodies.put("not a number", "{\"a\":NaN}");
    bodies.put("a raw line end in a string", "{\"a\":\"b\nc\"}");
    bodies.put("the same key twice", "{\"reason\":\"a\",\"reason\":\"b\"}");
    bodies.put("10,000 levels", "{\"a\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}");
    bodies.put("10,000 objects", "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000));
    bodies.put("a number of 1,001 digits", "{\"a\":" + "9".repeat(1_001) + "}");
    bodies.put("a lone surrogate", "{\"reason\":\"a\\ud800b\"}");
    bodies.put("a lone surrogate as a name", "{\"\\udc00\":1}");
    bodies.put("a lone surrogate deep inside", "{\"payload\":{\"a\":[{\"b\":\"\\ud83d\"}]}}");
    return bodies;
  }

  @TestFactory
  List<DynamicTest> whatIsNoJsonIs400() {
    List<DynamicTest> tests = new ArrayList<>();
    bodies()
        .forEach(
            (name, body) ->
                tests.add(DynamicTest.dynamicTest(name, () -> everywhere(body, "bad_request"))));
    return tests;
  }

  private static void everywhere(String body, String code) {
    String before = running.everything();
    for (String write : writes) {
      String[] parts = write.split(" ", -1);
      Got got = running.send(parts[0], parts[1], running.login(), body);
      assertThat(got.status() + " " + got.code())
          .as(write + " " + got.body())
          .isEqualTo((code.equals("bad_request") ? 400 : 422) + " " + code);
      got.error();
    }
    assertThat(running.everything()).isEqualTo(before);
  }

  @TestFactory
  List<DynamicTest> whatIsNoObjectIs422() {
    return List.of("[]", "\"x\"", "1", "null", "true", "[{\"intent_type\":\"a.b.v1\"}]").stream()
        .map(b -> DynamicTest.dynamicTest(b, () -> everywhere(b, "validation_error")))
        .toList();
  }

  @Test
  void bytesThatAreNoUtf8Are400() {
    byte[] body = "{\"a\":\"\u00ff\u00fe\"}".getBytes(StandardCharsets.ISO_8859_1);
    String request =
        "POST /v1/intents HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nx-api-key: "
            + running.agent()
            + "\r\nContent-Length: "
            + body.length
            + "\r\n\r\n"
            + new String(body, StandardCharsets.ISO_8859_1);

    running.raw(request).refused(400, "bad_request");
  }

  @Test
  void anEmptyBodyIsAnEmptyObject() {
    running.post("/v1/intents", "").refused(422, "validation_error");
    running.post("/v1/intents/" + intent + "/resolve", "").refused(422, "validation_error");
    running.decide("/v1/intents/" + intent + "/resume", "").refused(422, "invalid_outcome");
    assertThat(running.post("/v1/intents/" + running.mail() + "/controls", "").ok().path("applied"))
        .isEqualTo(com.fasterxml.jackson.databind.node.BooleanNode.TRUE);
  }

  @Test
  void hugeNumbersAreKeptOrRefusedAndNeverExpanded() {
    String kept =
        running.create(
            "{\"intent_type\":\"a.b.v1\",\"payload\":{\"a\":1e1000000000,\"b\":-1E-999999999,"
                + "\"c\":"
                + "7".repeat(999)
                + "}}");

    assertThat(running.get("/v1/intents/" + kept).ok().at("/payload/c").toString())
        .isEqualTo("7".repeat(999));
    for (String number : List.of("1e1000000000", "1e-1000000000", "-1", "1.5", "9".repeat(900))) {
      for (String field : List.of("ttl_seconds", "max_reminders", "max_delivery_attempts")) {
        running
            .post("/v1/intents", "{\"intent_type\":\"a.b.v1\",\"" + field + "\":" + number + "}")
            .refused(422, "validation_error");
      }
      running
          .post(
              "/v1/intents/" + kept + "/controls",
              "{\"expected_policy_generation\":" + number + "}")
          .refused(422, "validation_error");
    }
  }

  @Test
  void surrogatePairsAndEscapesAreText() {
    String id =
        running.create(
            "{\"intent_type\":\"a.b.v1\",\"payload\":{\"a\":\"\\ud83d\\ude00 😀 \\u0000\"}}");

    assertThat(running.intent(id).at("/payload/a").textValue()).isEqualTo("😀 😀 \u0000");
  }
}
