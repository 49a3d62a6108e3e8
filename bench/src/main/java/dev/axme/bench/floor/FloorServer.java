package dev.axme.bench.floor;

import dev.axme.bench.floor.GroupCommit.Waiting;
import dev.axme.bench.process.StoreUrl;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The floor as a process of its own: an HTTP server that parses nothing. It echoes, or commits the
 * body in groups and then answers. Prints its base URL as its first line.
 */
public final class FloorServer {
  private FloorServer() {}

  /** Arguments: {@code echo}, {@code sqlite DIRECTORY} or {@code postgres URL}. */
  public static void main(String[] arguments) throws Exception {
    var commits =
        switch (arguments[0]) {
          case "echo" -> null;
          case "sqlite" -> new GroupCommit(new SqliteSink(Path.of(arguments[1])));
          case "postgres" -> new GroupCommit(new PostgresSink(StoreUrl.jdbc(arguments[1])));
          default -> throw new IllegalArgumentException("Expected a kind, found " + arguments[0]);
        };
    Listening listening =
        commits == null
            ? (request, loop) -> answer(request.response(), timeOrdered())
            : (request, loop) -> commit(commits, request, loop);
    if (commits != null) {
      commits.start();
    }
    serve(listening);
  }

  private interface Listening {
    void handle(HttpServerRequest request, Context loop);
  }

  private static void serve(Listening listening) throws Exception {
    int port = freePort();
    var vertx = Vertx.vertx();
    var loops = new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors());
    vertx.deployVerticle(() -> new Loop(port, listening), loops).await();
    System.out.println("http://127.0.0.1:" + port);
  }

  private static int freePort() throws java.io.IOException {
    try (var socket = new java.net.ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void commit(GroupCommit commits, HttpServerRequest request, Context loop) {
    request
        .body()
        .onSuccess(
            body -> commits.submit(new Waiting(timeOrdered(), body, loop, request.response())));
  }

  static void answer(HttpServerResponse response, UUID id) {
    response.putHeader("content-type", "application/json").end(GroupCommit.body(id));
  }

  /** A UUID of version 7: without it the floor would pay for random pages. */
  private static UUID timeOrdered() {
    var random = ThreadLocalRandom.current();
    long time = System.currentTimeMillis() << 16 | 0x7000 | random.nextInt(4096);
    return new UUID(time, 0x8000000000000000L | random.nextLong() >>> 2);
  }

  private static final class Loop extends VerticleBase {
    private final int port;
    private final Listening listening;

    Loop(int port, Listening listening) {
      this.port = port;
      this.listening = listening;
    }

    @Override
    public Future<HttpServer> start() {
      return vertx
          .createHttpServer(new HttpServerOptions().setAcceptBacklog(4096))
          .requestHandler(request -> listening.handle(request, context))
          .listen(port, "127.0.0.1");
    }
  }
}
