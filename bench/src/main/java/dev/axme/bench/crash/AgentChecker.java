package dev.axme.bench.crash;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What must hold of agents and their work after the last start, when nobody is killed any more:
 * what is open is what a new agent is given, it can be finished, and all of it happened once.
 */
final class AgentChecker {
  private static final int LATE = 200;

  private final Victim victim;
  private final Findings findings;
  private final List<Work> works;
  private final List<AgentLives> agents;

  AgentChecker(Victim victim, Findings findings, List<Work> works, List<AgentLives> agents) {
    this.victim = victim;
    this.findings = findings;
    this.works = List.copyOf(works);
    this.agents = List.copyOf(agents);
  }

  void check() throws IOException, InterruptedException {
    checkOpen();
    finishAll();
    for (AgentLives agent : agents) {
      findings.expect(agent.look().isEmpty(), "Something is left", agent.agent());
    }
    for (Work work : works) {
      checkDone(work);
    }
    checkLate();
    var journals = new ArrayList<AgentJournal>();
    for (AgentLives agent : agents) {
      journals.add(agent.journal());
    }
    AgentRules.check(works, journals, findings);
  }

  /** A start at 0 replays exactly what is open, each once. */
  private void checkOpen() throws IOException, InterruptedException {
    Map<Agent, Set<String>> open = new HashMap<>();
    for (Work work : works) {
      List<String> events = events(work);
      if (!work.question() && !events.contains("intent.completed")) {
        Agent holder = events.contains("intent.transfer") ? work.last() : work.to();
        open.computeIfAbsent(holder, a -> new LinkedHashSet<>()).add(work.id());
      }
    }
    for (AgentLives agent : agents) {
      List<String> found = agent.look().stream().map(Delivery::intent).toList();
      Set<String> expected = open.getOrDefault(agent.agent(), Set.of());
      findings.expect(!expected.isEmpty(), "Nothing was left open to check with", agent.agent());
      findings.expect(
          found.size() == expected.size() && expected.containsAll(found),
          "A start at 0 does not give what is open",
          agent.agent(),
          expected,
          found);
    }
  }

  /** Until nobody finds anything: what one finishes may be handed over to another. */
  private void finishAll() throws IOException, InterruptedException {
    int found;
    do {
      found = 0;
      for (AgentLives agent : agents) {
        found += agent.finish();
      }
    } while (found > 0);
  }

  /** Completed once, by the one who had to; a question still waits for people. */
  private void checkDone(Work work) throws InterruptedException {
    JsonNode intent = read("/v1/intents/" + work.id()).path("intent");
    long ends = events(work).stream().filter("intent.completed"::equals).count();
    if (work.question()) {
      findings.expect(ends == 0, "A question ended without people", intent);
      return;
    }
    findings.expect(ends == 1, "Not completed exactly once", ends, intent);
    findings.expect(
        intent.at("/result/by").asText().equals(work.last().name()),
        "Another agent completed it",
        work,
        intent);
  }

  /** A report that comes too late, as from an agent that thinks that it still has the work. */
  private void checkLate() throws InterruptedException {
    int last = works.size();
    for (Work work : works.subList(Math.max(0, last - LATE), last)) {
      if (!work.question()) {
        String path = "/v1/intents/" + work.id() + "/resume";
        String body = "{\"action\":\"complete\",\"by\":\"nobody\"}";
        String key = "late-" + work.id();
        Call.Answer answer =
            victim.answer(new Call(Call.Kind.REPORT, work.last().name(), key, path, body));
        findings.expect(
            answer.status() == 409 && answer.body().contains("\"intent_terminal\""),
            "A late report was taken",
            answer);
      }
    }
  }

  private List<String> events(Work work) throws InterruptedException {
    var types = new ArrayList<String>();
    read("/v1/intents/" + work.id() + "/events")
        .path("events")
        .forEach(event -> types.add(event.path("event_type").asText()));
    return types;
  }

  private JsonNode read(String path) throws InterruptedException {
    return Json.read(
        victim.read(path).orElseThrow(() -> new IllegalStateException("No answer to GET " + path)));
  }
}
