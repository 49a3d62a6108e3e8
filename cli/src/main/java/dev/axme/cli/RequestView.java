package dev.axme.cli;

import dev.axme.sdk.HumanTask;
import dev.axme.sdk.Intent;
import dev.axme.sdk.IntentStatus;
import dev.axme.sdk.Json;
import dev.axme.sdk.Result;
import dev.axme.sdk.Step;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * One request on a terminal, in the order of the page: the sentence, risk and deadline, what
 * exactly, how to decide.
 */
final class RequestView {
  private final Cli cli;
  private final Ink ink;
  private final PrintStream out;

  RequestView(Cli cli) {
    this.cli = cli;
    this.ink = cli.ink();
    this.out = cli.shell().out();
  }

  void print(Intent intent) {
    out.println(
        Words.safe(Words.shortName(intent.from()))
            + " asks: "
            + ink.bold(Words.safe(intent.title())));
    intent
        .humanTask()
        .flatMap(HumanTask::description)
        .ifPresent(text -> out.println(Words.safe(text)));
    out.println();
    rows(facts(intent));
    if (!intent.payload().isEmpty()) {
      out.println();
      out.println(ink.faint("What exactly"));
      rows(payload(intent.payload()));
    }
    steps(intent.steps());
    if (intent.status() == IntentStatus.WAITING && forPeople(intent)) {
      howToDecide(intent);
    }
  }

  private static boolean forPeople(Intent intent) {
    return intent.waitingReason().filter(r -> r.contains("HUMAN")).isPresent();
  }

  /** What the steps of a workflow came to: who decides now decides on that, too. */
  private void steps(List<Step> steps) {
    for (Step step : steps) {
      out.println();
      String who = step.assignedTo().map(to -> " by " + Words.shortName(to)).orElse("");
      String why = step.reason().map(reason -> ": " + reason).orElse("");
      out.println(
          ink.faint("Step " + Words.safe(step.id()))
              + "  "
              + Words.safe(Words.lower(step.status()) + who + why));
      rows(payload(step.result()));
    }
  }

  private SequencedMap<String, String> facts(Intent intent) {
    SequencedMap<String, String> facts = new LinkedHashMap<>();
    facts.put("Status", status(intent));
    if (intent.payload().get("risk_level") instanceof String risk) {
      facts.put("Risk", risk);
    }
    if (!intent.status().terminal()) {
      facts.put(
          "Expires",
          intent
              .dueAt()
              .map(due -> Words.ahead(due) + " (" + Words.local(due) + "), then: expired")
              .orElse("never"));
    }
    facts.put(
        "Asked", Words.ago(intent.createdAt()) + " (" + Words.local(intent.createdAt()) + ")");
    facts.put("From", intent.from());
    facts.put("To", intent.to());
    facts.put("Type", intent.type());
    facts.put("Request", intent.id().toString());
    return facts;
  }

  private String status(Intent intent) {
    Optional<Result> end = Result.of(intent);
    if (end.isPresent()) {
      return end.get().sentence();
    }
    String word = Words.lower(intent.status().name());
    return intent.pendingWith().map(who -> word + " for " + who).orElse(word);
  }

  private static SequencedMap<String, String> payload(Map<String, @Nullable Object> payload) {
    SequencedMap<String, String> rows = new LinkedHashMap<>();
    payload.forEach(
        (name, value) ->
            rows.put(
                name,
                value instanceof String text ? text : value == null ? "" : Json.format(value)));
    return rows;
  }

  private void rows(SequencedMap<String, String> rows) {
    int width = rows.keySet().stream().mapToInt(String::length).max().orElse(0);
    rows.forEach(
        (name, value) ->
            out.println(
                "  "
                    + ink.faint(Words.safe(name) + " ".repeat(width - name.length()))
                    + "  "
                    + Words.safe(value)));
  }

  private void howToDecide(Intent intent) {
    List<String> outcomes = intent.humanTask().map(HumanTask::allowedOutcomes).orElse(List.of());
    cli.say("");
    cli.say("Decide: `axme tasks approve " + intent.id() + "`");
    cli.say("    or: `axme tasks reject " + intent.id() + " --comment WHY`");
    if (!outcomes.isEmpty() && !outcomes.equals(List.of("approved", "rejected"))) {
      cli.say(
          "    or: `axme tasks submit "
              + intent.id()
              + " --outcome "
              + Words.safe(String.join("|", outcomes))
              + "`");
    }
  }
}
