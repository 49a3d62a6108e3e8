package dev.axme.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The event stream, frame by frame (section 3.5). */
class ProtocolStreamTest {
  private static final int LONGEST_LINE = 64 * 1024;

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

  private static Got stream(String id, String query) {
    return running.get("/v1/intents/" + id + "/events/stream?" + query);
  }

  @Test
  void historyComesAtOnceThenTheTimeoutThenTheEnd() {
    String id = running.mail();
    long begin = System.nanoTime();

    Got got = stream(id, "wait_seconds=1");

    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    assertThat(took).isBetween(Duration.ofMillis(800), Duration.ofSeconds(6));
    assertThat(got.status()).isEqualTo(200);
    assertThat(got.header("content-type").orElse("")).startsWith("text/event-stream");
    assertThat(got.header("cache-control")).hasValue("no-cache");
    assertThat(got.header("x-accel-buffering")).hasValue("no");
    assertThat(got.header("content-encoding")).isEmpty();
    List<Got.Frame> frames = got.frames();
    assertThat(frames).extracting(Got.Frame::id).containsExactly("1", "2", "3", "");
    assertThat(frames.getLast())
        .isEqualTo(new Got.Frame("", "stream.timeout", "{\"ok\":true,\"next_seq\":4}"));
    assertThat(got.body()).endsWith("\n\n").doesNotContain("\r");
  }

  @Test
  void aFrameIsTheEventAsTheListShowsIt() {
    String id = running.ask();

    List<JsonNode> streamed = new ArrayList<>();
    for (Got.Frame frame : stream(id, "wait_seconds=1").frames()) {
      if (!frame.event().equals("stream.timeout")) {
        streamed.add(frame.json());
        assertThat(frame.event()).isEqualTo(frame.json().path("event_type").textValue());
        assertThat(frame.id()).isEqualTo(frame.json().path("seq").toString());
      }
    }

    assertThat(streamed).isEqualTo(running.events(id));
  }

  @Test
  void aLiveEventArrivesAndATerminalOneClosesAtOnce() {
    String id = running.ask();
    CompletableFuture<Got> stream =
        running.stream("/v1/intents/" + id + "/events/stream?since=4&wait_seconds=60");

    long begin = System.nanoTime();
    running.decide("/v1/intents/" + id + "/resume", "{\"approved\":true}").ok();
    List<Got.Frame> frames = stream.join().frames();

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
    assertThat(frames)
        .extracting(Got.Frame::event)
        .containsExactly("intent.in_progress", "intent.completed");
    assertThat(frames.getLast().json().at("/data/approved").booleanValue()).isTrue();
  }

  @Test
  void historyThatEndsCloseAtOnceWithoutATimeout() {
    String id = running.mail();
    running.post("/v1/intents/" + id + "/resolve", "{\"status\":\"COMPLETED\"}").ok();

    List<Got.Frame> frames = stream(id, "wait_seconds=60").frames();

    assertThat(frames.getLast().event()).isEqualTo("intent.completed");
    assertThat(frames).hasSize(4);
  }

  @Test
  void anEndedIntentWithNothingNewIsHeldUntilTheTimeout() {
    String id = running.mail();
    running.post("/v1/intents/" + id + "/resolve", "{\"status\":\"COMPLETED\"}").ok();
    for (String since : List.of("4", "5", "99")) {
      long begin = System.nanoTime();
      List<Got.Frame> frames = stream(id, "wait_seconds=1&since=" + since).frames();
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(800));
      assertThat(frames)
          .containsExactly(new Got.Frame("", "stream.timeout", "{\"ok\":true,\"next_seq\":5}"));
    }
  }

  @Test
  void aSinceBeyondTheNewestCountsAsTheNewest() {
    String id = running.ask();
    CompletableFuture<Got> cli =
        running.stream("/v1/intents/" + id + "/events/stream?since=5&wait_seconds=30");
    CompletableFuture<Got> far =
        running.stream("/v1/intents/" + id + "/events/stream?since=1000&wait_seconds=30");
    // When a later stream has run its time, these two have long read what is there.
    stream(id, "wait_seconds=1");

    running.decide("/v1/intents/" + id + "/resume", "{\"approved\":false}").ok();

    for (CompletableFuture<Got> stream : List.of(cli, far)) {
      assertThat(stream.join().frames())
          .extracting(Got.Frame::event)
          .containsExactly("intent.in_progress", "intent.failed");
    }
  }

  @Test
  void aLongHistoryComesInSeveralConnections() {
    String id = running.mail();
    String report =
        "{\"approve_current_step\":true,\"reason\":\"%s\"}".formatted("r".repeat(2_000));
    for (int i = 0; i < 200; i++) {
      running.post("/v1/intents/" + id + "/resume", report).ok();
    }

    List<String> seqs = new ArrayList<>();
    String since = "0";
    int connections = 0;
    while (seqs.size() < 203) {
      Got got = stream(id, "wait_seconds=2&since=" + since);
      assertThat(got.body().length()).isLessThan(700_000);
      got.frames().stream().filter(f -> !f.id().isEmpty()).forEach(f -> seqs.add(f.id()));
      assertThat(got.frames().getLast().event()).isEqualTo("stream.timeout");
      since = seqs.getLast();
      connections++;
      if (connections == 1) {
        assertThat(seqs).hasSizeLessThan(203);
      }
    }

    assertThat(seqs).isEqualTo(IntStream.rangeClosed(1, 203).mapToObj(Integer::toString).toList());
  }

  @Test
  void theWaitIsClampedAndTheErrorsAreJson() {
    String id = running.mail();

    assertThat(stream(id, "wait_seconds=0").frames().getLast().event()).isEqualTo("stream.timeout");
    assertThat(stream(id, "wait_seconds=-7").frames()).hasSize(4);
    running.get("/v1/intents/" + Running.nobody() + "/events/stream").refused(404, "not_found");
    running
        .send("GET", "/v1/intents/" + id + "/events/stream", "", "")
        .refused(401, "missing_platform_api_key");
    Got accepts =
        running.send(
            "GET",
            "/v1/intents/" + id + "/events/stream?wait_seconds=1",
            running.agent(),
            "",
            "Accept",
            "application/json");
    assertThat(accepts.contentType()).isEqualTo("text/event-stream");
  }

  @Test
  void aLargeResultIsCutInTheStreamAndWholeInARead() {
    String large = "y".repeat(200_000);
    String id = running.mail();
    running
        .post(
            "/v1/intents/" + id + "/resume",
            "{\"action\":\"complete\",\"small\":7,\"large\":\"" + large + "\"}")
        .ok();

    Got got = stream(id, "wait_seconds=5");

    for (String line : got.body().split("\n", -1)) {
      assertThat(line.getBytes(StandardCharsets.UTF_8).length).isLessThan(LONGEST_LINE);
    }
    JsonNode last = got.frames().getLast().json();
    assertThat(last.path("truncated").booleanValue()).isTrue();
    assertThat(last.path("status").textValue()).isEqualTo("COMPLETED");
    assertThat(last.path("details").isObject()).isTrue();
    assertThat(last.path("data").isObject()).isTrue();
    assertThat(running.intent(id).at("/result/large").textValue()).isEqualTo(large);
  }

  @Test
  void aSilentStreamIsKeptAliveWithComments() throws IOException {
    String id = running.mail();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), running.port())) {
      socket.setSoTimeout(14_000);
      String request =
          String.join(
              "\r\n",
              "GET /v1/intents/" + id + "/events/stream?wait_seconds=60 HTTP/1.1",
              "Host: localhost",
              "x-api-key: " + running.agent(),
              "",
              "");
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      String line = lines.readLine();
      while (line != null && !line.startsWith(":")) {
        line = lines.readLine();
      }
      assertThat(line).startsWith(":");
    }
  }

  @Test
  void aGracefulStopEndsStreamsWithTheirTimeout(@TempDir Path other) {
    Running stopping = Running.start(other);
    String id = stopping.ask();
    CompletableFuture<Got> stream =
        stopping.stream("/v1/intents/" + id + "/events/stream?wait_seconds=60");
    stopping.stream("/v1/intents/" + id + "/events/stream?wait_seconds=1").join();

    stopping.close();

    assertThat(stream.join().frames().getLast())
        .isEqualTo(new Got.Frame("", "stream.timeout", "{\"ok\":true,\"next_seq\":5}"));
  }

  @Test
  void twoReadersSeeTheSameEventsInTheSameOrder() {
    String id = running.ask();
    String path = "/v1/intents/" + id + "/events/stream?wait_seconds=60";
    List<CompletableFuture<Got>> readers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      readers.add(running.stream(path));
    }
    running.post("/v1/intents/" + id + "/controls", "{\"controls_patch\":{\"a\":1}}").ok();

    running.decide("/v1/intents/" + id + "/resume", "{\"approved\":true}").ok();

    String first = readers.getFirst().join().body();
    assertThat(readers).allSatisfy(r -> assertThat(r.join().body()).isEqualTo(first));
  }
}
