package dev.axme.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How agents are handed their work, frame by frame (section 3.10). */
class ProtocolAgentStreamTest {
  private static final AtomicInteger AGENTS = new AtomicInteger();

  @TempDir private static Path data;
  private static Running running;

  /** One attempt takes ten seconds: they pass while the other tests run. */
  private static CompletableFuture<Got> abandoned;

  private String name = "";
  private String account = "";
  private String key = "";

  @BeforeAll
  static void start() {
    running = Running.start(data);
    Instant deadline = Instant.now().plusMillis(9_500);
    String id =
        running.create(
            "{\"intent_type\":\"work.do.v1\",\"to_agent\":\"agent://nobody\",\"deadline_at\":\""
                + deadline
                + "\",\"max_delivery_attempts\":1}");
    abandoned = running.stream("/v1/intents/" + id + "/events/stream?wait_seconds=60");
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  /** Every test has an agent, and so a mailbox, of its own. */
  @BeforeEach
  void register() {
    name = "bot-" + AGENTS.incrementAndGet();
    account = running.register(name).path("service_account_id").textValue();
    key = running.key(account);
  }

  private String send() {
    return send("{\"n\":1}");
  }

  private String send(String payload) {
    return running.create(
        "{\"intent_type\":\"work.do.v1\",\"to_agent\":\"%s\",\"payload\":%s}"
            .formatted(name, payload));
  }

  private Got stream(String query) {
    return running.send("GET", path(name) + "?" + query, key, "");
  }

  private CompletableFuture<Got> live(String query) {
    return CompletableFuture.supplyAsync(() -> stream(query));
  }

  private static String path(String address) {
    return "/v1/agents/" + address + "/intents/stream";
  }

  private static List<String> intents(Got got) {
    return got.frames().stream()
        .filter(f -> f.event().equals("intent.delivered"))
        .map(f -> f.json().path("intent_id").textValue())
        .toList();
  }

  @Test
  void aDeliveryIsOneFrameWithWhatAnAgentNeeds() {
    String id = send();

    Got got = stream("since=0&wait_seconds=5");

    assertThat(got.header("content-type").orElse("")).startsWith("text/event-stream");
    Got.Frame frame = got.frames().getFirst();
    JsonNode event = frame.json();
    assertThat(frame.event()).isEqualTo("intent.delivered");
    assertThat(frame.id()).isEqualTo(event.path("seq").toString());
    assertThat(event.path("seq").longValue() % 2).isZero();
    assertThat(event.path("intent_id").textValue()).isEqualTo(id);
    assertThat(event.path("status").textValue()).isEqualTo("DELIVERED");
    assertThat(event.path("event_type").textValue()).isEqualTo("intent.delivered");
    assertThat(event.path("intent_type").textValue()).isEqualTo("work.do.v1");
    assertThat(event.path("to_agent").textValue()).endsWith("/" + name);
    assertThat(event.path("delivery_attempt").intValue()).isOne();
    assertThat(event.at("/payload/n").intValue()).isOne();
    assertThat(event.path("from_agent").textValue()).startsWith("agent://");
    assertThat(event.path("at").textValue()).isNotEmpty();
    assertThat(event.path("correlation_id").textValue()).isNotEmpty();
  }

  @Test
  void whatWaitsComesInOrderAndTheStreamClosesSoonAfter() {
    List<String> sent = List.of(send(), send(), send());
    long begin = System.nanoTime();

    Got got = stream("since=0&wait_seconds=30");

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
    assertThat(intents(got)).isEqualTo(sent);
    Got.Frame end = got.frames().getLast();
    assertThat(end.event()).isEqualTo("stream.timeout");
    long last = Long.parseLong(got.frames().get(2).id());
    assertThat(end.json().path("next_seq").longValue()).isEqualTo(last + 1);
  }

  @Test
  void clientsThatComeBackWithTheNumberTheySawOrTheOneAfterItMissNothing() {
    send();
    long seen = Long.parseLong(stream("since=0&wait_seconds=5").frames().getFirst().id());
    String next = send();

    assertThat(intents(stream("wait_seconds=5&since=" + seen))).containsExactly(next);
    assertThat(intents(stream("wait_seconds=5&since=" + (seen + 1)))).containsExactly(next);
  }

  @Test
  void whatArrivesWhileTheStreamIsOpenComesAtOnceAndOnlyOnce() {
    CompletableFuture<Got> live = live("wait_seconds=60");
    String id = send();
    long begin = System.nanoTime();

    Got got = live.join();

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
    assertThat(intents(got)).containsExactly(id);
  }

  @Test
  void zeroReplaysWhatIsStillToDoAndNothingElse() {
    String done = send();
    String working = send();
    String waiting = send();
    running.send("POST", "/v1/intents/" + done + "/resume", key, "{\"action\":\"complete\"}").ok();
    running
        .send("POST", "/v1/intents/" + working + "/resume", key, "{\"approve_current_step\":true}")
        .ok();

    Got got = stream("since=0&wait_seconds=5");

    assertThat(intents(got)).containsExactly(working, waiting);
    assertThat(got.frames().getFirst().json().path("status").textValue()).isEqualTo("DELIVERED");
    assertThat(intents(stream("since=0&wait_seconds=5&status=completed"))).containsExactly(done);
    assertThat(intents(stream("since=0&wait_seconds=1&status=nonsense"))).isEmpty();
  }

  @Test
  void whatIsAskedForIsFoundBehindAnyNumberOfOthers() {
    for (int i = 0; i < 120; i++) {
      send();
    }
    String done = send();
    running.send("POST", "/v1/intents/" + done + "/resume", key, "{\"action\":\"complete\"}").ok();

    assertThat(intents(stream("since=0&wait_seconds=5&status=completed"))).containsExactly(done);
    assertThat(intents(stream("since=0&wait_seconds=5"))).hasSize(100);
  }

  @Test
  void aQuestionToPeopleIsNeverHandedToAnAgent() {
    running.create(
        "{\"intent_type\":\"work.do.v1\",\"to_agent\":\"%s\",\"human_task\":{\"title\":\"Sure?\"}}"
            .formatted(name));

    assertThat(intents(stream("since=0&wait_seconds=1"))).isEmpty();
  }

  @Test
  void whatIsHandedOverMovesToTheOtherAgentsStream() {
    String id = send();
    String other = name + "-second";
    String second = running.key(running.register(other).path("service_account_id").textValue());
    String body = "{\"next_handler\":\"%s\"}".formatted(other);
    running.send("POST", "/v1/intents/" + id + "/resume", key, body).ok();

    assertThat(intents(stream("since=0&wait_seconds=1"))).isEmpty();
    assertThat(intents(running.send("GET", path(other) + "?wait_seconds=5", second, "")))
        .containsExactly(id);
  }

  @Test
  void theProbeOfThePublishedCliIsOverBeforeItSubmits() {
    long begin = System.nanoTime();

    Got got = stream("since=0&wait_seconds=1");

    assertThat(Duration.ofNanos(System.nanoTime() - begin))
        .isBetween(Duration.ofMillis(250), Duration.ofMillis(900));
    assertThat(got.frames())
        .containsExactly(new Got.Frame("", "stream.timeout", "{\"ok\":true,\"next_seq\":1}"));
  }

  @Test
  void anIdleStreamLastsItsTimeAndEndsWithWhereItStood() {
    long begin = System.nanoTime();

    Got got = stream("since=7&wait_seconds=2");

    assertThat(Duration.ofNanos(System.nanoTime() - begin))
        .isBetween(Duration.ofMillis(1_900), Duration.ofSeconds(8));
    assertThat(got.frames().getLast().json().path("next_seq").longValue()).isEqualTo(7);
  }

  @Test
  void aNumberBeyondTheEndIsTakenAtItsWord() {
    send();

    assertThat(intents(stream("wait_seconds=1&since=9223372036854775807"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "since=-1",
        "since=x",
        "since=1.5",
        "since=99999999999999999999",
        "wait_seconds=soon"
      })
  void garbageIsRefusedInOneSentence(String query) {
    stream(query).refused(422, "validation_error");
  }

  @Test
  void everySpellingOfAnAddressIsTheSameStream() {
    String id = send();
    String full = running.address(name).substring("agent://".length());
    for (String spelling :
        List.of(
            name,
            full,
            "agent://" + full,
            "agent:/" + full,
            "agent%3A%2F%2F" + full.replace("/", "%2F"),
            full.toUpperCase(Locale.ROOT))) {
      Got got = running.send("GET", path(spelling) + "?wait_seconds=5", key, "");
      assertThat(intents(got)).as(spelling).containsExactly(id);
    }
  }

  @Test
  void onlyTheAgentItselfAndWhoeverAdministersTheWorkspaceMayRead() {
    String id = send();

    running.send("GET", path(name), running.agent(), "").refused(403, "forbidden");
    running.send("GET", path("nobody-here"), key, "").refused(404, "agent_not_found");
    running.send("GET", path(name), "", "").refused(401, "missing_platform_api_key");
    assertThat(intents(running.send("GET", path(name) + "?wait_seconds=5", running.login(), "")))
        .containsExactly(id);
  }

  @Test
  void aLargePayloadIsLeftOutOfTheFrame() {
    send("{\"text\":\"%s\"}".formatted("é".repeat(40_000)));

    Got.Frame frame = stream("since=0&wait_seconds=5").frames().getFirst();

    assertThat(frame.data().length()).isLessThan(64 * 1024);
    assertThat(frame.json().path("truncated").booleanValue()).isTrue();
    assertThat(frame.json().has("payload")).isFalse();
  }

  @Test
  void aRevokedKeyEndsItsOpenStreamWithinASecond() {
    CompletableFuture<Got> live = live("since=0&wait_seconds=60");
    stream("since=0&wait_seconds=1");
    running.send("DELETE", "/v1/service-accounts/" + account, running.login(), "").ok();
    long begin = System.nanoTime();

    Got got = live.join();

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    assertThat(got.frames().getLast().event()).isEqualTo("stream.timeout");
    stream("since=0").refused(401, "invalid_platform_api_key");
  }

  @Test
  void whatWasHandedOutDoesNotFailForWantOfAnAgent() {
    String id = send();
    assertThat(running.intent(id).has("picked_up_at")).isFalse();
    stream("since=0&wait_seconds=5");
    // Commits keep their order: when this one is answered, the note is stored.
    send();

    JsonNode intent = running.intent(id);
    assertThat(intent.path("picked_up_at").textValue()).isNotEmpty();
    assertThat(intent.path("delivery_attempt").intValue()).isOne();
    assertThat(intent.path("status").textValue()).isEqualTo("DELIVERED");
    assertThat(running.events(id)).hasSize(3);
  }

  @Test
  void whatNoAgentEverTookFailsAtItsDeadline() {
    List<Got.Frame> frames = abandoned.join().frames();

    JsonNode undelivered = frames.get(3).json();
    assertThat(undelivered.path("event_type").textValue()).isEqualTo("intent.delivery_failed");
    assertThat(undelivered.path("status").textValue()).isEqualTo("DELIVERED");
    assertThat(undelivered.at("/details/delivery_attempt").textValue()).isEqualTo("1");
    assertThat(undelivered.at("/details/error/code").textValue()).isEqualTo("delivery_failed");
    JsonNode failed = frames.get(4).json();
    assertThat(failed.path("event_type").textValue()).isEqualTo("intent.failed");
    assertThat(failed.at("/details/reason").textValue()).isEqualTo("delivery_failed");
    assertThat(failed.at("/details/error/category").textValue()).isEqualTo("transport");
    assertThat(failed.at("/details/error/retryable").booleanValue()).isTrue();
    JsonNode intent = running.intent(failed.path("intent_id").textValue());
    assertThat(intent.path("status").textValue()).isEqualTo("FAILED");
    assertThat(intent.at("/error/code").textValue()).isEqualTo("delivery_failed");
  }
}
