package dev.axme.bench.trouble;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.axme.bench.process.Launch;
import dev.axme.bench.trouble.Running.Answer;
import dev.axme.store.testing.PostgresServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two servers, each a process of its own, on one PostgreSQL: both are asked over HTTP before either
 * has answered.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TwoServersTest {
  private static final int ROUNDS = 60;

  private final List<AutoCloseable> opened = new ArrayList<>();
  private Running one;
  private Running two;

  @BeforeAll
  void start(@TempDir Path directory) {
    PostgresServer database = opened(PostgresServer.start(Map.of()));
    String url = database.url(database.newDatabase());
    one = opened(Running.start(Launch.postgres(directory.resolve("one"), url)));
    two = opened(one.beside(Launch.postgres(directory.resolve("two"), url)));
  }

  private <T extends AutoCloseable> T opened(T what) {
    opened.add(what);
    return what;
  }

  @AfterAll
  void stop() throws Exception {
    for (AutoCloseable last : opened.reversed()) {
      last.close();
    }
  }

  /** What each of the two answered. */
  private record Answers(Answer one, Answer two) {
    List<Integer> statuses() {
      return Stream.of(one, two).map(Answer::status).sorted().toList();
    }

    Answer with(int status) {
      return one.status() == status ? one : two;
    }
  }

  /** Asks both at once; each is the first to hear of it in every second round. */
  private Answers both(int round, Ask first, Ask second) throws Exception {
    CompletableFuture<Answer> a;
    CompletableFuture<Answer> b;
    if (round % 2 == 0) {
      a = first.of(one);
      b = second.of(two);
    } else {
      b = second.of(two);
      a = first.of(one);
    }
    return new Answers(a.get(60, TimeUnit.SECONDS), b.get(60, TimeUnit.SECONDS));
  }

  private interface Ask {
    CompletableFuture<Answer> of(Running server);
  }

  @Test
  void oneKeyAndOneRequestMakeOneIntentAndTheSameBytes() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      UUID key = UUID.randomUUID();

      Answers answers = both(round, create(key, "same"), create(key, "same"));

      assertThat(answers.statuses()).as("round %s: %s", round, answers).containsOnly(200);
      assertThat(answers.two().text()).isEqualTo(answers.one().text());
      String intent = answers.one().body().path("intent_id").asText();
      assertThat(intents(one, key)).containsExactly(intent);
      assertThat(intents(two, key)).containsExactly(intent);
    }
  }

  @Test
  void oneKeyAndTwoRequestsMakeOneIntentAndOneConflict() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      UUID key = UUID.randomUUID();

      Answers answers = both(round, create(key, "this"), create(key, "that"));

      assertThat(answers.statuses()).as("round %s: %s", round, answers).containsExactly(200, 409);
      assertThat(answers.with(409).code()).isEqualTo("idempotency_conflict");
      String intent = answers.with(200).body().path("intent_id").asText();
      assertThat(intents(one, key)).containsExactly(intent);
      assertThat(intents(two, key)).containsExactly(intent);
    }
  }

  @Test
  void ofTwoPeopleAtTwoServersOneDecides() throws Exception {
    String ann = person("ann@example.com");
    String ben = person("ben@example.com");
    for (int round = 0; round < ROUNDS; round++) {
      String intent = one.create(UUID.randomUUID()).body().path("intent_id").asText();

      Answers answers =
          both(round, decide(intent, ann, "approved"), decide(intent, ben, "rejected"));

      assertThat(answers.statuses()).as("round %s: %s", round, answers).containsExactly(200, 409);
      assertThat(answers.with(409).code()).isEqualTo("intent_terminal");
      boolean annWon = answers.one().status() == 200;
      String decider = annWon ? "ann@example.com" : "ben@example.com";
      assertThat(answers.with(409).body().at("/error/details/decided_by").asText())
          .isEqualTo(decider);
      assertThat(endings(one, intent)).containsExactly(annWon ? "COMPLETED" : "FAILED");
      assertThat(two.get("/v1/intents/" + intent + "/events"))
          .isEqualTo(one.get("/v1/intents/" + intent + "/events"));
    }
  }

  private Ask create(UUID key, String note) {
    String body =
        """
        {"intent_type":"human_approval","to_agent":"agent://approver","correlation_id":"%s",\
        "payload":{"task":"Deploy model v2.3 to production","note":"%s"}}"""
            .formatted(key, note);
    return server ->
        server.post("/v1/intents", one.agentKey(), body, "Idempotency-Key", key.toString());
  }

  private static Ask decide(String intent, String key, String outcome) {
    String body = "{\"task_result\":{\"outcome\":\"" + outcome + "\"}}";
    return server -> server.post("/v1/intents/" + intent + "/resume", key, body);
  }

  /** A new person's key, made at the first server. */
  private String person(String email) throws Exception {
    String body = "{\"email\":\"" + email + "\"}";
    Answer added = one.post("/v1/people", one.loginKey(), body).get(60, TimeUnit.SECONDS);
    assertThat(added.status()).as(added.text()).isEqualTo(200);
    return added.body().path("login_key").asText();
  }

  private static List<String> intents(Running server, UUID key) throws Exception {
    return each(server.get("/v1/intents?correlation_id=" + key).body().path("intents"))
        .map(intent -> intent.path("intent_id").asText())
        .toList();
  }

  /** The final statuses in the log: one for each time that somebody decided. */
  private static List<String> endings(Running server, String intent) throws Exception {
    return each(server.get("/v1/intents/" + intent + "/events").body().path("events"))
        .map(event -> event.path("status").asText())
        .filter(List.of("COMPLETED", "FAILED")::contains)
        .toList();
  }

  private static Stream<JsonNode> each(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }
}
