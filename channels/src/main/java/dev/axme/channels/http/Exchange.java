package dev.axme.channels.http;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.CompletableFuture;

/**
 * One request and its answer on a connection of its own. The status is what counts: an answer whose
 * body is too long, too slow or broken is cut off where it was.
 */
final class Exchange {
  private static final int KEPT = 1_024;
  private static final int MOST_READ = 64 * 1_024;

  private final HttpClientConnection connection;
  private final CompletableFuture<Integer> status = new CompletableFuture<>();
  private final CompletableFuture<Boolean> end = new CompletableFuture<>();

  // Guarded by itself: the event loop writes, and whoever ran out of time reads.
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private int read;

  Exchange(HttpClientConnection connection) {
    this.connection = connection;
    connection.exceptionHandler(Exchange::heard);
  }

  /** Whoever waits hears of it by the futures; without this each would be an error in the log. */
  private static void heard(Throwable failure) {}

  /** Sends, and waits; the connection is closed afterwards. */
  Outcome.Answered run(Post post, Target target, Deadline deadline) {
    try {
      connection
          .request(
              new RequestOptions()
                  .setMethod(HttpMethod.POST)
                  .setHost(target.host())
                  .setPort(target.port())
                  .setURI(target.path())
                  .setHeaders(headers(post)))
          .compose(request -> send(request, post))
          .onFailure(status::completeExceptionally);
      int code = deadline.await(status, "It did not answer in time", late -> {});
      deadline.waitFor(end);
      return new Outcome.Answered(code, deadline.spent(), text());
    } finally {
      connection.close();
    }
  }

  /** Listens before it sends: an answer may be whole before anybody could ask for it afterwards. */
  private Future<HttpClientResponse> send(HttpClientRequest request, Post post) {
    request.exceptionHandler(Exchange::heard).response().onSuccess(this::answered);
    return request.send(Buffer.buffer(post.body()));
  }

  private static MultiMap headers(Post post) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    headers.set("Content-Type", "application/json");
    headers.set("User-Agent", "axme");
    post.headers().forEach(headers::set);
    return headers;
  }

  private void answered(HttpClientResponse response) {
    try {
      response
          .handler(this::take)
          .endHandler(nothing -> end.complete(true))
          .exceptionHandler(broken -> end.complete(false));
    } catch (IllegalStateException e) {
      // It has ended already: what it said is lost, its status is not.
      end.complete(false);
    }
    status.complete(response.statusCode());
  }

  private void take(Buffer part) {
    synchronized (kept) {
      // One byte more than is kept tells that there was more.
      int room = Math.min(part.length(), KEPT + 1 - kept.size());
      kept.write(part.getBytes(0, room), 0, room);
      read += part.length();
      if (read >= MOST_READ) {
        end.complete(false);
        connection.close();
      }
    }
  }

  private String text() {
    synchronized (kept) {
      return Printable.text(kept.toByteArray(), KEPT);
    }
  }
}
