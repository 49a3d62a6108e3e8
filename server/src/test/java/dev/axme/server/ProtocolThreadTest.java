package dev.axme.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is done to threads that decides nothing (section 7.2). */
class ProtocolThreadTest {
  private static final AtomicInteger INBOXES = new AtomicInteger();

  @TempDir private static Path data;
  private static Running running;

  /** Addresses that nobody registered, and that no other test uses. */
  private String ann = "";

  private String bob = "";

  @BeforeAll
  static void start() {
    running = Running.start(data);
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  @BeforeEach
  void others() {
    ann = "agent://examples/ann-" + INBOXES.incrementAndGet();
    bob = ann.replace("ann", "bob");
  }

  private static String sendTo(String inbox) {
    return running.create(
        "{\"intent_type\":\"work.do.v1\",\"payload\":{\"n\":1},\"to_agent\":\"%s\"}"
            .formatted(inbox));
  }

  private static Got act(String owner, String thread, String verb, String body, String... headers) {
    return running.post(
        "/v1/inbox/" + thread + "/" + verb + "?owner_agent=" + owner, body, headers);
  }

  private static JsonNode said(String owner, String thread, String message) {
    return act(owner, thread, "reply", "{\"message\":\"%s\"}".formatted(message))
        .ok()
        .path("thread");
  }

  private static JsonNode thread(String owner, String thread) {
    return running.get("/v1/inbox/" + thread + "?owner_agent=" + owner).ok().path("thread");
  }

  private static List<JsonNode> threads(String owner, String query) {
    List<JsonNode> threads = new ArrayList<>();
    running
        .get("/v1/inbox?owner_agent=" + owner + query)
        .ok()
        .path("threads")
        .forEach(threads::add);
    return threads;
  }

  private static List<String> texts(JsonNode nodes, String field) {
    List<String> texts = new ArrayList<>();
    nodes.forEach(n -> texts.add(n.path(field).asText()));
    return texts;
  }

  private static List<String> timeline(JsonNode thread) {
    return texts(thread.path("timeline"), "event_type");
  }

  private static List<String> contents(JsonNode thread) {
    return texts(thread.path("messages"), "content");
  }

  @Test
  void aReplyReachesWhoeverSentTheIntent() {
    String id = sendTo(ann);
    String sender = running.address("agent");

    JsonNode replied = said(ann, id, "Which month?");
    JsonNode answered = said(sender, id, "November");

    assertThat(replied.path("status").textValue()).isEqualTo("active");
    assertThat(replied.path("unread").booleanValue()).isFalse();
    assertThat(timeline(replied)).containsExactly("intent_received", "reply");
    assertThat(answered.path("to_agent").textValue()).isEqualTo(ann);
    assertThat(contents(thread(ann, id))).containsExactly("{\"n\":1}", "Which month?", "November");
    assertThat(texts(thread(ann, id).path("messages"), "role"))
        .containsExactly("user", "agent", "user");
    assertThat(thread(ann, id).path("unread").booleanValue()).isTrue();
    assertThat(texts(running.get("/v1/inbox").ok().path("threads"), "thread_id")).contains(id);
    assertThat(running.intent(id).path("status").textValue()).isEqualTo("DELIVERED");
  }

  @Test
  void aReplyToAnUnknownIdBeginsAThread() {
    String id = Running.nobody();

    JsonNode begun = said(ann, id, "Hello\\nthere");

    assertThat(begun.path("thread_id").textValue()).isEqualTo(id);
    assertThat(begun.path("intent_id").textValue()).isEqualTo(id);
    assertThat(begun.path("status").textValue()).isEqualTo("active");
    assertThat(begun.path("owner_agent").textValue()).isEqualTo(ann);
    assertThat(begun.path("from_agent").textValue()).isEqualTo(ann);
    assertThat(begun.path("subject").textValue()).isEqualTo("Hello");
    assertThat(timeline(begun)).containsExactly("reply");
    assertThat(threads(ann, "&status=active"))
        .extracting(t -> t.path("thread_id").textValue())
        .containsExactly(id);
    act(bob, id, "reply", "{\"message\":\"mine?\"}").refused(403, "forbidden");
    running.get("/v1/inbox/" + id + "?owner_agent=" + bob).refused(403, "forbidden");
    running.get("/v1/intents/" + id).refused(404, "not_found");
  }

  @Test
  void aThreadOfAnotherInboxTakesNothing() {
    String id = sendTo(ann);

    for (String verb : List.of("reply", "read", "delegate", "approve", "messages/delete")) {
      act(bob, id, verb, "{\"message\":\"x\",\"delegate_to\":\"carl\",\"limit\":1}")
          .refused(403, "forbidden");
    }

    assertThat(timeline(thread(ann, id))).containsExactly("intent_received");
  }

  @Test
  void whatIsUnknownCanOnlyBeBegun() {
    for (String verb : List.of("read", "approve", "reject", "messages/delete")) {
      act(ann, Running.nobody(), verb, "{\"limit\":1}").refused(404, "not_found");
      act(ann, "nonsense", verb, "{\"limit\":1}").refused(404, "not_found");
    }
    act(ann, "nonsense", "reply", "{\"message\":\"x\"}").refused(404, "not_found");
  }

  @Test
  void readingIsSeenOnceAndUndoneByWhatComesNext() {
    String id = sendTo(ann);
    assertThat(threads(ann, "&status=unread")).hasSize(1);

    JsonNode read = act(ann, id, "read", "").ok().path("thread");
    act(ann, id, "read", "{}").ok();

    assertThat(read.path("unread").booleanValue()).isFalse();
    assertThat(read.path("status").textValue()).isEqualTo("pending");
    assertThat(timeline(thread(ann, id))).containsExactly("intent_received", "read");
    assertThat(threads(ann, "&status=unread")).isEmpty();
    assertThat(threads(ann, "&status=pending")).hasSize(1);
    said(running.address("agent"), id, "ping");
    assertThat(threads(ann, "&status=unread")).hasSize(1);
  }

  @Test
  void aDelegatedThreadIsInBothInboxes() {
    String id = sendTo(ann);

    JsonNode delegated =
        act(ann, id, "delegate", "{\"delegate_to\":\"%s\",\"note\":\"yours\"}".formatted(bob))
            .ok()
            .path("thread");

    assertThat(delegated.path("status").textValue()).isEqualTo("active");
    assertThat(delegated.at("/timeline/1/details/delegate_to").textValue()).isEqualTo(bob);
    assertThat(delegated.at("/timeline/1/details/note").textValue()).isEqualTo("yours");
    assertThat(threads(ann, "")).hasSize(1);
    JsonNode theirs = threads(bob, "&status=unread").getFirst();
    assertThat(theirs.path("owner_agent").textValue()).isEqualTo(bob);
    assertThat(contents(theirs)).containsExactly("{\"n\":1}");
    said(bob, id, "on it");
    assertThat(contents(thread(ann, id))).contains("on it");
    act(bob, id, "delegate", "{\"delegate_to\":\"%s\"}".formatted(ann)).ok();
    act(ann, id, "delegate", "{\"delegate_to\":\"%s\"}".formatted(bob)).ok();
    assertThat(threads(ann, "")).hasSize(1);
    assertThat(threads(bob, "")).hasSize(1);
  }

  @Test
  void anUnknownThreadCanBeDelegated() {
    String id = Running.nobody();

    act(ann, id, "delegate", "{\"delegate_to\":\"%s\",\"note\":\"n\"}".formatted(bob)).ok();

    assertThat(timeline(thread(bob, id))).containsExactly("delegated");
    assertThat(thread(bob, id).path("from_agent").textValue()).isEqualTo(ann);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "reply|{}|validation_error",
        "reply|{\"message\":\"  \"}|validation_error",
        "reply|{\"message\":7}|validation_error",
        "reply|{\"message\":\"LONG131073\"}|validation_error",
        "delegate|{}|validation_error",
        "delegate|{\"delegate_to\":\"\"}|validation_error",
        "delegate|{\"delegate_to\":\"ab\"}|validation_error",
        "delegate|{\"delegate_to\":\"ANN\"}|validation_error",
        "delegate|{\"delegate_to\":\"agent_core\"}|validation_error",
        "delegate|{\"delegate_to\":\"a/b/c/d/e\"}|invalid_agent_address",
        "delegate|{\"delegate_to\":\"BOB\",\"note\":\"LONG2001\"}|validation_error",
        "approve|{\"comment\":\"LONG2001\"}|validation_error",
        "reject|{\"comment\":[]}|validation_error",
        "messages/delete|{}|validation_error",
        "messages/delete|{\"mode\":\"all\",\"limit\":1}|validation_error",
        "messages/delete|{\"mode\":\"self\",\"limit\":101}|validation_error",
        "messages/delete|{\"mode\":\"self\",\"limit\":0}|validation_error",
        "messages/delete|{\"message_ids\":[]}|validation_error",
        "messages/delete|{\"message_ids\":\"x\"}|validation_error",
        "messages/delete|{\"message_ids\":[\"x\"],\"limit\":1}|validation_error",
      })
  void badInputIsRefusedAndChangesNothing(String verb, String body, String code) {
    String id = sendTo(ann);
    String sent =
        body.replace("ANN", ann)
            .replace("BOB", bob)
            .replace("LONG131073", "x".repeat(131_073))
            .replace("LONG2001", "x".repeat(2_001));

    act(ann, id, verb, sent).refused(422, code);
    act(ann, id, verb, "[1]").refused(422, "validation_error");
    act(ann, id, verb, "{").refused(400, "bad_request");

    assertThat(timeline(thread(ann, id))).containsExactly("intent_received");
    assertThat(threads(bob, "")).isEmpty();
  }

  @Test
  void theLongestReplyIsKeptAndLeftOutOfLists() {
    String id = sendTo(ann);
    String longest = "\u00e9".repeat(131_072);

    JsonNode replied = said(ann, id, longest);

    assertThat(contents(replied).getLast()).isEqualTo(longest);
    JsonNode listed = threads(ann, "").getFirst();
    assertThat(listed.at("/messages/1/truncated").booleanValue()).isTrue();
    assertThat(listed.toString().length()).isLessThan(3_000);
  }

  @Test
  void deletedMessagesAreGoneForOneOrForAll() {
    String id = sendTo(ann);
    String sender = running.address("agent");
    said(ann, id, "one");
    JsonNode thread = said(ann, id, "two");
    String two = thread.at("/messages/2/message_id").textValue();

    ObjectNode self =
        act(
                ann,
                id,
                "messages/delete",
                "{\"mode\":\"self\",\"message_ids\":[\"%s\"]}".formatted(two))
            .ok();

    assertThat(self.path("mode").textValue()).isEqualTo("self");
    assertThat(self.path("deleted_count").intValue()).isEqualTo(1);
    assertThat(self.at("/message_ids/0").textValue()).isEqualTo(two);
    assertThat(contents(self.path("thread"))).containsExactly("{\"n\":1}", "one");
    assertThat(timeline(self.path("thread"))).endsWith("messages_deleted");
    assertThat(contents(thread(sender, id))).containsExactly("{\"n\":1}", "one", "two");
    assertThat(timeline(thread(sender, id))).doesNotContain("messages_deleted");

    ObjectNode both = act(sender, id, "messages/delete", "{\"mode\":\"both\",\"limit\":2}").ok();

    assertThat(both.path("deleted_count").intValue()).isEqualTo(2);
    assertThat(contents(thread(ann, id))).containsExactly("{\"n\":1}");
    assertThat(contents(thread(sender, id))).containsExactly("{\"n\":1}");
    assertThat(timeline(thread(ann, id)))
        .containsExactly(
            "intent_received", "reply", "reply", "messages_deleted", "messages_deleted");
    act(ann, id, "messages/delete", "{\"mode\":\"both\",\"limit\":100}").ok();
    assertThat(contents(thread(sender, id))).isEmpty();
    assertThat(timeline(thread(sender, id))).isNotEmpty();
    ObjectNode none =
        act(ann, id, "messages/delete", "{\"message_ids\":[\"%s\",\"x\"]}".formatted(two)).ok();
    assertThat(none.path("deleted_count").intValue()).isZero();
    assertThat(running.intent(id).at("/payload/n").intValue()).isEqualTo(1);
  }

  @Test
  void aRepeatWithItsKeyDoesNothingTwice() {
    String id = sendTo(ann);
    String[] key = {"Idempotency-Key", "k-" + id};
    String hello = "{\"message\":\"hello\"}";

    JsonNode first = act(ann, id, "reply", hello, key).ok().path("thread");
    JsonNode again = act(ann, id, "reply", hello, key).ok().path("thread");

    assertThat(again).isEqualTo(first);
    assertThat(contents(again)).containsExactly("{\"n\":1}", "hello");
    act(ann, id, "reply", "{\"message\":\"bye\"}", key).refused(409, "idempotency_conflict");
    String delete = "{\"mode\":\"both\",\"limit\":1}";
    ObjectNode deleted = act(ann, id, "messages/delete", delete, key).ok();
    assertThat(act(ann, id, "messages/delete", delete, key).ok()).isEqualTo(deleted);
    assertThat(deleted.path("deleted_count").intValue()).isEqualTo(1);
    assertThat(contents(thread(ann, id))).containsExactly("{\"n\":1}");
  }

  @Test
  void manyRepliersAtOnceAllComeThrough() throws Exception {
    String id = Running.nobody();
    String sent = sendTo(ann);
    List<Future<?>> replies = new ArrayList<>();
    try (ExecutorService repliers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 20; i++) {
        String text = "m" + i;
        String once = "{\"message\":\"once\"}";
        replies.add(repliers.submit(() -> said(ann, id, text)));
        replies.add(repliers.submit(() -> said(ann, sent, text)));
        replies.add(
            repliers.submit(() -> act(ann, sent, "reply", once, "Idempotency-Key", "once").ok()));
      }
    }
    for (Future<?> reply : replies) {
      reply.get();
    }

    assertThat(contents(thread(ann, id))).hasSize(20).doesNotHaveDuplicates();
    assertThat(contents(thread(ann, sent))).hasSize(22).doesNotHaveDuplicates();
  }

  @Test
  void aReplyAfterTheEndIsKeptAndTheThreadIsActiveAgain() {
    String id = sendTo(ann);
    said(ann, id, "before");
    running.post("/v1/intents/" + id + "/resolve", "{\"status\":\"COMPLETED\"}").ok();
    assertThat(thread(ann, id).path("status").textValue()).isEqualTo("done");

    JsonNode after = said(ann, id, "thanks");

    assertThat(after.path("status").textValue()).isEqualTo("active");
    assertThat(running.intent(id).path("status").textValue()).isEqualTo("COMPLETED");
  }

  @Test
  void changesTellOfActsInOrderAndGoOnAfterTheirCursor() {
    String one = sendTo(ann);
    String two = sendTo(ann);
    said(ann, one, "a");

    ObjectNode all = running.get("/v1/inbox/changes?owner_agent=" + ann).ok();
    assertThat(all.path("changes"))
        .extracting(c -> c.at("/thread/thread_id").textValue())
        .containsExactly(one, two, one);
    String cursor = all.at("/changes/1/cursor").textValue();
    ObjectNode rest =
        running.get("/v1/inbox/changes?owner_agent=" + ann + "&cursor=" + cursor).ok();
    assertThat(rest.path("changes")).hasSize(1);
    String last = rest.path("next_cursor").textValue();
    assertThat(last).endsWith(":" + one);
    String next = "/v1/inbox/changes?limit=1&owner_agent=" + ann + "&cursor=" + last;
    assertThat(running.get(next).ok().path("changes")).isEmpty();
    act(ann, two, "read", "").ok();
    assertThat(running.get(next).ok().at("/changes/0/thread/unread").booleanValue()).isFalse();
  }

  @Test
  void aFollowerMissesNothingWhileManyWrite() throws Exception {
    List<Future<?>> writers = new ArrayList<>();
    List<String> begun = new ArrayList<>();
    List<Long> positions = new ArrayList<>();
    List<String> seen = new ArrayList<>();
    String cursor = "";
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 40; i++) {
        String id = Running.nobody();
        begun.add(id);
        writers.add(threads.submit(() -> said(ann, id, "x")));
        writers.add(threads.submit(() -> sendTo(ann)));
      }
      boolean more = true;
      while (more) {
        more = writers.stream().anyMatch(w -> !w.isDone());
        ObjectNode page = running.get("/v1/inbox/changes?limit=3&owner_agent=" + ann + cursor).ok();
        for (JsonNode change : page.path("changes")) {
          String place = change.path("cursor").textValue();
          positions.add(Long.valueOf(place.substring(0, place.indexOf(':'))));
          seen.add(change.at("/thread/thread_id").textValue());
          cursor = "&cursor=" + place;
          more = true;
        }
      }
    }
    for (Future<?> writer : writers) {
      writer.get();
    }

    assertThat(seen).hasSize(80).doesNotHaveDuplicates().containsAll(begun);
    assertThat(positions).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void aThreadStandsOnOnePageHoweverOftenSomethingCame() {
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      String members = "\"to_agent\":\"%s\",\"reply_to\":\"%s\"".formatted(ann, ann);
      sent.add(running.create("{\"intent_type\":\"work.do.v1\"," + members + "}"));
    }
    for (String id : sent.subList(0, 4)) {
      running.post("/v1/intents/" + id + "/resolve", "{\"status\":\"COMPLETED\"}").ok();
    }
    said(ann, sent.get(1), "late");

    List<String> found = new ArrayList<>();
    String cursor = "";
    do {
      ObjectNode page = running.get("/v1/inbox?limit=2&owner_agent=" + ann + cursor).ok();
      found.addAll(texts(page.path("threads"), "thread_id"));
      cursor =
          page.path("next_cursor").isNull() ? "" : "&cursor=" + page.path("next_cursor").asText();
    } while (!cursor.isEmpty());

    assertThat(found).containsExactlyInAnyOrderElementsOf(sent);
    assertThat(threads(ann, "")).hasSize(7);
  }
}
