package dev.axme.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.axme.server.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** An HTTP endpoint of somebody else's that is called. */
public final class AgentEndpoint implements AutoCloseable {
  /** What came: headers by lower-case name are read with {@link #header}. */
  public record Call(HttpExchange exchange, String body) {
    public JsonNode json() {
      return Json.read(body.getBytes(StandardCharsets.UTF_8));
    }

    public String header(String name) {
      return String.valueOf(exchange.getRequestHeaders().getFirst(name));
    }
  }

  private final HttpServer server;
  private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
  private final Function<Call, Integer> answer;

  private AgentEndpoint(Function<Call, Integer> answer) {
    this.answer = answer;
    try {
      this.server =
          HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::serve);
    server.start();
  }

  /** One that answers every call with what {@code answer} says; it may take its time. */
  public static AgentEndpoint answering(Function<Call, Integer> answer) {
    return new AgentEndpoint(answer);
  }

  /** One that takes everything. */
  public static AgentEndpoint taking() {
    return new AgentEndpoint(call -> 200);
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      Call call =
          new Call(
              exchange,
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      calls.add(call);
      byte[] said = "said".getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.apply(call), said.length);
      exchange.getResponseBody().write(said);
    }
  }

  /** A URL at which nobody listens. */
  public static String nobody() {
    try (AgentEndpoint gone = taking()) {
      return gone.url();
    }
  }

  /** Waits until it is so. */
  public static void await(BooleanSupplier reached) {
    Executor soon = CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS);
    Instant end = Instant.now().plusSeconds(20);
    while (!reached.getAsBoolean()) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("Expected it to be reached within 20 s");
      }
      CompletableFuture.runAsync(() -> {}, soon).join();
    }
  }

  public String url() {
    return "http://localhost:" + server.getAddress().getPort() + "/intent";
  }

  /** The next call, when it comes. */
  public Call next() {
    try {
      Call call = calls.poll(15, TimeUnit.SECONDS);
      if (call == null) {
        throw new AssertionError("Expected a call within 15 s");
      }
      return call;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether nothing more comes for a while. */
  public boolean quiet(long millis) {
    try {
      return calls.poll(millis, TimeUnit.MILLISECONDS) == null;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
