package dev.axme.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axme.sdk.WireServer.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the client makes of bytes on the wire, and of connections that break. */
class AxmeClientTest {
  private static final UUID ID = UUID.fromString("0199aaaa-0000-7000-8000-000000000001");
  private static final String SENT =
      "{\"ok\":true,\"intent_id\":\"" + ID + "\",\"status\":\"WAITING\"}";

  @Test
  void aRequestThatWasTurnedAwayIsSentAgainWithTheSameKey() {
    try (WireServer server =
        new WireServer(
            Answer.refusal(503, "{\"detail\":\"later\"}", "0"),
            Answer.refusal(429, "{\"detail\":\"slower\"}", "-5"),
            Answer.json(SENT))) {

      Sent sent = server.client().send(IntentRequest.approval("Deploy").build());

      assertThat(sent.intentId()).isEqualTo(ID);
      assertThat(sent.status()).isEqualTo(IntentStatus.WAITING);
      assertThat(server.seen()).hasSize(3);
      assertThat(server.seen().stream().map(WireServer.Seen::idempotencyKey).distinct())
          .hasSize(1)
          .doesNotContain("");
    }
  }

  @Test
  void aRefusalCarriesItsCodeItsSentenceAndIsNotRepeated() {
    try (WireServer server =
        new WireServer(
            Answer.refusal(
                403,
                "{\"error\":{\"code\":\"human_decision_required\"},\"detail\":\"Only a person decides\"}",
                ""))) {

      assertThatThrownBy(() -> server.client().decide(ID, Decision.approve().because("fine")))
          .isInstanceOfSatisfying(
              AxmeException.class,
              e -> {
                assertThat(e.status()).isEqualTo(403);
                assertThat(e.code()).isEqualTo("human_decision_required");
                assertThat(e.detail()).isEqualTo("Only a person decides");
              });
      assertThat(server.seen()).hasSize(1);
      assertThat(server.seen().get(0).body())
          .isEqualTo("{\"task_result\":{\"outcome\":\"approved\",\"comment\":\"fine\"}}");
    }
  }

  @Test
  void waitingGoesOnOverABrokenStreamAndHearsEachEventOnce() {
    List<Long> heard = new ArrayList<>();
    try (WireServer server =
        new WireServer(
            Answer.json("{\"events\":[" + event(1, "created", "CREATED", "{}") + "]}"),
            Answer.brokenStream(": hello\n\n" + frame(2, "submitted", "SUBMITTED", "{}")),
            Answer.stream(
                frame(2, "submitted", "SUBMITTED", "{}")
                    + frame(
                        3,
                        "completed",
                        "COMPLETED",
                        "{\"approved\":true,\"outcome\":\"approved\"}")))) {

      Optional<Result> end =
          server.client().watch(ID, 0, Duration.ofSeconds(20), event -> heard.add(event.seq()));

      assertThat(end.orElseThrow()).isInstanceOf(Result.Approved.class);
      assertThat(heard).containsExactly(1L, 2L, 3L);
      assertThat(server.seen().get(server.seen().size() - 1).target()).contains("since=2");
    }
  }

  @Test
  void anEndThatLiesBeforeTheWatchedPartIsFoundWhenTheStreamTimesOut() {
    try (WireServer server =
        new WireServer(
            Answer.json("{\"events\":[]}"),
            Answer.stream("event: stream.timeout\ndata: {\"ok\":true,\"next_seq\":7}\n\n"),
            Answer.json(
                "{\"intent\":{\"intent_id\":\""
                    + ID
                    + "\",\"status\":\"CANCELED\",\"reason\":\"no need\"}}"))) {

      Optional<Result> end = server.client().watch(ID, 6, Duration.ofSeconds(20), event -> {});

      assertThat(end.orElseThrow().sentence()).isEqualTo("Canceled: no need.");
    }
  }

  @Test
  void aWaitThatIsOverChangesNothingAndSaysSo() {
    try (WireServer server =
        new WireServer(Answer.json("{\"events\":[]}"), Answer.json("{\"events\":[]}"))) {

      Optional<Result> end = server.client().waitFor(ID, Duration.ZERO);

      assertThat(end).isEmpty();
      assertThat(server.seen()).allMatch(seen -> seen.method().equals("GET"));
    }
  }

  @Test
  void aWrongIdIsToldAtOnce() {
    try (WireServer server =
        new WireServer(
            Answer.refusal(404, "{\"detail\":\"no\",\"error\":{\"code\":\"not_found\"}}", ""))) {

      assertThatThrownBy(() -> server.client().waitFor(ID))
          .isInstanceOfSatisfying(
              AxmeException.class, e -> assertThat(e.code()).isEqualTo("not_found"));
    }
  }

  @Test
  void aServerThatIsNotThereIsUnreachable() {
    WireServer gone = new WireServer();
    gone.close();

    assertThatThrownBy(
            () ->
                AxmeClient.builder()
                    .baseUrl("http://127.0.0.1:1")
                    .retryFor(Duration.ZERO)
                    .build()
                    .health())
        .isInstanceOfSatisfying(AxmeException.class, e -> assertThat(e.unreachable()).isTrue());
  }

  @Test
  void whatIsNotOurProtocolIsSaidToBeForeign() {
    try (WireServer server = new WireServer(Answer.json("<html>"))) {

      assertThatThrownBy(() -> server.client().health())
          .isInstanceOfSatisfying(
              AxmeException.class, e -> assertThat(e.code()).isEqualTo("not_axme"));
    }
  }

  @Test
  void numbersAndOrderSurviveTheWay() {
    String text = "{\"b\":9007199254740993,\"a\":1.10,\"n\":null,\"l\":[true,{\"x\":\"é\"}]}";

    Map<String, ?> read = Json.parseObject(text);

    assertThat(Json.format(read)).isEqualTo(text);
  }

  private static String frame(long seq, String type, String status, String data) {
    return "id: "
        + seq
        + "\nevent: intent."
        + type
        + "\ndata: "
        + event(seq, type, status, data)
        + "\n\n";
  }

  private static String event(long seq, String type, String status, String data) {
    return "{\"intent_id\":\""
        + ID
        + "\",\"seq\":"
        + seq
        + ",\"event_type\":\"intent."
        + type
        + "\",\"status\":\""
        + status
        + "\",\"at\":\"2026-11-24T10:00:00Z\",\"data\":"
        + data
        + "}";
  }
}
