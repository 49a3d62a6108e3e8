package dev.axme.core;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A compiled workflow: typed, addresses resolved, every step that another one names is there. It
 * stands in the first append of its root and is never compiled again.
 */
public record Workflow(StepId entry, List<Step> steps) {
  /** A workflow that would start more steps than this fails with {@code step_limit}. */
  public static final int MAX_STARTS = 1_000;

  public Workflow {
    steps = List.copyOf(steps);
    Set<StepId> ids = new HashSet<>();
    for (Step step : steps) {
      if (!ids.add(step.id())) {
        throw new IllegalArgumentException("Expected one step " + step.id() + ", but found two");
      }
    }
    for (Step step : steps) {
      named(ids, Optional.of(entry));
      named(ids, step.onSuccess());
      named(ids, step.onFailure());
    }
  }

  private static void named(Set<StepId> ids, Optional<StepId> id) {
    if (id.isPresent() && !ids.contains(id.get())) {
      throw new IllegalArgumentException("Expected a step " + id.get() + ", but found none");
    }
  }

  /** The step with this id. */
  public Step step(StepId id) {
    return steps.stream()
        .filter(s -> s.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("Expected a step " + id));
  }

  /** Whether people have a say in it. */
  public boolean asksPeople() {
    return steps.stream().anyMatch(s -> s.work() instanceof Work.Human);
  }
}
