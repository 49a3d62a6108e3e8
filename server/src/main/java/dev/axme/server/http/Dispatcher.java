package dev.axme.server.http;

import dev.axme.engine.Answer;
import dev.axme.engine.Completion;
import dev.axme.engine.Engine;
import dev.axme.store.StoreException;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries a call to its route and the reply on to the client: to the committer, to a worker, and
 * back to the event loop. Everything that is thrown on the way becomes an answer here.
 */
public final class Dispatcher {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  /** Takes the end of a reply; always called on the call's event loop. */
  interface Out {
    void response(Response response);

    void stream(Streaming streaming);

    Executor loop();
  }

  private final Router router;
  private final Gatekeeper gatekeeper;
  private final Guard guard;
  private final Engine engine;
  private final Executor workers;
  private final Observer observer;

  /** One for the routes of {@code desk}. */
  public Dispatcher(Desk desk, Engine engine, Executor workers, Observer observer) {
    this.router = desk.router();
    this.gatekeeper = desk.gatekeeper();
    this.guard = desk.guard();
    this.engine = engine;
    this.workers = workers;
    this.observer = observer;
  }

  /** What is behind a port, and who watches its door. */
  public record Desk(Router router, Gatekeeper gatekeeper, Guard guard) {}

  /** Whether the caller of a route may call it. */
  public interface Gatekeeper {
    /** Goes on with {@code next} when the call may pass; may need a worker to find out. */
    Reply admit(Route route, Call call, Handler next);

    /** Whether the credential of an admitted call still opens anything; may block. */
    boolean stillHolds(Call call);

    /** An error page instead of JSON, for routes that people look at. */
    Response page(Problem problem, Call call);
  }

  /** Answers {@code call} through {@code out}; called on the event loop. */
  void dispatch(Call call, Out to) {
    Observed out = new Observed(call, to);
    Supplier<Reply> first =
        () -> {
          guard.check(call);
          Router.Match match = router.find(call.method(), call.path());
          out.route = Optional.of(match.route());
          Call matched = call.matched(match.values());
          Route route = match.route();
          Handler handler =
              route.where() == Route.Where.LOOP
                  ? route.handler()
                  : c -> new Reply.Later(() -> route.handler().handle(c));
          return gatekeeper.admit(route, matched, handler);
        };
    go(call, out, attempt(call, first));
  }

  /** Tells of the answer before it is written. */
  private final class Observed implements Out {
    private final Call call;
    private final Out to;
    private final long began = System.nanoTime();
    private Optional<Route> route = Optional.empty();

    Observed(Call call, Out to) {
      this.call = call;
      this.to = to;
    }

    @Override
    public void response(Response response) {
      answered(response.status());
      to.response(response);
    }

    @Override
    public void stream(Streaming streaming) {
      answered(200);
      to.stream(streaming);
    }

    private void answered(int status) {
      observer.answered(new Observer.Answered(call, route, status, System.nanoTime() - began));
    }

    @Override
    public Executor loop() {
      return to.loop();
    }
  }

  /** Tells of a call that was answered before it was read, and so never came here. */
  void unread(Call call, int status) {
    observer.answered(new Observer.Answered(call, Optional.empty(), status, 0));
  }

  /** Whether the caller of an open stream may go on; blocks. Yes while nobody can tell. */
  boolean mayGoOn(Call call) {
    try {
      return gatekeeper.stillHolds(call);
    } catch (StoreException e) {
      return true;
    }
  }

  private void go(Call call, Out out, Reply reply) {
    switch (reply) {
      case Reply.Now now -> out.response(now.response());
      case Reply.Stream stream -> out.stream(stream.streaming());
      case Reply.Later later ->
          workers.execute(
              () -> {
                Reply next = attempt(call, later.work());
                out.loop().execute(() -> go(call, out, next));
              });
      case Reply.Commit commit ->
          engine.submit(
              commit.submission(),
              new Completion() {
                @Override
                public Executor executor() {
                  return out.loop();
                }

                @Override
                public void complete(Answer answer) {
                  go(call, out, attempt(call, () -> commit.then().apply(answer)));
                }
              });
    }
  }

  private Reply attempt(Call call, Supplier<Reply> work) {
    try {
      return work.get();
    } catch (Problem problem) {
      return failed(call, problem);
    } catch (StoreException e) {
      return failed(call, Problem.unavailable("the store does not answer", 1));
    } catch (RuntimeException e) {
      LOG.error("{} {} failed, request {}", call.method(), call.loggedPath(), call.requestId(), e);
      return failed(
          call,
          new Problem(
              500,
              "internal_error",
              "Something is wrong inside the server; its log has the request id "
                  + call.requestId()
                  + "."));
    }
  }

  private Reply failed(Call call, Problem problem) {
    boolean page = !call.path().startsWith("/v1/") && wantsPage(call);
    return new Reply.Now(
        page ? gatekeeper.page(problem, call) : problem.response(call.requestId()));
  }

  private static boolean wantsPage(Call call) {
    return call.header("accept").map(a -> a.contains("text/html")).orElse(false);
  }
}
