package dev.axme.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axme.engine.Engine;
import dev.axme.store.Store;
import dev.axme.store.sqlite.SqliteStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that begin and do not go on, at a port with little patience. */
final class WaitsTest {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final int BEATS = 60;
  private static final String OK = "{\"ok\":true}";
  private static final String POST = "POST /take HTTP/1.1\r\nHost: localhost\r\n";
  private static final String STREAM = "GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n";

  @TempDir private Path data;
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private Store store;
  private Engine engine;
  private Optional<HttpPort> port = Optional.empty();

  @BeforeEach
  void open() {
    store = SqliteStore.open(data.resolve("axme.db"), InstantSource.system());
    engine = new Engine(store);
    engine.start();
  }

  @AfterEach
  void close() {
    port.ifPresent(HttpPort::close);
    engine.close();
    store.close();
    workers.close();
  }

  @Test
  void aBodyThatStopsIsRefusedAndTheConnectionClosed() throws IOException {
    try (Client client = client(new HttpPort.Waits(SHORT, LONG))) {
      client.send(POST + "Content-Length: 100\r\n\r\n{");

      assertThat(client.untilClosed()).startsWith("HTTP/1.1 408 ").contains("request_timeout");
    }
  }

  @Test
  void aBodyThatTricklesIsRefusedToo() throws IOException {
    try (Client client = client(new HttpPort.Waits(SHORT, LONG))) {
      client.send(POST + "Transfer-Encoding: chunked\r\n\r\n");

      assertThat(client.whileSending("1\r\n \r\n")).startsWith("HTTP/1.1 408 ");
    }
  }

  @Test
  void whatArrivedIsAnsweredOnceAndTheConnectionMayStay() throws IOException {
    try (Client client = client(new HttpPort.Waits(SHORT, LONG))) {
      client.send(POST + "Content-Length: 2\r\n\r\n{}");
      assertThat(client.until(OK)).startsWith("HTTP/1.1 200 ");
      assertThat(client.readFor(SHORT.multipliedBy(5))).isEmpty();

      client.send(POST + "Content-Length: 2\r\n\r\n{}");

      assertThat(client.until(OK)).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void aConnectionOnWhichNothingMovesIsClosed() throws IOException {
    HttpPort.Waits waits = new HttpPort.Waits(LONG, SHORT);
    try (Client silent = client(waits)) {
      assertThat(silent.untilClosed()).isEmpty();
    }
    try (Client done = client(waits)) {
      done.send(POST + "Content-Length: 2\r\n\r\n{}");
      assertThat(done.untilClosed()).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void aStreamOutlivesTheLimitOfABody() throws IOException {
    try (Client client = client(new HttpPort.Waits(SHORT, LONG))) {
      client.send(STREAM);

      assertThat(client.until("the end")).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void aStreamOutlivesTheLimitOfAnIdleConnection() throws IOException {
    try (Client client = client(new HttpPort.Waits(LONG, Duration.ofSeconds(2)))) {
      client.send(STREAM);

      assertThat(client.until("the end")).startsWith("HTTP/1.1 200 ");
    }
  }

  private Client client(HttpPort.Waits waits) throws IOException {
    port.ifPresent(HttpPort::close);
    Router router =
        new Router(
            List.of(
                new Route(
                    "POST",
                    "/take",
                    Route.Access.PUBLIC,
                    Route.Where.LOOP,
                    _ -> Reply.json(Json.ok())),
                new Route(
                    "GET",
                    "/stream",
                    Route.Access.PUBLIC,
                    Route.Where.LOOP,
                    _ -> new Reply.Stream(new Beating()))));
    Guard guard = new Guard("127.0.0.1", Optional.empty());
    Dispatcher dispatcher =
        new Dispatcher(
            new Dispatcher.Desk(router, new Open(), guard), engine, workers, Observer.NONE);
    HttpPort opened = new HttpPort(dispatcher, workers, 1000, waits);
    port = Optional.of(opened);
    return new Client(new Socket(InetAddress.getLoopbackAddress(), opened.listen("127.0.0.1", 0)));
  }

  /** Lets everybody pass. */
  private static final class Open implements Dispatcher.Gatekeeper {
    @Override
    public Reply admit(Route route, Call call, Handler next) {
      return next.handle(call);
    }

    @Override
    public boolean stillHolds(Call call) {
      return true;
    }

    @Override
    public Response page(Problem problem, Call call) {
      return problem.response(call.requestId());
    }
  }

  /** A sign of life every 50 ms, then the end. */
  private static final class Beating implements Streaming {
    @Override
    public void open(Sink sink) {
      beat(sink, BEATS);
    }

    private static void beat(Sink sink, int left) {
      sink.write(left == 0 ? "the end" : ".");
      if (left == 0) {
        sink.end();
      } else {
        sink.after(50, () -> beat(sink, left - 1));
      }
    }

    @Override
    public void closed() {}

    @Override
    public void stop() {}
  }

  /** A connection, byte by byte. */
  private record Client(Socket socket) implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    void send(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    String untilClosed() throws IOException {
      return until("no such words");
    }

    String until(String words) throws IOException {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      StringBuilder read = new StringBuilder();
      while (read.indexOf(words) < 0) {
        int next = socket.getInputStream().read();
        if (next < 0) {
          return read.toString();
        }
        read.append((char) next);
      }
      return read.toString();
    }

    /** What comes within so long; the connection must not be closed. */
    String readFor(Duration time) throws IOException {
      socket.setSoTimeout((int) time.toMillis());
      StringBuilder read = new StringBuilder();
      try {
        for (int next = read(); next >= 0; next = read()) {
          read.append((char) next);
        }
        throw new AssertionError("Expected the connection to stay open after " + read);
      } catch (SocketTimeoutException e) {
        return read.toString();
      }
    }

    /** Sends a piece again and again until something comes back. */
    String whileSending(String piece) throws IOException {
      socket.setSoTimeout(20);
      while (true) {
        try {
          String first = Character.toString(read());
          return first + until("\r\n\r\n");
        } catch (SocketTimeoutException e) {
          send(piece);
        }
      }
    }

    private int read() throws IOException {
      return socket.getInputStream().read();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
