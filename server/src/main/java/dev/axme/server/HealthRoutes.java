package dev.axme.server;

import static dev.axme.server.http.Route.Access.MACHINE;
import static dev.axme.server.http.Route.Access.PUBLIC;
import static dev.axme.server.http.Route.Where.LOOP;
import static dev.axme.server.http.Route.Where.WORKER;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.server.http.Call;
import dev.axme.server.http.Json;
import dev.axme.server.http.Reply;
import dev.axme.server.http.Response;
import dev.axme.server.http.Route;
import dev.axme.server.mail.MailRoad;
import dev.axme.store.Store;
import dev.axme.store.StoreException;
import java.util.List;
import java.util.Map;

/** Whether the server lives, is ready, and what it can do (sections 8.1, 14). */
final class HealthRoutes {
  private static final List<String> CAPABILITIES =
      List.of(
          "intent.submit",
          "intent.status.read",
          "intent.events.stream",
          "intent.resume",
          "intent.resolve",
          "intent.controls",
          "human.tasks",
          "webhooks");
  private static final List<String> TYPES =
      List.of("intent.ask.v1", "intent.reply.v1", "intent.notify.v1", "intent.human_approval.v1");

  private final Store store;
  private final MailRoad mail;
  private final OpenApi openApi;

  HealthRoutes(Store store, MailRoad mail, OpenApi openApi) {
    this.store = store;
    this.mail = mail;
    this.openApi = openApi;
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", "/health", PUBLIC, WORKER, this::health),
        new Route("GET", "/v1/health", PUBLIC, WORKER, this::health),
        new Route("GET", "/health/live", PUBLIC, LOOP, _ -> Reply.json(Json.ok())),
        new Route("GET", "/health/ready", PUBLIC, WORKER, this::ready),
        new Route("GET", "/version", PUBLIC, LOOP, this::version),
        new Route("GET", "/openapi.json", PUBLIC, WORKER, this::openApi),
        new Route("GET", "/v1/capabilities", MACHINE, LOOP, this::capabilities));
  }

  /** What a probe asks, on whichever port. */
  List<Route> probes() {
    return routes().stream().filter(r -> r.pattern().startsWith("/health")).toList();
  }

  private Reply health(Call call) {
    return Reply.json(
        Json.ok()
            .put("service", "gateway")
            .put("deployment_profile", "self-hosted")
            .put("storage", store.kind())
            .put("mail", mail.word())
            .put("registered_users", people())
            .put("version", Server.VERSION));
  }

  /** How many people there are; 0 when the store does not answer, for health says so elsewhere. */
  private int people() {
    try {
      return store.directory().workspaces().stream()
          .mapToInt(w -> store.directory().people(w.id()).size())
          .sum();
    } catch (StoreException e) {
      return 0;
    }
  }

  private Reply ready(Call call) {
    try {
      store.directory().version();
      return Reply.json(Json.ok().put("ready", true));
    } catch (StoreException e) {
      ObjectNode body = Json.object().put("ok", false).put("ready", false);
      body.put("reason", "the store does not answer");
      return new Reply.Now(Response.json(503, body).with("Retry-After", "1"));
    }
  }

  private Reply version(Call call) {
    return Reply.json(
        Json.ok()
            .put("version", Server.VERSION)
            .put("java", Runtime.version().toString())
            .put("store", store.kind()));
  }

  private Reply openApi(Call call) {
    return new Reply.Now(new Response(200, "application/json", openApi.json(), Map.of()));
  }

  private Reply capabilities(Call call) {
    ObjectNode answer = Json.ok();
    var capabilities = answer.putArray("capabilities");
    CAPABILITIES.forEach(capabilities::add);
    var types = answer.putArray("supported_intent_types");
    TYPES.forEach(types::add);
    return Reply.json(answer);
  }
}
