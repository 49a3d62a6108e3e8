package dev.axme.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A question to people, with how often they were reminded, to whom it went on and how it ended.
 *
 * @param plan how people are reminded
 * @param due when it expires by itself; the intent's deadline holds besides
 * @param noticedAt when people last heard of it: asked or reminded
 * @param links the generation of links that open it
 * @param seen who has opened theirs, by e-mail
 */
public record HumanTask(
    TaskId id,
    TaskDraft draft,
    Optional<ReminderPlan> plan,
    Optional<Instant> due,
    Instant openedAt,
    Instant noticedAt,
    int reminders,
    Optional<Assignee> escalatedTo,
    int links,
    List<String> seen,
    Optional<Closed> closed) {

  /** How a question ended. */
  public record Closed(Status status, Optional<Decision> decision, Instant at) {}

  static HumanTask asked(
      IntentEvent.TaskOpened e, Optional<ReminderPlan> plan, Optional<Instant> due, Instant at) {
    return new HumanTask(
        e.task(),
        e.draft(),
        plan,
        due,
        at,
        at,
        0,
        Optional.empty(),
        0,
        List.of(),
        Optional.empty());
  }

  /** The answer, if it was answered. */
  public Optional<Decision> decision() {
    return closed.flatMap(Closed::decision);
  }

  /** Whether {@code person} may decide (protocol section 6.5). */
  public boolean decidableBy(Person person) {
    boolean invited = person.invited().equals(Optional.of(id));
    if (draft.assignees().isEmpty() || person.admin() || invited) {
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
    return with(at, number, escalatedTo, links, seen, closed);
  }

  HumanTask escalated(Assignee to, Instant at) {
    return with(at, reminders, Optional.of(to), links, seen, closed);
  }

  HumanTask seenBy(String email) {
    List<String> all = new ArrayList<>(seen);
    all.add(email);
    return with(noticedAt, reminders, escalatedTo, links, List.copyOf(all), closed);
  }

  HumanTask linksOf(int generation) {
    return with(noticedAt, reminders, escalatedTo, generation, seen, closed);
  }

  HumanTask decided(Decision decision, Instant at) {
    Status status = decision.approved() ? Status.COMPLETED : Status.FAILED;
    return closed(new Closed(status, Optional.of(decision), at));
  }

  /** The same, over; what it ended with first stays. */
  HumanTask over(Status status, Instant at) {
    return closed.isPresent() ? this : closed(new Closed(status, Optional.empty(), at));
  }

  private HumanTask closed(Closed how) {
    return with(noticedAt, reminders, escalatedTo, links, seen, Optional.of(how));
  }

  /** The same question; only what happens to one can change. */
  private HumanTask with(
      Instant heardAt,
      int reminded,
      Optional<Assignee> to,
      int generation,
      List<String> openedBy,
      Optional<Closed> how) {
    return new HumanTask(
        id, draft, plan, due, openedAt, heardAt, reminded, to, generation, openedBy, how);
  }
}
