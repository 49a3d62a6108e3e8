package dev.axme.server.http;

import dev.axme.engine.Answer;
import dev.axme.engine.Completion;
import dev.axme.engine.Engine;
import dev.axme.store.StoreException;
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

  public Dispatcher(
      Router router, Gatekeeper gatekeeper, Guard guard, Engine engine, Executor workers) {
    this.router = router;
    this.gatekeeper = gatekeeper;
    this.guard = guard;
    this.engine = engine;
    this.workers = workers;
  }

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
  void dispatch(Call call, Out out) {
    Supplier<Reply> first =
        () -> {
          guard.check(call);
          Router.Match match = router.find(call.method(), call.path());
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
