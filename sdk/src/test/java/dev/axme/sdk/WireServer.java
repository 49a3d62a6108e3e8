package dev.axme.sdk;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Semaphore;

/** Answers each request with the next prepared one, and remembers what came. */
final class WireServer implements AutoCloseable {
  /** What came over the wire. */
  record Seen(String method, String target, String idempotencyKey, String body) {}

  /**
   * What goes back.
   *
   * @param end what becomes of the connection after the body
   */
  record Answer(int status, String contentType, String body, String retryAfter, End end) {
    /** The body is whole, the connection breaks before it is, or it stays open. */
    enum End {
      WHOLE,
      CUT,
      OPEN
    }

    static Answer json(String body) {
      return new Answer(200, "application/json", body, "", End.WHOLE);
    }

    static Answer refusal(int status, String body, String retryAfter) {
      return new Answer(status, "application/json", body, retryAfter, End.WHOLE);
    }

    static Answer stream(String frames) {
      return new Answer(200, "text/event-stream", frames, "", End.WHOLE);
    }

    static Answer openStream(String frames) {
      return new Answer(200, "text/event-stream", frames, "", End.OPEN);
    }

    static Answer brokenStream(String frames) {
      return new Answer(200, "text/event-stream", frames, "", End.CUT);
    }
  }

  private final Queue<Answer> answers = new ArrayDeque<>();
  private final List<Seen> seen = Collections.synchronizedList(new ArrayList<>());
  private final Semaphore requests = new Semaphore(0);
  private final HttpServer server;

  WireServer(Answer... prepared) {
    answers.addAll(List.of(prepared));
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  List<Seen> seen() {
    return seen;
  }

  /** Returns when one more request was answered. */
  void awaitRequest() throws InterruptedException {
    requests.acquire();
  }

  AxmeClient client() {
    return AxmeClient.builder()
        .baseUrl("http://127.0.0.1:" + server.getAddress().getPort() + "/")
        .apiKey("axme_sa_sa_1_secret")
        .build();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    seen.add(
        new Seen(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            key == null ? "" : key,
            body));
    Answer answer = answers.remove();
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", answer.contentType());
    if (!answer.retryAfter().isEmpty()) {
      exchange.getResponseHeaders().set("Retry-After", answer.retryAfter());
    }
    exchange.sendResponseHeaders(
        answer.status(), bytes.length + (answer.end() == Answer.End.WHOLE ? 0 : 100));
    exchange.getResponseBody().write(bytes);
    exchange.getResponseBody().flush();
    requests.release();
    if (answer.end() != Answer.End.OPEN) {
      exchange.close();
    }
  }
}
