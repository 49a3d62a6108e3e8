package dev.axme.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Inboxes as far as intents write them (sections 3.6, 7.1, 7.2). */
class ProtocolInboxTest {
  private static final AtomicInteger INBOXES = new AtomicInteger();

  @TempDir private static Path data;
  private static Running running;

  /** An address that nobody registered, and that no other test uses. */
  private String inbox = "";

  @BeforeAll
  static void start() {
    running = Running.start(data);
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  @BeforeEach
  void another() {
    inbox = "agent://examples/inbox-" + INBOXES.incrementAndGet();
  }

  private String send(String members) {
    return running.create("{\"intent_type\":\"work.do.v1\",\"payload\":{\"n\":1}," + members + "}");
  }

  private String sendWithReply() {
    return send("\"to_agent\":\"agent\",\"reply_to\":\"" + inbox + "\"");
  }

  private ObjectNode inbox(String query) {
    return running.get("/v1/inbox?owner_agent=" + inbox + query).ok();
  }

  private List<JsonNode> threads(String query) {
    List<JsonNode> threads = new ArrayList<>();
    inbox(query).path("threads").forEach(threads::add);
    return threads;
  }

  private static List<String> timeline(JsonNode thread) {
    List<String> types = new ArrayList<>();
    thread.path("timeline").forEach(e -> types.add(e.path("event_type").textValue()));
    return types;
  }

  @Test
  void whatIsSentToAnAddressIsAThreadInItsInbox() {
    String id = send("\"to_agent\":\"" + inbox + "\"");

    JsonNode thread = threads("").getFirst();

    assertThat(thread.path("thread_id").textValue()).isEqualTo(id);
    assertThat(thread.path("intent_id").textValue()).isEqualTo(id);
    assertThat(thread.path("status").textValue()).isEqualTo("pending");
    assertThat(thread.path("owner_agent").textValue()).isEqualTo(inbox);
    assertThat(thread.path("to_agent").textValue()).isEqualTo(inbox);
    assertThat(thread.path("from_agent").textValue()).startsWith("agent://");
    assertThat(timeline(thread)).containsExactly("intent_received");
    assertThat(UUID.fromString(thread.at("/timeline/0/event_id").textValue())).isNotNull();
    assertThat(thread.at("/messages/0/content").textValue()).isEqualTo("{\"n\":1}");
  }

  @Test
  void aQuestionToPeopleIsAThreadAndSaysWhatWasDecided() {
    String id = send("\"to_agent\":\"" + inbox + "\",\"human_task\":{\"title\":\"Deploy?\"}");
    assertThat(threads("").getFirst().path("subject").textValue()).isEqualTo("Deploy?");

    running
        .decide(
            "/v1/intents/" + id + "/resume",
            "{\"task_result\":{\"outcome\":\"approved\",\"comment\":\"fine\"}}")
        .ok();

    JsonNode thread = threads("").getFirst();
    assertThat(thread.path("status").textValue()).isEqualTo("done");
    assertThat(timeline(thread)).containsExactly("intent_received", "approved");
    assertThat(thread.at("/timeline/1/details/comment").textValue()).isEqualTo("fine");
  }

  @Test
  void aResolveTellsTheInboxThatWantedTheAnswerAndSaysSo() {
    String id = sendWithReply();
    assertThat(threads("")).isEmpty();

    ObjectNode resolved =
        running
            .post(
                "/v1/intents/" + id + "/resolve",
                "{\"status\":\"COMPLETED\",\"result\":{\"pages\":42}}")
            .ok();

    JsonNode delivery = resolved.path("completion_delivery");
    assertThat(delivery.path("delivered").booleanValue()).isTrue();
    assertThat(delivery.path("reply_to").textValue()).isEqualTo(inbox);
    assertThat(delivery.path("thread_id").textValue()).isEqualTo(id);
    assertThat(delivery.at("/completion/type").textValue()).isEqualTo("intent.completed");
    assertThat(delivery.at("/completion/result/pages").intValue()).isEqualTo(42);
    JsonNode thread = threads("").getFirst();
    assertThat(thread.path("thread_id").textValue()).isEqualTo(id);
    assertThat(thread.path("status").textValue()).isEqualTo("done");
    assertThat(thread.path("from_agent").textValue()).isEqualTo("agent://axme.intent-protocol");
    assertThat(timeline(thread)).containsExactly("intent_completion_delivered");
    assertThat(thread.at("/timeline/0/event_id")).isEqualTo(delivery.path("message_id"));
    assertThat(thread.at("/timeline/0/details/completion")).isEqualTo(delivery.path("completion"));
    assertThat(thread.at("/messages/0/content").textValue()).isEqualTo("{\"pages\":42}");
  }

  @Test
  void aLargeResultIsLeftOutOfTheThreadAndKeptInTheIntent() {
    String id = sendWithReply();
    String text = "x".repeat(20_000);
    String body = "{\"status\":\"COMPLETED\",\"result\":{\"text\":\"%s\"}}".formatted(text);
    ObjectNode resolved = running.post("/v1/intents/" + id + "/resolve", body).ok();

    JsonNode thread = threads("").getFirst();

    assertThat(resolved.at("/completion_delivery/completion/result/text").textValue())
        .isEqualTo(text);
    assertThat(thread.at("/timeline/0/details/completion/truncated").booleanValue()).isTrue();
    assertThat(thread.at("/messages/0/truncated").booleanValue()).isTrue();
    assertThat(thread.toString().length()).isLessThan(2_000);
    assertThat(running.intent(id).at("/result/text").textValue()).isEqualTo(text);
  }

  @Test
  void withoutReplyToNobodyIsTold() {
    ObjectNode resolved =
        running
            .post("/v1/intents/" + running.mail() + "/resolve", "{\"status\":\"COMPLETED\"}")
            .ok();

    assertThat(resolved.path("completion_delivery").toString())
        .isEqualTo("{\"delivered\":false,\"reason\":\"reply_to_not_set\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "resume {\"action\":\"complete\",\"a\":1}",
        "resume {\"action\":\"fail\",\"reason\":\"no\"}",
        "resolve {\"status\":\"CANCELED\",\"reason\":\"no\"}"
      })
  void anyOtherEndTellsItToo(String call) {
    String id = sendWithReply();

    running
        .post(
            "/v1/intents/" + id + "/" + call.substring(0, call.indexOf(' ')),
            call.substring(call.indexOf(' ') + 1))
        .ok();

    assertThat(timeline(threads("").getFirst())).containsExactly("intent_completion_delivered");
  }

  @Test
  void oneWhoAsksForAnAnswerToTheirOwnInboxHasOneThread() {
    String members = "\"to_agent\":\"%s\",\"reply_to\":\"%s\"".formatted(inbox, inbox);
    String id = send(members);
    running.post("/v1/intents/" + id + "/resolve", "{\"status\":\"COMPLETED\"}").ok();

    List<JsonNode> threads = threads("");

    assertThat(threads).hasSize(1);
    assertThat(timeline(threads.getFirst()))
        .containsExactly("intent_received", "intent_completion_delivered");
  }

  @Test
  void threadsAreFilteredByStatusAndPaged() {
    String first = send("\"to_agent\":\"" + inbox + "\"");
    String second = send("\"to_agent\":\"" + inbox + "\"");
    running.post("/v1/intents/" + first + "/resolve", "{\"status\":\"COMPLETED\"}").ok();

    assertThat(threads("&status=done")).extracting(ProtocolInboxTest::id).containsExactly(first);
    assertThat(threads("&status=pending"))
        .extracting(ProtocolInboxTest::id)
        .containsExactly(second);
    assertThat(threads("&status=unread")).hasSize(2);
    assertThat(threads("")).extracting(ProtocolInboxTest::id).containsExactly(first, second);
    ObjectNode page = inbox("&limit=1");
    assertThat(id(page.at("/threads/0"))).isEqualTo(second);
    String cursor = page.path("next_cursor").textValue();
    assertThat(threads("&limit=1&cursor=" + cursor))
        .extracting(ProtocolInboxTest::id)
        .containsExactly(first);
  }

  private static String id(JsonNode thread) {
    return thread.path("thread_id").textValue();
  }

  @Test
  void changesComeInOrderAndGoOnAfterTheirCursor() {
    String received = send("\"to_agent\":\"" + inbox + "\"");
    String asked = sendWithReply();
    running.post("/v1/intents/" + asked + "/resolve", "{\"status\":\"COMPLETED\"}").ok();

    ObjectNode one = running.get("/v1/inbox/changes?limit=1&owner_agent=" + inbox).ok();
    assertThat(id(one.at("/changes/0/thread"))).isEqualTo(received);
    assertThat(one.path("has_more").booleanValue()).isTrue();
    String cursor = one.path("next_cursor").textValue();
    assertThat(cursor).endsWith(":" + received);

    ObjectNode two =
        running.get("/v1/inbox/changes?owner_agent=" + inbox + "&cursor=" + cursor).ok();
    assertThat(id(two.at("/changes/0/thread"))).isEqualTo(asked);
    assertThat(two.path("changes")).hasSize(1);
    assertThat(two.path("has_more").booleanValue()).isFalse();
  }

  @Test
  void aThreadIsReadByItsOwnerOnly() {
    String id = send("\"to_agent\":\"" + inbox + "\"");

    ObjectNode read = running.get("/v1/inbox/" + id + "?owner_agent=" + inbox).ok();
    assertThat(read.at("/thread/thread_id").textValue()).isEqualTo(id);
    assertThat(read.path("messages")).isEqualTo(read.at("/thread/messages"));
    running.get("/v1/inbox/" + id).refused(403, "forbidden");
    running.get("/v1/inbox/" + Running.nobody()).refused(404, "not_found");
    running.get("/v1/inbox/nonsense").refused(404, "not_found");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/inbox?status=nonsense",
        "/v1/inbox?limit=0",
        "/v1/inbox?cursor=nonsense",
        "/v1/inbox/changes?cursor=zz",
        "/v1/inbox/changes?cursor=1:2",
        "/v1/inbox/changes?limit=-1"
      })
  void garbageIsRefused(String path) {
    running.get(path).refused(422, "validation_error");
  }
}
