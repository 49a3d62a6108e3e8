package dev.axme.core;

import java.util.List;
import java.util.Optional;

/**
 * A question to people before it is asked.
 *
 * @param outcomes what may be answered, successes first
 * @param outcomesGiven whether the sender chose the outcomes; else the type's defaults stand and
 *     the words approved and rejected are accepted too (protocol section 6.2)
 * @param assignees whom it names; empty means everybody who may decide in the workspace
 * @param document the task as it is stored and shown, every default filled in
 * @param shown SHA-256 over the length-prefixed bytes of payload and document: what the decision is
 *     bound to
 */
public record TaskDraft(
    String title,
    String type,
    List<String> outcomes,
    boolean outcomesGiven,
    boolean commentRequired,
    boolean evidenceRequired,
    List<Assignee> assignees,
    Optional<Payload> form,
    Payload document,
    Digest shown) {
  public TaskDraft {
    outcomes = List.copyOf(outcomes);
    assignees = List.copyOf(assignees);
    if (outcomes.isEmpty()) {
      throw new IllegalArgumentException("Expected at least one outcome, but found none");
    }
  }

  /** The same, with what else is shown in its digest. */
  TaskDraft shown(Digest all) {
    return new TaskDraft(
        title,
        type,
        outcomes,
        outcomesGiven,
        commentRequired,
        evidenceRequired,
        assignees,
        form,
        document,
        all);
  }
}
