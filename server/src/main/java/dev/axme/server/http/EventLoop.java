package dev.axme.server.http;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** One event loop's share of the port: bytes to calls, replies to bytes. */
final class EventLoop extends VerticleBase {
  private static final long LINGER_MILLIS = 2_000;
  private static final long CHECKS = 30;
  private static final Pattern SAFE_ID = Pattern.compile("[A-Za-z0-9._:-]{1,128}");
  private static final Map<String, String> ALWAYS =
      Map.of("X-Content-Type-Options", "nosniff", "Referrer-Policy", "no-referrer");

  private final HttpServerOptions options;
  private final int door;
  private final Dispatcher dispatcher;
  private final Executor workers;
  private final BodyLimits limits;
  private final Patience patience;
  private final Set<OpenStream> streams;
  private final Executor loop = task -> context.runOnContext(_ -> task.run());
  private int port;

  EventLoop(
      HttpServerOptions options,
      Door door,
      Executor workers,
      BodyLimits limits,
      Set<OpenStream> streams) {
    this.options = options;
    this.door = door.number();
    this.dispatcher = door.behind();
    this.workers = workers;
    this.limits = limits;
    this.patience = new Patience(limits.time());
    this.streams = streams;
  }

  /** One of the ports that are listened on, counted from 1, and what is behind it. */
  record Door(Dispatcher behind, int number) {}

  /** How large a body may be, and how long it may take. */
  record BodyLimits(int bytes, Duration time) {}

  int port() {
    return port;
  }

  @Override
  public Future<?> start() {
    vertx.setPeriodic(Math.max(1, limits.time().toMillis() / CHECKS), _ -> patience.check());
    return vertx
        .createHttpServer(options)
        .requestHandler(this::read)
        .listen(address())
        .onSuccess((HttpServer server) -> port = server.actualPort());
  }

  /**
   * All loops of a door share one port, also when it is a free one: each plain 0 would be another.
   */
  private SocketAddress address() {
    return options.getPort() == 0
        ? SocketAddress.sharedRandomPort(door, options.getHost())
        : SocketAddress.inetSocketAddress(options.getPort(), options.getHost());
  }

  private void read(HttpServerRequest request) {
    Optional<String> length = Optional.ofNullable(request.getHeader("content-length"));
    if (length.isPresent() && tooLong(length.get())) {
      refuseUnread(request, tooLarge());
      return;
    }
    Reading reading = new Reading(request);
    request
        .handler(reading::take)
        .endHandler(_ -> reading.end())
        .exceptionHandler(_ -> reading.over());
  }

  /** A request whose body is on its way. */
  private final class Reading {
    private final HttpServerRequest request;
    private final Buffer body = Buffer.buffer();
    private final Patience.Wait wait;
    private boolean refused;

    Reading(HttpServerRequest request) {
      this.request = request;
      this.wait = patience.begin(() -> refuse(tooSlow()));
    }

    void take(Buffer chunk) {
      if (refused) {
        return;
      }
      body.appendBuffer(chunk);
      if (body.length() > limits.bytes()) {
        refuse(tooLarge());
      }
    }

    void end() {
      over();
      if (!refused) {
        dispatch(request, body.getBytes());
      }
    }

    /** Nothing more is waited for; also when the client has gone. */
    void over() {
      patience.over(wait);
    }

    private void refuse(Problem problem) {
      over();
      refused = true;
      refuseUnread(request, problem);
    }
  }

  private void dispatch(HttpServerRequest request, byte[] body) {
    try {
      Call call = call(request, Call.parameters(request.query()), body);
      dispatcher.dispatch(call, new Answering(request, call));
    } catch (Problem problem) {
      refuse(request, problem);
    }
  }

  private boolean tooLong(String length) {
    try {
      return Long.parseLong(length) > limits.bytes();
    } catch (NumberFormatException e) {
      return true;
    }
  }

  /**
   * Answers before the body has been read. To close at once would reset the connection, and the
   * client would lose the answer: what still comes is dropped for a while.
   */
  private void refuseUnread(HttpServerRequest request, Problem problem) {
    request.response().putHeader("Connection", "close");
    refuse(request, problem);
    vertx.setTimer(LINGER_MILLIS, _ -> request.connection().close());
  }

  private Problem tooLarge() {
    return new Problem(
        413,
        "payload_too_large",
        "The body is larger than " + limits.bytes() + " bytes. Send less, or a link to the data.");
  }

  private Problem tooSlow() {
    return new Problem(
        408,
        "request_timeout",
        "The body did not arrive within " + limits.time().toSeconds() + " s. Send it again.");
  }

  private void refuse(HttpServerRequest request, Problem problem) {
    Call call = call(request, Map.of(), new byte[0]);
    dispatcher.unread(call, problem.status());
    write(request, call, problem.response(call.requestId()));
  }

  private static Call call(
      HttpServerRequest request, Map<String, List<String>> query, byte[] body) {
    String requestId =
        Optional.ofNullable(request.getHeader("x-request-id"))
            .filter(id -> SAFE_ID.matcher(id).matches())
            .orElseGet(() -> newId());
    String remote =
        request.remoteAddress() == null ? "unknown" : request.remoteAddress().hostAddress();
    return new Call(
        request.method().name(),
        request.path() == null ? "/" : request.path(),
        query,
        request::getHeader,
        body,
        remote,
        requestId);
  }

  /** Names a request in the log; it need not be secret, so it need not cost a system call. */
  private static String newId() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  private void write(HttpServerRequest request, Call call, Response answer) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    head(response, call);
    response.setStatusCode(answer.status());
    response.putHeader("Content-Type", answer.contentType());
    answer.headers().forEach(response::putHeader);
    if (call.method().equals("HEAD")) {
      response.putHeader("Content-Length", Integer.toString(answer.body().length));
      response.end();
      return;
    }
    response.end(Buffer.buffer(answer.body()));
  }

  private static void head(HttpServerResponse response, Call call) {
    ALWAYS.forEach(response::putHeader);
    response.putHeader("x-request-id", call.requestId());
    for (String echoed : List.of("x-trace-id", "traceparent")) {
      call.header(echoed)
          .filter(v -> SAFE_ID.matcher(v).matches())
          .ifPresent(v -> response.putHeader(echoed, v));
    }
  }

  private final class Answering implements Dispatcher.Out {
    private final HttpServerRequest request;
    private final Call call;

    Answering(HttpServerRequest request, Call call) {
      this.request = request;
      this.call = call;
    }

    @Override
    public void response(Response response) {
      write(request, call, response);
    }

    @Override
    public void stream(Streaming streaming) {
      HttpServerResponse response = request.response();
      head(response, call);
      response
          .putHeader("Content-Type", "text/event-stream")
          .putHeader("Cache-Control", "no-cache")
          .putHeader("X-Accel-Buffering", "no")
          .setChunked(true);
      OpenStream open = new OpenStream(call, vertx, response, streaming, loop, workers, streams);
      if (call.method().equals("HEAD")) {
        open.end();
        return;
      }
      open.start();
      // A credential that was revoked after the call was admitted ended the streams before this.
      workers.execute(() -> open.recheck(dispatcher::mayGoOn));
    }

    @Override
    public Executor loop() {
      return loop;
    }
  }
}
