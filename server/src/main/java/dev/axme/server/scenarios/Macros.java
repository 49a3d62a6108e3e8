package dev.axme.server.scenarios;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.server.http.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Workflows that a bundle can name instead of writing them down (protocol section 5.2). A macro
 * becomes ordinary steps, which are read and checked as if somebody had written them.
 */
final class Macros {
  private static final Parameter APPROVER =
      new Parameter("approver", "", "the role that decides; the first of humans when empty");
  private static final List<Parameter> ABOUT_APPROVAL =
      List.of(
          APPROVER,
          new Parameter("title", "Human approval required", "what the person is asked"),
          new Parameter("description", "", "more about it"),
          new Parameter("task_type", "approval", "the type of the human task"),
          new Parameter("step_deadline_seconds", "86400", "how long the person may take"),
          new Parameter("remind_after_seconds", "3600", "when the person is reminded first"),
          new Parameter("remind_interval_seconds", "", "how often then; as the first when empty"),
          new Parameter("max_reminders", "3", "how many reminders there are"),
          new Parameter("escalate_to", "", "who may decide too, after the last reminder"));
  private static final List<Parameter> ABOUT_AGENT =
      List.of(
          new Parameter("agent", "", "the role that works; the first of agents when empty"),
          new Parameter("agent_deadline_seconds", "3600", "how long the agent may take"));

  private static final Macro SINGLE =
      new Macro("macro.approval.single.v1", "One person signs off.", ABOUT_APPROVAL);
  private static final Macro AFTER_AGENT =
      new Macro(
          "macro.agent_then_approval.v1",
          "An agent works, then a person signs off.",
          joined(ABOUT_AGENT, ABOUT_APPROVAL));

  /** Every macro, in the order in which they are listed. */
  static final List<Macro> ALL = List.of(SINGLE, AFTER_AGENT);

  private final Macro macro;
  private final ObjectNode given;

  private Macros(Macro macro, ObjectNode given) {
    this.macro = macro;
    this.given = given;
  }

  /** What a macro can be told; values travel as strings. */
  record Parameter(String name, String standard, String description) {}

  /** A workflow by name. */
  record Macro(String id, String description, List<Parameter> parameters) {
    private String standard(String name) {
      return parameters.stream()
          .filter(p -> p.name().equals(name))
          .findFirst()
          .map(Parameter::standard)
          .orElseThrow(() -> new IllegalStateException("Expected a parameter " + name));
    }
  }

  static Optional<Macro> find(String id) {
    return ALL.stream().filter(m -> m.id().equals(id)).findFirst();
  }

  /** The steps of a macro; none when it is unknown or a parameter does not fit. */
  static List<Part> expand(
      String id,
      Part workflow,
      Optional<Part> parameters,
      List<Bundle.Agent> agents,
      List<Bundle.Human> humans,
      Findings findings) {
    Optional<Macro> macro = find(id);
    if (macro.isEmpty()) {
      workflow.error(
          "macro_id",
          "is " + id + ", which is not known; known are " + String.join(", ", names()) + ".");
      return List.of();
    }
    parameters.ifPresent(p -> p.look());
    parameters.ifPresent(p -> unused(macro.get(), p));
    Macros values = new Macros(macro.get(), parameters.map(Part::json).orElseGet(Json::object));
    List<ObjectNode> steps = new ArrayList<>();
    if (macro.get().equals(AFTER_AGENT)) {
      Optional<String> agent = values.text("agent").or(() -> first(agents));
      if (agent.isEmpty()) {
        workflow.error("parameters.agent", "is missing: say which of agents does the work.");
      }
      steps.add(values.work(agent.orElse("")));
    }
    steps.add(values.signOff(humans));
    String place = workflow.at("macro_id") + ".steps";
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      parts.add(new Part(steps.get(i), place + "[" + i + "]", Shape.STEP, findings));
    }
    return parts;
  }

  private static List<String> names() {
    return ALL.stream().map(Macro::id).toList();
  }

  private static Optional<String> first(List<Bundle.Agent> agents) {
    return agents.stream().findFirst().map(Bundle.Agent::role);
  }

  private static void unused(Macro macro, Part parameters) {
    List<String> names = macro.parameters().stream().map(Parameter::name).toList();
    Shape.PARAMETERS.fields().keySet().stream()
        .filter(parameters::has)
        .filter(name -> !names.contains(name))
        .forEach(name -> parameters.warning(name, "is of no use to " + macro.id() + "."));
  }

  private ObjectNode work(String agent) {
    ObjectNode step = Json.object().put("step_id", "work").put("tool_id", "tool.agent.task.v1");
    if (!agent.isEmpty()) {
      step.put("assigned_to", agent);
    }
    text("agent_deadline_seconds").ifPresent(v -> step.put("step_deadline_seconds", v));
    return step;
  }

  private ObjectNode signOff(List<Bundle.Human> humans) {
    ObjectNode step =
        Json.object().put("step_id", "sign_off").put("tool_id", "tool.approval.human_signoff");
    text("approver")
        .or(() -> humans.stream().findFirst().map(Bundle.Human::role))
        .ifPresent(v -> step.put("assigned_to", v));
    for (String name :
        List.of(
            "step_deadline_seconds",
            "remind_after_seconds",
            "remind_interval_seconds",
            "max_reminders",
            "escalate_to")) {
      text(name).ifPresent(v -> step.put(name, v));
    }
    ObjectNode task = step.putObject("human_task");
    for (String name : List.of("title", "description", "task_type")) {
      text(name).ifPresent(v -> task.put(name, v));
    }
    return step;
  }

  /** A parameter as text, or its default; what does not fit has been found already. */
  private Optional<String> text(String name) {
    var value = given.path(name);
    String written = value.isTextual() || value.isIntegralNumber() ? value.asText().strip() : "";
    String text = written.isEmpty() ? macro.standard(name) : written;
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  private static List<Parameter> joined(List<Parameter> first, List<Parameter> then) {
    List<Parameter> joined = new ArrayList<>(first);
    joined.addAll(then);
    return List.copyOf(joined);
  }
}
