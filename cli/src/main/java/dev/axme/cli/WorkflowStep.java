package dev.axme.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * One step of a scenario's workflow, as its file describes it: what kind it is, who does it, in
 * which words a diagram shows it.
 */
record WorkflowStep(JsonView json, Kind kind, Optional<String> who) {
  /** What a step is, by the order in which a server decides it. */
  enum Kind {
    AGENT,
    HUMAN,
    DELAY,
    NOTIFICATION,
    ESCALATION,
    REMINDER,
    TIMEOUT,
    NOTHING;

    /** Whether somebody has to answer, so that it can go wrong. */
    boolean answered() {
      return this == AGENT || this == HUMAN;
    }
  }

  private static final Set<String> HUMAN_TOOLS =
      Set.of(
          "tool.approval.human_signoff",
          "tool.human.approval.v1",
          "tool.notification.notify_owner",
          "human_approval");

  private static final Map<String, Kind> BUILT_IN =
      Map.of(
          "delay", Kind.DELAY,
          "escalation", Kind.ESCALATION,
          "reminder", Kind.REMINDER,
          "timeout", Kind.TIMEOUT);

  static WorkflowStep of(JsonView json, JsonView scenario) {
    Optional<String> assigned = json.text("assigned_to");
    Optional<JsonView> agent = assigned.flatMap(name -> role(scenario, "agents", name));
    Optional<JsonView> human =
        agent.isPresent()
            ? Optional.empty()
            : assigned.flatMap(name -> role(scenario, "humans", name));
    boolean person = human.isPresent() || assigned.filter(name -> name.contains("@")).isPresent();
    Kind kind = kind(json, person);
    List<JsonView> humans = scenario.each("humans");
    Optional<JsonView> only =
        kind == Kind.HUMAN && assigned.isEmpty() && humans.size() == 1
            ? Optional.of(humans.getFirst())
            : Optional.empty();
    Optional<String> who =
        agent
            .or(() -> human)
            .or(() -> only)
            .flatMap(role -> role.text("display_name").or(() -> role.text("role")))
            .or(() -> assigned)
            .map(Words::shortName);
    return new WorkflowStep(json, kind, who);
  }

  private static Optional<JsonView> role(JsonView scenario, String list, String name) {
    return scenario.each(list).stream()
        .filter(role -> role.text("role").equals(Optional.of(name)))
        .findFirst();
  }

  private static Kind kind(JsonView json, boolean person) {
    String tool = json.text("tool_id").orElse("");
    String runtime =
        json.text("runtime_type")
            .orElse(tool.startsWith("tool.internal.") ? tool.substring(14) : tool);
    boolean approval = json.flag("requires_approval");
    if (BUILT_IN.containsKey(runtime)) {
      return BUILT_IN.getOrDefault(runtime, Kind.NOTHING);
    } else if (runtime.equals("notification") && !approval && !json.has("human_task")) {
      return Kind.NOTIFICATION;
    } else if (HUMAN_TOOLS.contains(tool)
        || HUMAN_TOOLS.contains(runtime)
        || json.has("human_task")
        || person) {
      return Kind.HUMAN;
    } else if (json.text("assigned_to").filter(name -> !core(name)).isPresent()) {
      return Kind.AGENT;
    }
    return approval ? Kind.HUMAN : Kind.NOTHING;
  }

  private static boolean core(String name) {
    return Words.shortName(name).equals(EventWords.CORE);
  }

  String id() {
    return json.text("step_id").orElse("");
  }

  /** Whether a person looks at the agent's result before the workflow goes on. */
  boolean checked() {
    return kind == Kind.AGENT && json.flag("requires_approval");
  }

  /** What a diagram says in its box, a line each. */
  List<String> label() {
    List<String> lines = new ArrayList<>();
    lines.add(id());
    switch (kind) {
      case AGENT -> lines.add("agent " + who.orElse("?"));
      case HUMAN -> {
        lines.add("human " + who.orElse("approver"));
        json.in("human_task").text("title").ifPresent(lines::add);
      }
      case DELAY ->
          lines.add("wait" + seconds(config(), "seconds").map(span -> " " + span).orElse(""));
      case NOTIFICATION -> lines.add("notify" + named(config().text("to").or(() -> who)));
      case ESCALATION ->
          lines.add("escalate to" + named(config().text("to").or(() -> who).or(this::next)));
      case REMINDER -> lines.add("set reminders");
      case TIMEOUT ->
          lines.add("set deadline" + named(seconds(config(), "seconds").or(this::deadline)));
      case NOTHING -> lines.add(json.text("tool_id").orElse("passes on"));
    }
    lines.addAll(terms());
    return lines;
  }

  private Optional<String> next() {
    return json.text("escalate_to");
  }

  private static String named(Optional<String> name) {
    return name.map(text -> " " + Words.shortName(text)).orElse("");
  }

  /** How often it is tried, how long it may take, who is reminded. */
  private List<String> terms() {
    List<String> terms = new ArrayList<>();
    JsonView retry = json.in("retry");
    OptionalLong retries = retry.number("max_retries");
    if (retries.orElse(0) > 0) {
      String pause = seconds(retry, "retry_delay_seconds").orElse("30 seconds");
      String times = Words.counted(retries.getAsLong(), "more time");
      terms.add("tried " + times + ", after " + pause);
    }
    if (kind.answered()) {
      deadline().ifPresent(span -> terms.add("within " + span));
    }
    seconds(json, "remind_after_seconds").ifPresent(span -> terms.add("reminder after " + span));
    if (kind.answered()) {
      next().ifPresent(to -> terms.add("then escalates to " + Words.shortName(to)));
    }
    return terms;
  }

  Optional<String> deadline() {
    return seconds(json, "step_deadline_seconds");
  }

  private JsonView config() {
    return json.has("runtime_config") ? json.in("runtime_config") : json.in("config");
  }

  /** Seconds in exact words: 90 seconds, 2 minutes, 1 day. */
  static Optional<String> seconds(JsonView json, String name) {
    OptionalLong number = json.number(name);
    if (number.isEmpty() || number.getAsLong() < 0) {
      return Optional.empty();
    }
    long seconds = number.getAsLong();
    if (seconds >= 86_400 && seconds % 86_400 == 0) {
      return Optional.of(Words.counted(seconds / 86_400, "day"));
    } else if (seconds >= 3_600 && seconds % 3_600 == 0) {
      return Optional.of(Words.counted(seconds / 3_600, "hour"));
    } else if (seconds >= 60 && seconds % 60 == 0) {
      return Optional.of(Words.counted(seconds / 60, "minute"));
    }
    return Optional.of(Words.counted(seconds, "second"));
  }
}
