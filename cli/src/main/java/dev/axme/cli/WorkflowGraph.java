package dev.axme.cli;

import dev.axme.cli.WorkflowStep.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A scenario's workflow as a Mermaid flowchart. Drawn from the file alone: also what a server would
 * refuse shows, such as a way to a step that does not exist.
 */
final class WorkflowGraph {
  private static final Set<String> ENDS = Set.of("end", "complete");
  private static final String DONE = "done";
  private static final String FAILED = "failed";

  private final List<String> nodes = new ArrayList<>();
  private final List<String> edges = new ArrayList<>();
  private final Set<String> used = new LinkedHashSet<>();
  private final Map<String, String> names = new LinkedHashMap<>();

  private WorkflowGraph() {}

  static WorkflowGraph of(JsonView scenario) {
    WorkflowGraph graph = new WorkflowGraph();
    graph.draw(scenario);
    return graph;
  }

  String mermaid() {
    List<String> lines = new ArrayList<>();
    lines.add("flowchart TD");
    nodes.forEach(node -> lines.add("  " + node));
    if (used.contains(DONE)) {
      lines.add("  done([\"completed\"])");
    }
    if (used.contains(FAILED)) {
      lines.add("  failed([\"failed\"])");
    }
    edges.forEach(edge -> lines.add("  " + edge));
    return String.join("\n", lines) + "\n";
  }

  private void draw(JsonView scenario) {
    JsonView intent = scenario.in("intent");
    String title =
        scenario
            .text("title")
            .or(() -> scenario.text("scenario_id"))
            .or(() -> intent.text("type"))
            .orElse("scenario");
    nodes.add("start([" + quoted(List.of(title)) + "])");
    JsonView workflow = scenario.in("workflow");
    List<WorkflowStep> steps =
        workflow.each("steps").stream().map(step -> WorkflowStep.of(step, scenario)).toList();
    if (!steps.isEmpty()) {
      draw(workflow, steps);
    } else if (workflow.text("macro_id").isPresent()) {
      single("[[", workflow.text("macro_id").orElseThrow(), "]]");
    } else {
      Optional<String> agent =
          scenario.each("agents").stream().findFirst().flatMap(a -> a.text("address"));
      single("[", agent.map(Words::shortName).orElse(EventWords.CORE), "]");
    }
  }

  /** All that is known is what it goes through. */
  private void single(String open, String label, String close) {
    nodes.add("s1" + open + quoted(List.of(label)) + close);
    edges.add("start --> s1");
    edge("s1", "-->", DONE);
    edge("s1", "-. fails .->", FAILED);
  }

  private void draw(JsonView workflow, List<WorkflowStep> steps) {
    for (WorkflowStep step : steps) {
      names.putIfAbsent(step.id(), "s" + (names.size() + 1));
    }
    String entry = workflow.text("entry_step").orElse(steps.getFirst().id());
    edges.add("start --> " + target(entry));
    for (int i = 0; i < steps.size(); i++) {
      Optional<String> following =
          i + 1 < steps.size() ? Optional.of(steps.get(i + 1).id()) : Optional.empty();
      draw(steps.get(i), following);
    }
  }

  private void draw(WorkflowStep step, Optional<String> following) {
    String name = names.getOrDefault(step.id(), "s0");
    nodes.add(box(name, step));
    String last = name;
    if (step.checked()) {
      last = name + "a";
      nodes.add(last + "{{" + quoted(List.of(step.id() + ".approval", "human approver")) + "}}");
      edges.add(name + " --> " + last);
      fails(last, step, "rejected");
    }
    String next = step.json().text("on_success").or(() -> following).map(this::target).orElse(DONE);
    edge(last, "-->", next);
    if (step.kind().answered()) {
      String how = step.kind() == Kind.AGENT ? "fails" : "rejected";
      fails(name, step, step.deadline().isPresent() ? how + " or late" : how);
    }
  }

  private void fails(String name, WorkflowStep step, String how) {
    String to = step.json().text("on_failure").map(this::target).orElse(FAILED);
    edge(name, "-. " + how + " .->", to);
  }

  private void edge(String from, String arrow, String to) {
    used.add(to);
    edges.add(from + " " + arrow + " " + to);
  }

  /** Each kind of step has a shape of its own. */
  private static String box(String name, WorkflowStep step) {
    String label = quoted(step.label());
    return name
        + switch (step.kind()) {
          case AGENT -> "[" + label + "]";
          case HUMAN -> "{{" + label + "}}";
          case DELAY -> "(" + label + ")";
          case NOTIFICATION, ESCALATION -> ">" + label + "]";
          case REMINDER, TIMEOUT -> "[/" + label + "/]";
          case NOTHING -> "[[" + label + "]]";
        };
  }

  /** The node of a step; one that nobody described becomes a node that says so. */
  private String target(String step) {
    if (names.containsKey(step)) {
      return names.getOrDefault(step, DONE);
    } else if (ENDS.contains(step)) {
      return DONE;
    }
    String name = "s" + (names.size() + 1);
    names.put(step, name);
    nodes.add(name + "[" + quoted(List.of("no such step", step)) + "]");
    return name;
  }

  /** A label in quotes, in which nothing is markup: what could be is written as its code. */
  private static String quoted(List<String> lines) {
    return lines.stream()
        .map(WorkflowGraph::escaped)
        .collect(Collectors.joining("<br/>", "\"", "\""));
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    Words.cut(Words.safe(text), 80)
        .codePoints()
        .forEach(
            point -> {
              if ("\"#&<>`\\".indexOf(point) >= 0) {
                escaped.append('#').append(point).append(';');
              } else {
                escaped.appendCodePoint(point);
              }
            });
    return escaped.toString();
  }
}
