package dev.axme.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams in number, clients that vanish, clients that never read (sections 3.5 and 3.10). */
class ManyStreamsTest {
  private static final int MANY = 2_000;
  private static final String IDLE = "/v1/agents/bot/intents/stream?wait_seconds=60";
  private static final String HEAD = "\r\n\r\n";
  private static final String DELIVERED = "event: intent.delivered";
  private static final String GOODBYE = "event: stream.timeout";

  private final List<Socket> sockets = new ArrayList<>();
  private Running running;
  private String key = "";

  @BeforeEach
  void start(@TempDir Path data) {
    running = Running.start(data);
    key = running.key(running.register("bot").path("service_account_id").textValue());
  }

  @AfterEach
  void stop() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    running.close();
  }

  private Socket open(String path) {
    try {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), running.port());
      sockets.add(socket);
      String request =
          "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nx-api-key: %s\r\n\r\n".formatted(path, key);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Socket idle() {
    Socket socket = open(IDLE);
    readUntil(socket, HEAD);
    return socket;
  }

  /** What the socket says up to and with {@code end}; fails when it closes before. */
  private static String readUntil(Socket socket, String end) {
    try {
      InputStream in = socket.getInputStream();
      StringBuilder said = new StringBuilder();
      while (said.indexOf(end) < 0) {
        int next = in.read();
        assertThat(next).as("end of stream after %s", said).isNotNegative();
        said.append((char) next);
      }
      return said.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int threads() {
    return Thread.getAllStackTraces().size();
  }

  private void send() {
    running.create("{\"intent_type\":\"work.do.v1\",\"to_agent\":\"bot\"}");
  }

  @Test
  void twoThousandIdleStreamsCostNoThreadEachAndAllAreTold() {
    idle();
    int before = threads();
    List<Socket> streams = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      streams.add(open(IDLE));
    }
    streams.forEach(stream -> readUntil(stream, HEAD));

    assertThat(running.openStreams()).isEqualTo(MANY + 1);
    assertThat(threads() - before).isLessThan(50);

    send();

    for (Socket stream : streams) {
      readUntil(stream, DELIVERED);
      readUntil(stream, GOODBYE);
    }
  }

  @Test
  void aClientThatVanishesIsNoticed() throws IOException {
    Socket polite = idle();
    Socket rude = idle();
    assertThat(running.openStreams()).isEqualTo(2);

    rude.setSoLinger(true, 0);
    rude.close();

    // The other stream ends in its time; the abandoned one must be gone long before its own.
    send();
    readUntil(polite, GOODBYE);
    running.awaitStreams(0, Duration.ofSeconds(5));
  }

  @Test
  void aConnectionThatIsCutInTheMiddleOfAFrameLosesNothing() throws IOException {
    send();
    Socket cut = open("/v1/agents/bot/intents/stream?since=0&wait_seconds=60");
    readUntil(cut, "event: intent.deli");
    cut.setSoLinger(true, 0);
    cut.close();

    Got again =
        running.send("GET", "/v1/agents/bot/intents/stream?since=0&wait_seconds=5", key, "");

    assertThat(again.frames().getFirst().event()).isEqualTo("intent.delivered");
  }

  @Test
  void aClientThatNeverReadsHoldsNoMoreThanItsShare() {
    String large = "{\"text\":\"%s\"}".formatted("x".repeat(50_000));
    for (int i = 0; i < 120; i++) {
      running.create(
          "{\"intent_type\":\"work.do.v1\",\"to_agent\":\"bot\",\"payload\":" + large + "}");
    }
    for (int i = 0; i < 20; i++) {
      open("/v1/agents/bot/intents/stream?since=0&wait_seconds=60");
    }

    // 20 clients with 120 frames of 50 kB each would be 120 MB; each is served a bounded part.
    running.awaitStreams(0, Duration.ofSeconds(20));
    Got reading =
        running.send("GET", "/v1/agents/bot/intents/stream?since=0&wait_seconds=5", key, "");
    assertThat(reading.body().length()).isLessThan(1 << 20);
    running.isHealthy();
  }

  @Test
  void aServerThatStopsEndsOpenStreamsCleanly() {
    Socket deliveries = idle();
    String id = running.mail();
    Socket events = open("/v1/intents/" + id + "/events/stream?since=3&wait_seconds=60");
    readUntil(events, HEAD);

    CompletableFuture<Void> stopping = CompletableFuture.runAsync(running::close);

    // The last chunk of a body that ended as it should.
    assertThat(readUntil(deliveries, "0\r\n\r\n")).contains(GOODBYE);
    assertThat(readUntil(events, "0\r\n\r\n")).contains(GOODBYE);
    stopping.join();
  }
}
