package dev.axme.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingDeque;

/**
 * A server that speaks the OpenAI API as far as the agent needs it, and answers by a script: each
 * call must be the one that the test expects next. So a call that comes too early, twice or from
 * the start again is a mistake, whatever it says.
 */
final class ScriptedModel implements AutoCloseable {

  static final ObjectMapper JSON = new ObjectMapper();

  /** What the model says next, known by the number of tool outputs that it was told. */
  enum Turn {
    LOOK_UP(0),
    REFUND(1),
    ANSWER(2);

    private final int outputs;

    Turn(int outputs) {
      this.outputs = outputs;
    }
  }

  private final OpenAiApi api;
  private final HttpServer http;
  private final LinkedBlockingDeque<Turn> expected = new LinkedBlockingDeque<>();
  private final List<String> mistakes = new ArrayList<>();
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private volatile CountDownLatch arrived = new CountDownLatch(1);
  private volatile String lastToolOutput = "";

  private ScriptedModel(OpenAiApi api, HttpServer http) {
    this.api = api;
    this.http = http;
  }

  static ScriptedModel start(OpenAiApi api) throws IOException {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    ScriptedModel model = new ScriptedModel(api, HttpServer.create(anyPort, 0));
    model.http.createContext("/", model::handle);
    model.http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    model.http.start();
    return model;
  }

  String baseUrl() {
    return "http://127.0.0.1:" + http.getAddress().getPort() + "/v1";
  }

  /** These calls may come now, in this order. */
  void expect(Turn... turns) {
    expected.addAll(List.of(turns));
  }

  /** Answers nothing more until {@link #release()}. */
  void hold() {
    gate = new CountDownLatch(1);
    arrived = new CountDownLatch(1);
  }

  /** Waits until a call is held. */
  void awaitHeld() {
    await(arrived);
  }

  void release() {
    gate.countDown();
  }

  /** What the last call said that a tool had answered. */
  String lastToolOutput() {
    return lastToolOutput;
  }

  /** Fails unless exactly the expected calls came. */
  void verify() {
    synchronized (mistakes) {
      if (!mistakes.isEmpty() || !expected.isEmpty()) {
        throw new AssertionError("Mistakes: " + mistakes + ", missing: " + expected);
      }
    }
  }

  @Override
  public void close() {
    release();
    http.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode request = JSON.readTree(exchange.getRequestBody());
      String path = exchange.getRequestURI().getPath();
      Turn turn = expected.poll();
      String mistake = mistake(path, request, turn);
      if (turn == null || !mistake.isEmpty()) {
        refuse(exchange, mistake);
        return;
      }
      arrived.countDown();
      await(gate);
      byte[] body = JSON.writeValueAsBytes(api.answer(turn));
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private String mistake(String path, JsonNode request, Turn turn) {
    if (!path.equals("/v1" + api.path())) {
      return "Expected a call of " + api.path() + ", but found " + path;
    }
    List<String> outputs = api.toolOutputs(request);
    String came = "a call with the tool outputs " + outputs;
    if (turn == null) {
      return "Expected no call, but " + came + " came";
    }
    if (outputs.size() != turn.outputs || !api.reasoningKept(request, turn.outputs)) {
      return "Expected " + turn + " with its reasoning, but found " + came + ": " + request;
    }
    lastToolOutput = outputs.isEmpty() ? "" : outputs.getLast();
    return "";
  }

  private void refuse(HttpExchange exchange, String mistake) throws IOException {
    synchronized (mistakes) {
      mistakes.add(mistake);
    }
    exchange.sendResponseHeaders(400, -1);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
