package dev.axme.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axme.sdk.WireServer.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an agent's client makes of its stream when connections and servers misbehave. */
@Timeout(60)
class DeliveriesTest {
  private static final String TIMEOUT =
      "event: stream.timeout\ndata: {\"ok\":true,\"next_seq\":9}\n\n";

  @Test
  void eachDeliveryComesOnceAndInOrderOverConnectionsThatBreak() {
    try (WireServer server =
            new WireServer(
                Answer.brokenStream(": hello\n\n" + frame(2) + frame(6) + half(8)),
                Answer.stream(frame(2) + frame(6) + frame(8) + TIMEOUT),
                Answer.stream(frame(8) + frame(10) + TIMEOUT));
        Deliveries deliveries = server.client().listen("agent://acme/prod/bot")) {

      assertThat(take(deliveries, 4)).containsExactly(2L, 6L, 8L, 10L);
      assertThat(server.seen())
          .extracting(WireServer.Seen::target)
          .containsExactly(target(0), target(6), target(8));
    }
  }

  @Test
  void aServerThatIsBusyIsAskedAgainWhenItSaid() {
    try (WireServer server =
            new WireServer(
                Answer.refusal(503, "{\"detail\":\"stopping\"}", "1"),
                Answer.refusal(429, "{\"detail\":\"slower\"}", "-5"),
                Answer.refusal(500, "{\"detail\":\"oops\"}", ""),
                Answer.stream(frame(2) + TIMEOUT));
        Deliveries deliveries = server.client().listen("bot")) {
      long begin = System.nanoTime();

      assertThat(take(deliveries, 1)).containsExactly(2L);

      assertThat(Duration.ofNanos(System.nanoTime() - begin))
          .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(30));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404})
  void aRefusalForGoodEndsTheIteration(int status) {
    try (WireServer server =
            new WireServer(
                Answer.stream(frame(2) + TIMEOUT),
                Answer.refusal(status, "{\"error\":{\"code\":\"no\"}}", ""));
        Deliveries deliveries = server.client().listen("bot")) {
      Iterator<Delivery> work = deliveries.iterator();
      work.next();

      assertThatThrownBy(work::hasNext)
          .isInstanceOfSatisfying(
              AxmeException.class, e -> assertThat(e.status()).isEqualTo(status));
    }
  }

  @Test
  void aPageInsteadOfAStreamIsNotWaitedFor() {
    try (WireServer server = new WireServer(Answer.json("{}"));
        Deliveries deliveries = server.client().listen("bot")) {

      assertThatThrownBy(() -> take(deliveries, 1))
          .isInstanceOfSatisfying(
              AxmeException.class, e -> assertThat(e.code()).isEqualTo("not_axme"));
    }
  }

  @Test
  void whatIsTooLongForALineIsFetched() {
    String cut = frame(2).replace("\"payload\":{\"n\":2}", "\"truncated\":true");
    try (WireServer server =
            new WireServer(
                Answer.stream(cut + TIMEOUT),
                Answer.json("{\"intent\":{\"payload\":{\"long\":\"text\"}}}"));
        Deliveries deliveries = server.client().listen("bot")) {

      assertThat(deliveries.iterator().next().payload()).isEqualTo(Map.of("long", "text"));
    }
  }

  @Test
  void closingEndsAnIterationThatWaits() throws Exception {
    try (WireServer server = new WireServer(Answer.openStream(": hello\n\n"))) {
      Deliveries deliveries = server.client().listen("bot");
      CompletableFuture<Boolean> more =
          CompletableFuture.supplyAsync(() -> deliveries.iterator().hasNext());
      server.awaitRequest();

      deliveries.close();

      assertThat(more.get(5, TimeUnit.SECONDS)).isFalse();
      assertThatThrownBy(() -> deliveries.iterator().next())
          .isInstanceOf(NoSuchElementException.class);
    }
  }

  @Test
  void anInterruptEndsAnIterationThatWaitsForTheServerToComeBack() throws Exception {
    AxmeClient nobody = AxmeClient.builder().baseUrl("http://127.0.0.1:1").build();
    CompletableFuture<Boolean> more = new CompletableFuture<>();
    Thread agent =
        new Thread(
            () -> more.complete(nobody.listen("bot").iterator().hasNext() || !interrupted()));
    agent.start();

    agent.interrupt();

    assertThat(more.get(5, TimeUnit.SECONDS)).isFalse();
  }

  @Test
  void theSameReportHasTheSameKeyAndAnotherOneHasAnother() {
    try (WireServer server =
        new WireServer(
            Answer.json("{\"ok\":true,\"applied\":true,\"status\":\"COMPLETED\"}"),
            Answer.json("{\"ok\":true,\"applied\":true,\"status\":\"COMPLETED\"}"),
            Answer.json("{\"ok\":true,\"applied\":true,\"status\":\"FAILED\"}"))) {
      AxmeClient client = server.client();
      Delivery work = delivery();

      client.complete(work.intentId(), Json.parseObject("{\"a\":1,\"b\":[{\"c\":2,\"d\":3}]}"));
      client.complete(work.intentId(), Json.parseObject("{\"b\":[{\"d\":3,\"c\":2}],\"a\":1}"));
      client.fail(work.intentId(), "no disk");

      List<String> keys = server.seen().stream().map(WireServer.Seen::idempotencyKey).toList();
      assertThat(keys.get(0)).isEqualTo(keys.get(1)).isNotEqualTo(keys.get(2)).isNotEmpty();
      assertThat(server.seen().get(2).body())
          .isEqualTo("{\"action\":\"fail\",\"reason\":\"no disk\"}");
      assertThatThrownBy(() -> client.complete(work.intentId(), Map.of("actor", "me")))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static boolean interrupted() {
    return Thread.currentThread().isInterrupted();
  }

  private static List<Long> take(Deliveries deliveries, int count) {
    List<Long> taken = new ArrayList<>();
    Iterator<Delivery> work = deliveries.iterator();
    for (int i = 0; i < count; i++) {
      taken.add(work.next().seq());
    }
    return taken;
  }

  private static Delivery delivery() {
    try (WireServer server = new WireServer(Answer.stream(frame(2) + TIMEOUT));
        Deliveries deliveries = server.client().listen("bot")) {
      return deliveries.iterator().next();
    }
  }

  private static String target(long since) {
    return "/v1/agents/acme/prod/bot/intents/stream?since=" + since + "&wait_seconds=60";
  }

  private static String frame(long seq) {
    return half(seq) + "}\n\n";
  }

  /** A frame whose connection is cut in the middle. */
  private static String half(long seq) {
    return "id: "
        + seq
        + "\nevent: intent.delivered\ndata: {\"intent_id\":\"0199aaaa-0000-7000-8000-00000000000"
        + seq % 10
        + "\",\"seq\":"
        + seq
        + ",\"status\":\"DELIVERED\",\"delivery_attempt\":1,\"payload\":{\"n\":"
        + seq
        + "}";
  }
}
