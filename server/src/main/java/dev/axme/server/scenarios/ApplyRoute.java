package dev.axme.server.scenarios;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.core.Intent;
import dev.axme.core.RootId;
import dev.axme.core.Scenario;
import dev.axme.engine.Answer;
import dev.axme.engine.Submission;
import dev.axme.server.http.Call;
import dev.axme.server.http.Json;
import dev.axme.server.http.Problem;
import dev.axme.server.http.Reply;
import dev.axme.server.identity.AgentAccounts;
import dev.axme.server.identity.Caller;
import dev.axme.server.identity.Callers;
import dev.axme.server.intents.Answers;
import dev.axme.server.intents.RequestKeys;
import dev.axme.server.intents.Wire;
import dev.axme.server.traces.Traces;
import dev.axme.store.Store;
import java.util.List;
import java.util.Optional;

/**
 * {@code POST /v1/scenarios/apply} (section 5.6): agents, workflow and intent come to be in one
 * transaction or not at all.
 */
final class ApplyRoute {
  /** How often the directory is read again because somebody else took a name meanwhile. */
  private static final int ATTEMPTS = 5;

  private final Store store;
  private final Callers callers;
  private final Answers answers;
  private final Limits limits;

  ApplyRoute(Store store, Callers callers, Limits limits) {
    this.store = store;
    this.callers = callers;
    this.answers = new Answers(store);
    this.limits = limits;
  }

  Reply apply(Call call) {
    return apply(call, ATTEMPTS);
  }

  private Reply apply(Call call, int attempts) {
    Caller caller = call.caller();
    ObjectNode body = call.json();
    Compiler compiler = new Compiler(caller, callers.load(caller.workspace()), limits, store.now());
    Compiler.Compiled compiled =
        compiler.compile(body).orElseThrow(() -> compiler.findings().problem());
    if (!compiled.newcomers().isEmpty()) {
      AgentAccounts.mayCreate(caller, store.directory());
    }
    Submission submission =
        new Submission(
                caller.workspaceId(),
                new RootId(compiled.command().intent().value()),
                true,
                caller.actor(),
                caller.credential(),
                Traces.of(call, compiled.command()),
                compiled.blobs(),
                RequestKeys.of(call, body),
                compiler.findings().warnings(),
                Optional.empty())
            .bringing(compiled.newcomers());
    return new Reply.Commit(submission, answer -> answered(call, submission, answer, attempts));
  }

  private Reply answered(Call call, Submission submission, Answer answer, int attempts) {
    if (answer instanceof Answer.Taken) {
      if (attempts == 0) {
        throw Problem.unavailable("others make accounts of the same names", 1);
      }
      return new Reply.Later(
          () -> {
            callers.refresh();
            return apply(call, attempts - 1);
          });
    }
    boolean again = answer instanceof Answer.Remembered;
    Answers.Render render =
        (intent, _, _, warnings, _) -> body(intent, warnings).put("idempotent", again);
    if (answer instanceof Answer.Accepted && !submission.newcomers().isEmpty()) {
      return new Reply.Later(
          () -> {
            callers.refresh();
            return answers.reply(submission, answer, render);
          });
    }
    return answers.reply(submission, answer, render);
  }

  private static ObjectNode body(Intent intent, List<String> warnings) {
    Scenario scenario = intent.scenario().orElseThrow();
    ObjectNode answer = Json.ok();
    answer.put("intent_id", intent.id().toString());
    answer.put("scenario_id", scenario.id());
    answer.put("compile_id", scenario.compile().toString());
    answer.put("workflow_compile_id", scenario.compile().toString());
    answer.put("status", intent.phase().status().name());
    answer.put("created_at", intent.createdAt().toString());
    intent.deadline().ifPresent(d -> answer.put("deadline_at", d.toString()));
    Wire.pendingWith(intent).ifPresent(p -> answer.put("pending_with", p.path("name").textValue()));
    agents(scenario, answer.putArray("agents"), answer.putArray("agents_provisioned"));
    warnings.forEach(answer.putArray("warnings")::add);
    return answer;
  }

  private static void agents(Scenario scenario, ArrayNode agents, ArrayNode provisioned) {
    for (Scenario.Agent agent : scenario.agents()) {
      agents
          .addObject()
          .put("role", agent.role())
          .put("address", agent.address().value())
          .put("created", agent.created());
      agent
          .account()
          .ifPresent(
              account ->
                  provisioned
                      .addObject()
                      .put("role", agent.role())
                      .put("address", agent.address().value())
                      .put("service_account_id", account)
                      .put("created", agent.created()));
    }
  }
}
