package dev.axme.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agents that know nothing of workflows take part in one (sections 2.3, 3.7 and 3.10). */
class OldAgentsTest {
  @TempDir private static Path data;
  private static Running running;
  private static PublishedCli cli;

  @BeforeAll
  static void start() {
    running = Running.start(data);
    cli = new PublishedCli(running.server().baseUrl(), running.login());
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  private static String bundle(String agent) {
    return PublishedExamples.DELIVERY_STREAM.replace("stream-report-agent", agent);
  }

  private static CompletableFuture<Got> body(String agent) {
    String path = "/v1/agents/" + agent + "/intents/stream?since=0&wait_seconds=15";
    return CompletableFuture.supplyAsync(
        () -> running.send("GET", path, cli.keyOf(agent), ""), PublishedCli.BESIDE);
  }

  private static ObjectNode get(String intent, String agent) {
    return running.send("GET", "/v1/intents/" + intent, cli.keyOf(agent), "").ok();
  }

  private static Got resume(String intent, String agent, String body) {
    String path = "/v1/intents/" + intent + "/resume?owner_agent=" + agent;
    return running.send("POST", path, cli.keyOf(agent), body);
  }

  /** One that wants its fields in the payload, and the payload at the top of the answer. */
  @Test
  void anAgentThatReadsTheTopFindsTheFieldsOfItsBusiness() {
    cli.apply(bundle("old-mirror"));
    String step = body("old-mirror").join().frames().getFirst().json().path("intent_id").asText();

    ObjectNode read = get(step, "old-mirror");

    assertThat(read.at("/payload/report").textValue()).isEqualTo("weekly");
    assertThat(read.at("/payload/month").intValue()).isEqualTo(11);
    assertThat(read.path("intent_id").textValue()).isEqualTo(step);
    assertThat(read.path("intent_type").textValue()).isEqualTo("report.build.v1");
    assertThat(read.path("status").textValue()).isEqualTo("DELIVERED");
    resume(step, "old-mirror", "{\"outcome\":\"success\",\"result\":{\"pages\":1}}").ok();
    assertThat(get(step, "old-mirror").at("/result/result/pages").intValue()).isOne();
  }

  /** One that is started with the only id that the command line prints: the workflow's. */
  @Test
  void anAgentThatIsGivenTheParentsIdFinishesItsStepByIt() {
    String parent = cli.apply(bundle("old-parent"));

    ObjectNode read = get(parent, "old-parent");
    ObjectNode answer = resume(parent, "old-parent", "{\"action\":\"complete\",\"pages\":3}").ok();

    assertThat(read.at("/payload/report").textValue()).isEqualTo("weekly");
    assertThat(answer.path("applied").booleanValue()).isTrue();
    JsonNode end = cli.intent(parent);
    assertThat(end.path("status").textValue()).isEqualTo("COMPLETED");
    assertThat(end.at("/result/pages").intValue()).isEqualTo(3);
    String step = end.at("/steps/0/intent_id").textValue();
    assertThat(cli.intent(step).path("status").textValue()).isEqualTo("COMPLETED");
    assertThat(running.story(step)).endsWith("intent.completed COMPLETED").hasSize(5);
  }

  @Test
  void anotherAgentFinishesNothingByTheParentsId() {
    String parent = cli.apply(bundle("old-holder"));
    cli.apply(bundle("old-other"));
    String step = cli.intent(parent).at("/steps/0/intent_id").textValue();

    resume(parent, "old-other", "{\"action\":\"complete\"}").refused(403, "forbidden");
    resume(step, "old-other", "{\"action\":\"complete\"}").refused(403, "forbidden");

    assertThat(cli.intent(parent).path("status").textValue()).isEqualTo("WAITING");
  }

  /** Clients of two languages look at a stream only once it has ended. */
  @Test
  void anAgentThatReadsTheWholeStreamHasItsWorkAtOnce() {
    cli.provision(PublishedCli.json(bundle("old-whole")));
    CompletableFuture<Got> body = body("old-whole");
    running.awaitStreams(1, Duration.ofSeconds(10));
    cli.apply(bundle("old-whole"));
    long applied = System.nanoTime();

    Got got = body.join();

    assertThat(Duration.ofNanos(System.nanoTime() - applied)).isLessThan(Duration.ofSeconds(2));
    assertThat(got.frames().getFirst().event()).isEqualTo("intent.delivered");
    assertThat(got.frames().getLast().event()).isEqualTo("stream.timeout");
  }

  /** Some end their part by resolve. */
  @Test
  void anAgentThatResolvesItsStepFinishesIt() {
    String parent = cli.apply(bundle("old-resolve"));
    String step = cli.intent(parent).at("/steps/0/intent_id").textValue();
    String body = "{\"status\":\"COMPLETED\",\"result\":{\"pages\":9}}";

    running.send("POST", "/v1/intents/" + step + "/resolve", cli.keyOf("old-resolve"), body).ok();

    assertThat(cli.intent(parent).path("status").textValue()).isEqualTo("COMPLETED");
    assertThat(cli.intent(parent).at("/result/pages").intValue()).isEqualTo(9);
  }
}
