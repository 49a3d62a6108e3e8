package dev.axme.bench.crash;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** The agents of a run, and the one who sends them work. */
final class Workforce {
  private final Victim victim;
  private final Findings findings;
  private final Requester requester;
  private final List<AgentLives> agents = new ArrayList<>();

  /** Registers them; the server must run. */
  Workforce(CrashPlan plan, Victim victim, Findings findings, AtomicBoolean enough)
      throws IOException, InterruptedException {
    this.victim = victim;
    this.findings = findings;
    List<Agent> all = Staff.register(victim, plan.agents());
    for (Agent agent : all) {
      long seed = plan.seed() * 37 + agents.size();
      var file = plan.directory().resolve(agent.name() + ".jsonl");
      agents.add(new AgentLives(seed, agent, file, victim, findings, enough));
    }
    var file = plan.directory().resolve("requester.jsonl");
    requester = new Requester(plan.seed() * 37 - 1, victim, file, findings, all, enough);
  }

  /** What has to run; each ends soon after it is enough. */
  List<Runnable> parts() {
    var parts = new ArrayList<Runnable>(agents);
    parts.add(requester);
    return parts;
  }

  /** Checks everything that has to do with agents; they finish their work meanwhile. */
  void check() throws IOException, InterruptedException {
    for (AgentLives agent : agents) {
      agent.settle();
    }
    requester.leave();
    new AgentChecker(victim, findings, requester.sent(), agents).check();
  }

  /** What was sent, with all that was answered to it. */
  List<Sent> sent() throws IOException {
    Map<String, Sent> byPath = new HashMap<>();
    requester.sent().forEach(w -> byPath.put("/v1/intents/" + w.id() + "/resume", w.sent()));
    for (AgentLives agent : agents) {
      for (Call.Answer answer : agent.journal().answers()) {
        Sent sent = byPath.get(answer.call().path());
        findings.expect(sent != null, "An answer to what nobody sent", answer);
        if (sent != null) {
          sent.add(answer);
        }
      }
    }
    return List.copyOf(byPath.values());
  }

  /** How often an agent was killed. */
  int deaths() {
    return agents.stream().mapToInt(AgentLives::deaths).sum();
  }

  /** How many frames came, repeated ones counted again. */
  long deliveries() throws IOException {
    long all = 0;
    for (AgentLives agent : agents) {
      all += agent.journal().deliveries();
    }
    return all;
  }
}
