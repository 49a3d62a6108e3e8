package dev.axme.server.scenarios;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.core.Step.Retry;
import dev.axme.server.http.Json;
import dev.axme.server.scenarios.Bundle.Reminding;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A step of a workflow as somebody wrote it; which kind it is says {@link StepKind}.
 *
 * @param settings {@code runtime_config} and {@code config} in one
 */
record BundleStep(
    String place,
    String id,
    Optional<String> tool,
    Optional<String> runtime,
    ObjectNode settings,
    Optional<String> assignedTo,
    Optional<ObjectNode> input,
    boolean requiresApproval,
    Optional<Duration> deadline,
    Retry retry,
    Reminding reminding,
    Optional<ObjectNode> task,
    Optional<String> onSuccess,
    Optional<String> onFailure) {
  /** Built-in steps that need no tool. */
  static final List<String> RUNTIMES =
      List.of("human_approval", "timeout", "reminder", "delay", "escalation", "notification");

  private static final String BUILT_IN = "tool.internal.";

  static BundleStep read(Part part) {
    Optional<String> runtime = part.text("runtime_type");
    if (runtime.isPresent() && !RUNTIMES.contains(runtime.get())) {
      part.error("runtime_type", "must be one of " + String.join(", ", RUNTIMES) + ".");
    }
    Optional<Part> task = part.part("human_task", Shape.TASK);
    task.ifPresent(Part::look);
    return new BundleStep(
        part.place(),
        part.needed("step_id", "name the step, so that others can lead to it.").orElse(""),
        part.text("tool_id"),
        runtime,
        settings(part),
        part.text("assigned_to"),
        part.object("input"),
        part.flag("requires_approval"),
        part.seconds("step_deadline_seconds"),
        part.part("retry", Shape.RETRY).map(BundleStep::retry).orElse(Retry.NONE),
        Reminding.of(part),
        task.map(Part::json),
        part.text("on_success"),
        part.text("on_failure"));
  }

  private static ObjectNode settings(Part part) {
    ObjectNode settings = part.object("runtime_config").orElseGet(Json::object).deepCopy();
    part.object("config").ifPresent(settings::setAll);
    return settings;
  }

  private static Retry retry(Part part) {
    return new Retry(
        part.whole("max_retries").orElse(0),
        part.seconds("retry_delay_seconds").orElse(Retry.NONE.delay()));
  }

  /** Whether it is the built-in step of this name, by its runtime or by its tool. */
  boolean is(String builtIn) {
    return runtime.filter(builtIn::equals).isPresent()
        || tool.filter((BUILT_IN + builtIn)::equals).isPresent();
  }

  /** The place of a field of it. */
  String at(String field) {
    return place + "." + field;
  }

  /** What a built-in step is told: its settings, else its input. */
  Part told(Shape shape, Findings findings) {
    boolean configured = !settings.isEmpty() || input.isEmpty();
    return configured
        ? new Part(settings, at("config"), shape, findings)
        : new Part(input.orElseThrow(), at("input"), shape, findings);
  }
}
