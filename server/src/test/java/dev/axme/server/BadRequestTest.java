package dev.axme.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be wrong around a body: its size, the path, the query, the headers. */
class BadRequestTest {
  private static final int MAX_PAYLOAD = 4_096;
  private static final int ROOM = 256 * 1024;

  @TempDir private static Path data;
  private static Running running;
  private static String intent;

  @BeforeAll
  static void start() {
    running = Running.start(data, "--max-payload", Integer.toString(MAX_PAYLOAD));
    intent = running.ask();
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  private static String head(String method, String path, String... headers) {
    StringBuilder head = new StringBuilder(method).append(' ').append(path).append(" HTTP/1.1\r\n");
    List<String> all = List.of(headers);
    if (all.stream().noneMatch(h -> h.startsWith("Host:"))) {
      head.append("Host: 127.0.0.1\r\n");
    }
    head.append("Connection: close\r\nx-api-key: ").append(running.agent()).append("\r\n");
    all.forEach(h -> head.append(h).append("\r\n"));
    return head.append("\r\n").toString();
  }

  @Test
  void aPayloadOverTheLimitIs413() {
    String before = running.everything();
    String text = "x".repeat(MAX_PAYLOAD);

    running
        .post("/v1/intents", "{\"intent_type\":\"a.b.v1\",\"payload\":{\"t\":\"" + text + "\"}}")
        .refused(413, "payload_too_large");
    running
        .post("/v1/intents", "{\"intent_type\":\"a.b.v1\",\"folded\":\"" + text + "\"}")
        .refused(413, "payload_too_large");

    assertThat(running.everything()).isEqualTo(before);
  }

  @Test
  void aPayloadOfJustTheLimitIsTaken() {
    String text = "x".repeat(MAX_PAYLOAD - "{\"t\":\"\"}".length());

    running
        .post("/v1/intents", "{\"intent_type\":\"a.b.v1\",\"payload\":{\"t\":\"" + text + "\"}}")
        .ok();
  }

  @Test
  void aBodyThatIsAnnouncedTooLongIsRefusedBeforeItIsSent() {
    String head = head("POST", "/v1/intents", "Content-Length: " + (MAX_PAYLOAD + ROOM + 1));

    running.raw(head).refused(413, "payload_too_large");
  }

  @Test
  void aBodyThatGrowsTooLongInChunksIsRefused() {
    String before = running.everything();
    String chunk = Integer.toHexString(8_192) + "\r\n" + "x".repeat(8_192) + "\r\n";
    String head = head("POST", "/v1/intents", "Transfer-Encoding: chunked");

    Got got = running.raw(head + chunk.repeat((MAX_PAYLOAD + ROOM) / 8_192 + 2));

    got.refused(413, "payload_too_large");
    assertThat(running.everything()).isEqualTo(before);
    running.isHealthy();
  }

  @Test
  void anExpectationIsAnsweredBeforeTheBody() {
    String body = "{\"intent_type\":\"a.b.v1\"}";
    String head =
        head("POST", "/v1/intents", "Content-Length: " + body.length(), "Expect: 100-continue");

    Got got = running.raw(head + body);

    assertThat(got.status()).isEqualTo(100);
    assertThat(got.body()).startsWith("HTTP/1.1 200 OK");
  }

  @Test
  void queryParametersThatAreNoneAre422() {
    String events = "/v1/intents/" + intent + "/events";
    for (String since : List.of("-1", "x", "1.5", "1e3", "-9999999999999", "%00", "1%0A2")) {
      running.get(events + "?since=" + since).refused(422, "validation_error");
      running.get(events + "/stream?since=" + since).refused(422, "validation_error");
    }
    for (String wait : List.of("x", "NaN", "1,5", "%00", "Infinity", "0x1p3", "5d")) {
      running.get(events + "/stream?wait_seconds=" + wait).refused(422, "validation_error");
    }
    for (String query :
        List.of(
            "limit=0", "limit=-1", "limit=x", "limit=1.5", "cursor=x", "cursor='", "cursor=%00")) {
      running.get("/v1/intents?" + query).refused(422, "validation_error");
      running
          .send("GET", "/v1/me/tasks?" + query, running.login(), "")
          .refused(422, "validation_error");
    }
    running.get("/v1/intents?correlation_id=x").refused(422, "validation_error");
  }

  @Test
  void queryParametersThatNobodyKnowsAndEmptyOnesAreIgnored() {
    assertThat(running.get("/v1/intents?x=y&limit=&status=&cursor=&=&&").ok().path("intents"))
        .isNotEmpty();
    assertThat(running.get("/v1/intents?status=NO_SUCH_WORD").ok().path("intents")).isEmpty();
    assertThat(running.get("/v1/intents?limit=99999999999999999999").ok().path("intents"))
        .isNotEmpty();
    assertThat(running.get("/v1/intents?from_agent=%00&to_agent=%F0%9F").ok().path("intents"))
        .isEmpty();
  }

  @Test
  void aBrokenEscapeIs400() {
    for (String path :
        List.of("/v1/intents?limit=%zz", "/v1/intents?%=1", "/v1/intents/%zz", "/v1/agents/%")) {
      running.raw(head("GET", path)).refused(400, "bad_request");
    }
    running.isHealthy();
  }

  @Test
  void unknownPathsAre404AndUnknownMethods405() {
    for (String path :
        List.of(
            "/v1",
            "/v1/",
            "/v2/intents",
            "/v1/intents/",
            "/v1//intents",
            "/v1/intents/a/b",
            "/v1/intents/" + intent + "/",
            "/V1/INTENTS",
            "/../etc/passwd",
            "/v1/%69ntents")) {
      running.raw(head("GET", path)).refused(404, "not_found");
    }
    for (String method : List.of("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "X")) {
      running.raw(head(method, "/v1/intents")).refused(405, "method_not_allowed");
    }
    Got resume = running.raw(head("GET", "/v1/intents/" + intent + "/resume"));
    resume.refused(405, "method_not_allowed");
    assertThat(resume.header("allow")).hasValue("POST");
  }

  @Test
  void headAnswersLikeGetWithoutABody() {
    Got got = running.raw(head("HEAD", "/v1/intents/" + intent));
    Got stream = running.raw(head("HEAD", "/v1/intents/" + intent + "/events/stream"));

    assertThat(got.status()).isEqualTo(200);
    assertThat(got.body()).isEmpty();
    assertThat(stream.status()).isEqualTo(200);
    assertThat(stream.contentType()).isEqualTo("text/event-stream");
  }

  @Test
  void idsThatAreNoneAreUnknown() {
    for (String id :
        List.of(
            "1",
            "x",
            "%00",
            "..",
            "'",
            "null",
            intent + "0",
            "%F0%9F%98%80",
            intent.replace("-", ""),
            "0-0-0-0-0")) {
      for (String rest : List.of("", "/events", "/events/stream")) {
        running.raw(head("GET", "/v1/intents/" + id + rest)).refused(404, "not_found");
      }
      running
          .raw(head("POST", "/v1/intents/" + id + "/resume", "Content-Length: 2") + "{}")
          .refused(404, "not_found");
    }
  }

  @Test
  void anotherHostIs421() {
    for (String host :
        List.of("evil.example", "evil.example:8420", "127.0.0.1.evil.example", "[::2]")) {
      running.raw(head("GET", "/v1/intents", "Host: " + host)).refused(421, "unknown_host");
      running.raw(head("GET", "/tasks", "Host: " + host)).refused(421, "unknown_host");
    }
    assertThat(running.raw(head("GET", "/v1/intents", "Host: LocalHost:1")).status())
        .isEqualTo(200);
    assertThat(running.raw(head("GET", "/v1/intents", "Host: [::1]")).status()).isEqualTo(200);
  }

  @Test
  void anotherSitesPageMayNotWrite() {
    String before = running.everything();
    String body = "{\"intent_type\":\"a.b.v1\"}";
    for (String origin :
        List.of("https://evil.example", "null", "http://127.0.0.1.evil.example", "x")) {
      running.post("/v1/intents", body, "Origin", origin).refused(403, "forbidden");
      running
          .decide("/v1/intents/" + intent + "/resume", "{\"approved\":true}", "Origin", origin)
          .refused(403, "forbidden");
    }
    assertThat(running.everything()).isEqualTo(before);
    running.post("/v1/intents", body, "Origin", running.server().baseUrl()).ok();
    running.post("/v1/intents", body, "Origin", "http://localhost:3000").ok();
  }

  @Test
  void headersOfTheRequestComeBackOnlyWhenTheyAreHarmless() {
    Got good = running.send("GET", "/health", "", "", "x-request-id", "r-1", "X-Trace-Id", "t:1");
    Got evil =
        running.raw(
            head(
                "GET",
                "/health",
                "x-request-id: a%0d%0aSet-Cookie: x=1",
                "x-trace-id: <script>alert(1)</script>",
                "traceparent: " + "0".repeat(200)));

    assertThat(good.header("x-request-id")).hasValue("r-1");
    assertThat(good.header("x-trace-id")).hasValue("t:1");
    assertThat(evil.status()).isEqualTo(200);
    assertThat(evil.header("x-request-id").orElseThrow()).matches("[0-9a-f-]{36}");
    assertThat(evil.header("x-trace-id")).isEmpty();
    assertThat(evil.header("traceparent")).isEmpty();
    assertThat(evil.header("set-cookie")).isEmpty();
  }

  @Test
  void headersThatAreTooLongOrBrokenHarmNobodyElse() {
    int status = running.raw(head("GET", "/health", "x-a: " + "y".repeat(20_000))).status();
    int line = running.raw(head("GET", "/health?" + "y".repeat(10_000))).status();
    int broken = running.raw("GET /health HTTP/1.1\r\nHost\r\n\r\n").status();
    int noHttp = running.raw("hello\r\n\r\n").status();

    assertThat(List.of(status, line, broken, noHttp)).allMatch(s -> s == 0 || s >= 400);
    assertThat(List.of(status, line, broken, noHttp)).noneMatch(s -> s == 500);
    running.isHealthy();
  }

  @Test
  void ownerScopesThatContradictOrAreNoneAreRefused() {
    String resume = "/v1/intents/" + running.mail() + "/resume";
    String go = "{\"approve_current_step\":true}";

    running
        .post(resume + "?owner_agent=agent://a/b", go, "x-owner-agent", "agent://a/c")
        .refused(400, "owner_scope_conflict");
    running.post(resume + "?owner_agent=a//b", go).refused(422, "invalid_agent_address");
    running.post(resume + "?owner_agent=agent://a/b", go, "x-owner-agent", "AGENT:/a/b").ok();
  }

  @Test
  void whatAnErrorQuotesIsShortAndOnOneLine() {
    String type = "{\"intent_type\":\"a.b.v1\",\"to_agent\":\"" + "a\\n\\u2028".repeat(90) + "\"}";
    Got address = running.post("/v1/intents", type).refused(422, "invalid_agent_address");
    Got path = running.get("/" + "x".repeat(6_000)).refused(404, "not_found");

    assertThat(address.json().path("detail").textValue()).doesNotContain("\u2028");
    assertThat(path.json().path("detail").textValue()).hasSizeLessThan(700);
  }
}
