package dev.axme.server.scenarios;

import static dev.axme.server.http.Route.Access.MACHINE;
import static dev.axme.server.http.Route.Where.LOOP;
import static dev.axme.server.http.Route.Where.WORKER;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.server.http.Call;
import dev.axme.server.http.Json;
import dev.axme.server.http.Problem;
import dev.axme.server.http.Reply;
import dev.axme.server.http.Route;
import dev.axme.server.identity.Callbacks;
import dev.axme.server.identity.Callers;
import dev.axme.store.Store;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** The routes of scenarios: applied, validated, and the macros that they name (section 5). */
public final class ScenarioRoutes {
  private static final String MACROS = "/v1/tool-registry/macros";

  private final Callers callers;
  private final Supplier<Instant> now;
  private final Limits limits;
  private final ApplyRoute apply;

  /** Routes that accept payloads of up to {@code maxPayload} bytes. */
  public ScenarioRoutes(Store store, Callers callers, Callbacks callbacks, int maxPayload) {
    this.callers = callers;
    this.now = store::now;
    this.limits = new Limits(maxPayload, callbacks);
    this.apply = new ApplyRoute(store, callers, limits);
  }

  public List<Route> routes() {
    return List.of(
        new Route("POST", "/v1/scenarios/apply", MACHINE, WORKER, apply::apply),
        new Route("POST", "/v1/scenarios/validate", MACHINE, WORKER, this::validate),
        new Route("GET", MACROS, MACHINE, LOOP, this::macros),
        new Route("GET", MACROS + "/{macro_id}", MACHINE, LOOP, this::macro));
  }

  private Reply validate(Call call) {
    ObjectNode body = call.json();
    Compiler compiler =
        new Compiler(call.caller(), callers.load(call.caller().workspace()), limits, now.get());
    compiler.check(body);
    Findings findings = compiler.findings();
    ObjectNode answer = Json.ok().put("valid", findings.sound());
    findings.errors().forEach(answer.putArray("errors")::add);
    findings.warnings().forEach(answer.putArray("warnings")::add);
    return Reply.json(answer);
  }

  private Reply macros(Call call) {
    ObjectNode answer = Json.ok();
    var list = answer.putArray("macros");
    Macros.ALL.forEach(m -> list.add(brief(m)));
    return Reply.json(answer);
  }

  private Reply macro(Call call) {
    String id = call.pathValue("macro_id");
    Macros.Macro macro = Macros.find(id).orElseThrow(() -> Problem.notFound("macro " + id));
    ObjectNode answer = Json.ok();
    ObjectNode json = brief(macro);
    var parameters = json.putArray("parameters");
    for (Macros.Parameter p : macro.parameters()) {
      parameters
          .addObject()
          .put("name", p.name())
          .put("default", p.standard())
          .put("description", p.description());
    }
    answer.set("macro", json);
    return Reply.json(answer);
  }

  private static ObjectNode brief(Macros.Macro macro) {
    return Json.object().put("macro_id", macro.id()).put("description", macro.description());
  }
}
