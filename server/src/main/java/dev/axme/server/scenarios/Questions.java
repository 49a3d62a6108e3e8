package dev.axme.server.scenarios;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.core.Assignee;
import dev.axme.core.ReminderPlan;
import dev.axme.core.TaskDraft;
import dev.axme.core.Work;
import dev.axme.server.http.Json;
import dev.axme.server.http.Problem;
import dev.axme.server.identity.Known;
import dev.axme.server.intents.Fields;
import dev.axme.server.intents.TaskReader;
import dev.axme.server.scenarios.Bundle.Reminding;
import dev.axme.store.Blob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the steps of a workflow ask people, and how they are reminded. */
final class Questions {
  private static final String ASSIGNED_TO = "assigned_to";
  private static final String ESCALATE_TO = "escalate_to";

  private final Cast cast;
  private final Known known;
  private final Bundle bundle;
  private final Blob payload;
  private final Fields names;
  private final Findings findings;

  /** Payloads that the questions name are kept in {@code names}. */
  Questions(Cast cast, Known known, Bundle bundle, Blob payload, Fields names, Findings findings) {
    this.cast = cast;
    this.known = known;
    this.bundle = bundle;
    this.payload = payload;
    this.names = names;
    this.findings = findings;
  }

  /** The plan of a step that says something about reminders; the intent says the rest. */
  Optional<ReminderPlan> plan(Reminding said, BundleStep step) {
    Reminding whole = said.or(bundle.intent().reminding());
    if (!said.says()) {
      return Optional.empty();
    }
    if (whole.first().isEmpty()) {
      said.escalateTo()
          .ifPresent(
              _ ->
                  findings.warning(
                      step.at(ESCALATE_TO),
                      "needs remind_after_seconds to say when; it is ignored."));
      return Optional.empty();
    }
    Duration first = whole.first().get();
    String place = said.escalateTo().isPresent() ? step.at(ESCALATE_TO) : "intent." + ESCALATE_TO;
    return Optional.of(
        new ReminderPlan(
            first,
            whole.every().orElse(first),
            whole.max().orElse(Reminding.STANDARD),
            whole.escalateTo().map(e -> cast.escalation(e, place))));
  }

  /** The approval that follows what an agent did. */
  Optional<Work> approval(BundleStep step, String name) {
    Meant.Human asked = cast.anybody();
    String title = "Approve what " + name + " did in " + step.id();
    return draft(step, Json.object(), title, asked.whom())
        .map(d -> new Work.Human(d, plan(step.reminding(), step), asked.ref(), asked.name()));
  }

  /** What a person is asked in a step; empty when the findings say what is wrong with it. */
  Optional<Work> human(BundleStep step, Meant meant) {
    boolean owner = step.tool().filter(StepKind.NOTIFY_OWNER::equals).isPresent();
    Meant.Human asked =
        switch (meant) {
          case Meant.Human h -> h;
          case Meant.Core _, Meant.Unknown _ -> owner ? owner() : cast.anybody();
          case Meant.Agent _ -> {
            findings.warning(
                step.at(ASSIGNED_TO),
                "is an agent, but people decide this step: everybody who may decide is asked.");
            yield cast.anybody();
          }
        };
    if (step.task().filter(t -> t.hasNonNull("title")).isEmpty()) {
      findings.warning(
          step.at("human_task.title"), "is missing: say in one line what the person is asked.");
    }
    ObjectNode task = step.task().orElseGet(Json::object);
    String title = owner ? "Please acknowledge" : TaskReader.UNTITLED;
    return draft(step, task, title, asked.whom())
        .map(d -> new Work.Human(d, plan(step.reminding(), step), asked.ref(), asked.name()));
  }

  private static Meant.Human owner() {
    return new Meant.Human(Optional.of(new Assignee.Role(Cast.OWNER)), Cast.OWNER, Cast.OWNER);
  }

  private Optional<TaskDraft> draft(
      BundleStep step, ObjectNode task, String title, Optional<Assignee> addressed) {
    if (!findings.soundBelow(step.at("human_task"))) {
      return Optional.empty();
    }
    List<String> said = new ArrayList<>();
    try {
      return Optional.of(
          new TaskReader(known, said).read(cast.cast(task), title, addressed, payload, names));
    } catch (Problem e) {
      findings.error(step.place(), e);
      return Optional.empty();
    } finally {
      said.forEach(w -> findings.warning(step.at("human_task") + ": " + w));
    }
  }
}
