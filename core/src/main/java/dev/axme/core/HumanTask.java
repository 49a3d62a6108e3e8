package dev.axme.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A question to people, with how often they were reminded and to whom it went on.
 *
 * @param noticedAt when people last heard of it: asked or reminded
 */
public record HumanTask(
    TaskId id,
    TaskDraft draft,
    Instant openedAt,
    Instant noticedAt,
    int reminders,
    Optional<Assignee> escalatedTo) {

  /** Whether {@code person} may decide (protocol section 6.5). */
  public boolean decidableBy(Person person) {
    if (draft.assignees().isEmpty() || person.admin()) {
      return true;
    }
    return assignees().stream().anyMatch(a -> a.names(person));
  }

  /** Everyone whom the task names now, the one it was escalated to last. */
  public List<Assignee> assignees() {
    if (escalatedTo.isEmpty() || draft.assignees().isEmpty()) {
      return draft.assignees();
    }
    List<Assignee> all = new ArrayList<>(draft.assignees());
    all.add(escalatedTo.get());
    return List.copyOf(all);
  }

  /** What {@code said} means here; empty when it is not an answer to this question. */
  public Optional<String> outcome(String said) {
    return Outcomes.read(said, draft.outcomes(), draft.outcomesGiven());
  }

  HumanTask reminded(int number, Instant at) {
    return new HumanTask(id, draft, openedAt, at, number, escalatedTo);
  }

  HumanTask escalated(Assignee to, Instant at) {
    return new HumanTask(id, draft, openedAt, at, reminders, Optional.of(to));
  }
}
