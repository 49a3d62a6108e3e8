package dev.axme.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.axme.server.identity.Caller;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Calls blocking routes on the test's own thread: no port, and no gatekeeper before them. */
public final class Desk {
  private final Router router;

  public Desk(List<Route> routes) {
    this.router = new Router(routes);
  }

  /** What came back. */
  public record Answered(int status, JsonNode body) {
    /** The error's code. */
    public String code() {
      return body.at("/error/code").asText();
    }

    /** The sentence for people. */
    public String detail() {
      return body.path("detail").asText();
    }
  }

  /** Sends {@code body} as JSON; {@code headers} in lower case. */
  public Answered send(
      Optional<Caller> caller, String line, String body, Map<String, String> headers) {
    String method = line.substring(0, line.indexOf(' '));
    String target = line.substring(line.indexOf(' ') + 1);
    int question = target.indexOf('?');
    String path = question < 0 ? target : target.substring(0, question);
    Call call =
        new Call(
            method,
            path,
            Call.parameters(question < 0 ? "" : target.substring(question + 1)),
            headers::get,
            body.getBytes(StandardCharsets.UTF_8),
            "127.0.0.1",
            "request-1");
    Response response = answer(caller.map(call::by).orElse(call));
    return new Answered(response.status(), Json.read(response.body()));
  }

  private Response answer(Call call) {
    try {
      Router.Match match = router.find(call.method(), call.path());
      if (match.route().handler().handle(call.matched(match.values())) instanceof Reply.Now now) {
        return now.response();
      }
      throw new IllegalStateException("Expected an answer at once from " + call.path());
    } catch (Problem problem) {
      return problem.response(call.requestId());
    }
  }
}
