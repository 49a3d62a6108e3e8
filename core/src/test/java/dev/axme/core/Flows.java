package dev.axme.core;

import static dev.axme.core.Samples.HOUR;
import static dev.axme.core.Samples.INTENT;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Workflows for tests: each step goes on to the one after it, the last one ends. */
final class Flows {
  private Flows() {}

  static IntentCommand.Create start(Step... steps) {
    return start(Samples.request(false, Optional.empty()), Orders.KEEP, steps);
  }

  static IntentCommand.Create start(IntentRequest request, DeadlineRule deadline, Step... steps) {
    return start(INTENT, request, deadline, new Workflow(steps[0].id(), Arrays.asList(steps)));
  }

  static IntentCommand.Create start(
      IntentId intent, IntentRequest request, DeadlineRule deadline, Workflow workflow) {
    Scenario scenario = new Scenario("demo", new UUID(0, 7), List.of(), Optional.of(workflow));
    return new IntentCommand.Create(
        intent, request, deadline, Optional.empty(), Optional.of(scenario));
  }

  /** A step that is followed by {@code next}, if that is a name. */
  static Step step(String id, Work work, String next) {
    return new Step(
        new StepId(id), work, id(next), Optional.empty(), Step.Retry.NONE, Optional.empty());
  }

  private static Optional<StepId> id(String name) {
    return name.isEmpty() ? Optional.empty() : Optional.of(new StepId(name));
  }

  static Step onFailure(Step s, String next) {
    return new Step(s.id(), s.work(), s.onSuccess(), id(next), s.retry(), s.deadline());
  }

  static Step retried(Step s, int max, Duration delay) {
    Step.Retry retry = new Step.Retry(max, delay);
    return new Step(s.id(), s.work(), s.onSuccess(), s.onFailure(), retry, s.deadline());
  }

  static Step within(Step s, Duration deadline) {
    return new Step(
        s.id(), s.work(), s.onSuccess(), s.onFailure(), s.retry(), Optional.of(deadline));
  }

  static Work agent(Actor.Agent agent) {
    Address address = agent.address();
    return new Work.Agent(
        Mailbox.here(address),
        address.value(),
        true,
        address.name(),
        Optional.empty(),
        Optional.empty());
  }

  static Work people(TaskDraft draft) {
    return new Work.Human(draft, Optional.empty(), "reviewer", "Reviewer");
  }

  static Work delay() {
    return new Work.Delay(HOUR, Optional.empty());
  }
}
