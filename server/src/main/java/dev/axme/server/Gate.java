package dev.axme.server;

import dev.axme.server.http.Call;
import dev.axme.server.http.Dispatcher;
import dev.axme.server.http.Handler;
import dev.axme.server.http.Problem;
import dev.axme.server.http.Reply;
import dev.axme.server.http.Response;
import dev.axme.server.http.Route;
import dev.axme.server.identity.Caller;
import dev.axme.server.identity.Callers;
import java.util.Optional;
import java.util.function.BiFunction;

/** Lets a call pass to its route when its credential may (sections 1.5, 1.11). */
final class Gate implements Dispatcher.Gatekeeper {
  private static final String KEY_PREFIX = "axme_sa_";

  private final Callers callers;
  private final BiFunction<Problem, Call, Response> page;

  Gate(Callers callers, BiFunction<Problem, Call, Response> page) {
    this.callers = callers;
    this.page = page;
  }

  @Override
  public Reply admit(Route route, Call call, Handler next) {
    return switch (route.access()) {
      case PUBLIC, PAGE -> next.handle(call);
      case MACHINE, PERSON, ADMIN -> authenticated(route, call, next);
    };
  }

  private Reply authenticated(Route route, Call call, Handler next) {
    String key = key(call);
    Optional<Caller> known = callers.cached(key);
    if (known.isPresent()) {
      return next.handle(call.by(permitted(route, known.get())));
    }
    return new Reply.Later(
        () -> {
          Caller caller =
              callers
                  .byKey(key)
                  .orElseThrow(
                      () ->
                          new Problem(
                              401,
                              "invalid_platform_api_key",
                              "This key is unknown or was revoked. Check AXME_API_KEY, or make a"
                                  + " new one with axme keys create."));
          return next.handle(call.by(permitted(route, caller)));
        });
  }

  @Override
  public boolean stillHolds(Call call) {
    String key = key(call);
    return callers.cached(key).or(() -> callers.byKey(key)).isPresent();
  }

  private static String key(Call call) {
    Optional<String> bearer =
        call.header("authorization")
            .filter(a -> a.regionMatches(true, 0, "Bearer ", 0, 7))
            .map(a -> a.substring(7).strip());
    return call.header("x-api-key")
        .or(() -> bearer.filter(b -> b.startsWith(KEY_PREFIX)))
        .orElseThrow(
            () ->
                bearer.isPresent()
                    ? new Problem(
                        401,
                        "invalid_actor_token",
                        "This server takes API keys, not account sessions: send x-api-key.")
                    : new Problem(
                        401, "missing_platform_api_key", "Send an API key as x-api-key."));
  }

  private static Caller permitted(Route route, Caller caller) {
    if (route.access() != Route.Access.MACHINE && caller.person().isEmpty()) {
      throw new Problem(
          403,
          "invalid_actor_scope",
          "This is for people: use a login key (axme owner-key), not an agent's.");
    }
    if (route.access() == Route.Access.ADMIN && !caller.admin()) {
      throw new Problem(
          403,
          "forbidden",
          "operation requires one of roles [org_owner, org_admin, workspace_admin]");
    }
    return caller;
  }

  @Override
  public Response page(Problem problem, Call call) {
    return page.apply(problem, call);
  }
}
