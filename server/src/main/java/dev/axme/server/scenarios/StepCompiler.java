package dev.axme.server.scenarios;

import dev.axme.core.Assignee;
import dev.axme.core.Payload;
import dev.axme.core.ReminderPlan;
import dev.axme.core.Step;
import dev.axme.core.StepId;
import dev.axme.core.Work;
import dev.axme.core.Workflow;
import dev.axme.server.identity.Known;
import dev.axme.server.intents.Fields;
import dev.axme.server.scenarios.Bundle.Reminding;
import dev.axme.store.Blob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The steps of a bundle, compiled: typed, whom they name looked up, where they lead resolved. */
final class StepCompiler {
  private static final String ASSIGNED_TO = "assigned_to";
  private static final String ESCALATE_TO = "escalate_to";
  private static final Set<String> TOOLS =
      Set.of(
          "tool.approval.human_signoff",
          "tool.human.approval.v1",
          StepKind.NOTIFY_OWNER,
          "tool.agent.task.v1",
          "tool.approval.check_window");

  private final Cast cast;
  private final Questions questions;
  private final Bundle bundle;
  private final Fields names;
  private final Findings findings;
  private final Set<String> ids = new HashSet<>();

  /** Payloads that the steps name are kept in {@code names}. */
  StepCompiler(
      Cast cast, Known known, Bundle bundle, Blob payload, Fields names, Findings findings) {
    this.cast = cast;
    this.questions = new Questions(cast, known, bundle, payload, names, findings);
    this.bundle = bundle;
    this.names = names;
    this.findings = findings;
  }

  /** The workflow; empty when something is wrong with the bundle. */
  Optional<Workflow> compile(Bundle.Flow flow) {
    Routing routing = new Routing(flow, findings);
    flow.steps().forEach(s -> ids.add(s.id()));
    List<Made> made = flow.steps().stream().map(this::made).toList();
    if (!findings.sound()) {
      return Optional.empty();
    }
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < made.size(); i++) {
      Optional<StepId> success = routing.onSuccess(i).map(StepId::new);
      Optional<StepId> failure = routing.onFailure(i).map(StepId::new);
      steps.addAll(steps(flow.steps().get(i), made.get(i), success, failure));
    }
    return Optional.of(new Workflow(new StepId(routing.entry()), steps));
  }

  /** What a step does, and the approval that has to follow. */
  private record Made(Optional<Work> work, Optional<Work> approval) {
    static Made of(Work work) {
      return new Made(Optional.of(work), Optional.empty());
    }
  }

  private List<Step> steps(
      BundleStep step, Made made, Optional<StepId> success, Optional<StepId> failure) {
    StepId id = new StepId(step.id());
    Optional<StepId> approval = made.approval().map(_ -> new StepId(free(step.id() + ".approval")));
    Step first =
        new Step(
            id,
            made.work().orElseThrow(),
            approval.or(() -> success),
            failure,
            step.retry(),
            step.deadline());
    return approval
        .map(
            a ->
                List.of(
                    first,
                    new Step(
                        a,
                        made.approval().orElseThrow(),
                        success,
                        failure,
                        Step.Retry.NONE,
                        Optional.empty())))
        .orElseGet(() -> List.of(first));
  }

  private String free(String wanted) {
    String id = wanted;
    while (!ids.add(id)) {
      id += ".approval";
    }
    return id;
  }

  private Made made(BundleStep step) {
    Meant meant =
        step.assignedTo().map(a -> cast.meant(a, step.at(ASSIGNED_TO))).orElseGet(Meant.Core::new);
    StepKind kind = StepKind.of(step, assigned(meant));
    names(step, meant, kind);
    return switch (kind) {
      case DELAY -> delay(step);
      case NOTIFICATION -> notification(step);
      case ESCALATION -> escalation(step, meant);
      case CONFIGURATION -> configuration(step);
      case HUMAN -> new Made(questions.human(step, meant), Optional.empty());
      case AGENT -> agent(step, meant);
      case NOTHING -> Made.of(new Work.Nothing(input(step)));
    };
  }

  private static StepKind.Assigned assigned(Meant meant) {
    return switch (meant) {
      case Meant.Agent _ -> StepKind.Assigned.AGENT;
      case Meant.Human _ -> StepKind.Assigned.HUMAN;
      case Meant.Core _, Meant.Unknown _ -> StepKind.Assigned.NOBODY;
    };
  }

  private void names(BundleStep step, Meant meant, StepKind kind) {
    if (meant instanceof Meant.Unknown) {
      String said =
          "is " + step.assignedTo().orElse("") + ", a role that nobody fills and no address";
      switch (kind) {
        case HUMAN, AGENT, NOTHING ->
            findings.error(
                step.at(ASSIGNED_TO),
                said + "; add it to agents or humans, or write agent://name.");
        case DELAY, NOTIFICATION, ESCALATION, CONFIGURATION ->
            findings.warning(step.at(ASSIGNED_TO), said + "; this step needs nobody.");
      }
    }
    if (step.tool().filter(t -> !TOOLS.contains(t) && !builtIn(t)).isPresent()) {
      findings.warning(
          step.at("tool_id"),
          "is "
              + step.tool().get()
              + ", which is not known here; "
              + (kind == StepKind.AGENT ? "the agent is told it." : "it does nothing."));
    }
  }

  private static boolean builtIn(String tool) {
    return BundleStep.RUNTIMES.stream().anyMatch(r -> tool.equals("tool.internal." + r));
  }

  private Made delay(BundleStep step) {
    Part told = step.told(Shape.DELAY, findings);
    Optional<Duration> length = told.seconds("seconds");
    if (length.isEmpty() && findings.soundBelow(told.at("seconds"))) {
      told.error("seconds", "is missing: say how long the delay takes.");
    }
    Optional<String> reason = told.text("reason");
    return new Made(length.map(l -> new Work.Delay(l, reason)), Optional.empty());
  }

  private Made notification(BundleStep step) {
    Part told = step.told(Shape.NOTIFICATION, findings);
    return Made.of(
        new Work.Notification(
            told.json().isEmpty() ? Optional.empty() : Optional.of(names.payload(told.json()))));
  }

  private Made escalation(BundleStep step, Meant meant) {
    Part told = step.told(Shape.ESCALATION, findings);
    Optional<Assignee> to =
        told.text(ESCALATE_TO)
            .map(e -> cast.escalation(e, told.at(ESCALATE_TO)))
            .or(() -> step.reminding().escalateTo().map(e -> escalation(step, e)))
            .or(() -> meant instanceof Meant.Human h ? h.whom() : Optional.empty())
            .or(
                () ->
                    bundle
                        .intent()
                        .reminding()
                        .escalateTo()
                        .map(e -> cast.escalation(e, "intent." + ESCALATE_TO)));
    return Made.of(new Work.Escalation(to.orElseGet(() -> new Assignee.Role(Cast.OWNER))));
  }

  private Assignee escalation(BundleStep step, String to) {
    return cast.escalation(to, step.at(ESCALATE_TO));
  }

  private Made configuration(BundleStep step) {
    boolean timeout = step.is("timeout");
    Part told = step.told(timeout ? Shape.TIMEOUT : Shape.REMINDER, findings);
    Reminding said = timeout ? step.reminding() : step.reminding().or(Reminding.of(told));
    Optional<Duration> deadline =
        step.deadline().or(() -> timeout ? told.seconds("seconds") : Optional.empty());
    Optional<ReminderPlan> reminders = questions.plan(said, step);
    if (reminders.isEmpty() && deadline.isEmpty()) {
      findings.warning(
          step.place(),
          timeout
              ? "says no step_deadline_seconds: it changes nothing."
              : "says no remind_after_seconds: it changes nothing.");
    }
    return Made.of(new Work.Configure(reminders, deadline));
  }

  private Made agent(BundleStep step, Meant meant) {
    if (!(meant instanceof Meant.Agent agent)) {
      throw new IllegalStateException("Expected an agent for " + step.place());
    }
    if (step.reminding().says() && !step.requiresApproval()) {
      findings.warning(
          step.place(), "reminds nobody: only steps that people decide have reminders.");
    }
    Work work =
        new Work.Agent(
            agent.to(),
            agent.to().address().value(),
            agent.registered(),
            agent.name(),
            step.tool(),
            input(step));
    return new Made(
        Optional.of(work),
        step.requiresApproval() ? questions.approval(step, agent.name()) : Optional.empty());
  }

  private Optional<Payload> input(BundleStep step) {
    return step.input().map(names::payload);
  }
}
