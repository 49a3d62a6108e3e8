package dev.axme.server.intents;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.core.Append;
import dev.axme.core.Assignee;
import dev.axme.core.Decision;
import dev.axme.core.Intent;
import dev.axme.core.IntentCommand;
import dev.axme.core.IntentId;
import dev.axme.core.Phase;
import dev.axme.core.Refusal;
import dev.axme.core.Result;
import dev.axme.core.Root;
import dev.axme.core.Ruling;
import dev.axme.engine.Answer;
import dev.axme.engine.Submission;
import dev.axme.server.http.Json;
import dev.axme.server.http.Problem;
import dev.axme.server.http.Reply;
import dev.axme.store.Memo;
import dev.axme.store.Place;
import dev.axme.store.Store;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** From the committer's answer to the client's: one place for every route that commits. */
public final class Answers {
  private final Store store;
  private final Lookup lookup;

  public Answers(Store store) {
    this.store = store;
    this.lookup = new Lookup(store);
  }

  /**
   * Makes the body of an accepted command about {@code intent}; the same from the commit and from
   * the log.
   */
  public interface Render {
    ObjectNode body(Intent intent, Root after, Append append, List<String> warnings, Bodies bodies);
  }

  /** Commits; what is remembered is rendered from the log by a worker, to the same bytes. */
  Reply commit(Submission submission, Render render) {
    return new Reply.Commit(
        submission,
        answer ->
            Lookup.missed(answer)
                ? new Reply.Later(() -> commit(lookup.elsewhere(submission), render))
                : reply(submission, answer, render));
  }

  /** What became of the submission, as the client is told. */
  public Reply reply(Submission submission, Answer answer, Render render) {
    return switch (answer) {
      case Answer.Accepted a -> accepted(submission, a, render);
      case Answer.Remembered r -> new Reply.Later(() -> again(submission, r.memo(), render));
      case Answer.Unchanged u -> unchanged(u.ruling());
      case Answer.Refused r -> throw problem(r.refusal());
      case Answer.KeyReused _ ->
          throw new Problem(
              409, "idempotency_conflict", "idempotency key reused with different payload");
      case Answer.Taken _ ->
          throw new IllegalStateException("Expected a command without newcomers");
      case Answer.Unauthorized _ ->
          throw new Problem(
              401, "invalid_platform_api_key", "This key was revoked. Ask for a new one.");
      case Answer.Unavailable u ->
          throw Problem.unavailable(u.why(), Math.max(1, u.retryAfter().toSeconds()));
      case Answer.Broken b -> throw new IllegalStateException("A command broke", b.cause());
    };
  }

  /** On a worker, when payloads may have to be read that did not come with the command. */
  private Reply accepted(Submission submission, Answer.Accepted a, Render render) {
    Intent intent = a.after().intent(submission.command().intent()).orElseThrow();
    Supplier<Reply> told =
        () -> {
          Bodies bodies = new Bodies(store, submission.place(), submission.blobs());
          return Reply.json(render.body(intent, a.after(), a.append(), a.warnings(), bodies));
        };
    boolean hot =
        submission.command() instanceof IntentCommand.Create
            || submission.command() instanceof IntentCommand.Resume;
    return hot && intent.run().isEmpty() ? told.get() : new Reply.Later(told);
  }

  private Reply again(Submission submission, Memo memo, Render render) {
    return switch (memo) {
      case Memo.StaleGeneration s -> unchanged(new Ruling.StaleGeneration(s.generation()));
      case Memo.Accepted a -> {
        Place place =
            store
                .find(submission.workspace(), a.intent())
                .orElseThrow(() -> new IllegalStateException("Expected intent " + a.intent()));
        List<Append> appends = store.log(place.home(), place.root()).subList(0, a.append());
        Root root = Root.fold(place.root(), appends);
        yield Reply.json(
            render.body(
                root.intent(a.intent()).orElseThrow(),
                root,
                appends.getLast(),
                a.warnings(),
                new Bodies(store, place, List.of())));
      }
    };
  }

  private static Reply unchanged(Ruling.Unchanged ruling) {
    return switch (ruling) {
      case Ruling.StaleGeneration s ->
          Reply.json(
              Json.ok()
                  .put("applied", false)
                  .put("reason", "stale_policy_generation")
                  .put("policy_generation", s.current()));
      case Ruling.Stale _ ->
          throw new Problem(
              409, "conflict", "Nobody is asked anything at the moment, so there are no links.");
    };
  }

  /** What the rules' no is on the wire. */
  static Problem problem(Refusal refusal) {
    return switch (refusal) {
      case Refusal.UnknownIntent _ -> Problem.notFound("such intent");
      case Refusal.AlreadyExists r ->
          new Problem(409, "already_exists", "Intent " + r.intent() + " exists already.");
      case Refusal.IntentEnded r -> ended(r.intent(), r.phase());
      case Refusal.HumanDecisionRequired _ ->
          new Problem(
              403,
              "human_decision_required",
              "Only a person may decide this, with a login key or on the page; an agent's key"
                  + " cannot.");
      case Refusal.NotAssigned r ->
          new Problem(
              403,
              "forbidden",
              "This is for "
                  + String.join(", ", r.assignees().stream().map(Assignee::ref).toList())
                  + " to decide.");
      case Refusal.NotTheirs _ ->
          new Problem(
              403,
              "forbidden",
              "Only the sender, the recipient and people may do this with the intent.");
      case Refusal.AnswerMissing r ->
          new Problem(
              422,
              "invalid_outcome",
              "A person's answer is expected: send task_result.outcome, one of "
                  + String.join(", ", r.allowed())
                  + ".");
      case Refusal.InvalidOutcome r ->
          new Problem(
              422,
              "invalid_outcome",
              "'%s' is no answer to this; it takes %s."
                  .formatted(r.said(), String.join(", ", r.allowed())));
      case Refusal.CommentRequired _ ->
          new Problem(422, "validation_error", "This decision needs a comment.");
      case Refusal.EvidenceRequired _ ->
          new Problem(
              422, "validation_error", "This decision needs evidence: send it as evidence.");
      case Refusal.FormUnchecked _, Refusal.OtherQuestion _ ->
          new Problem(409, "conflict", "The task changed while it was being answered. Look again.");
      case Refusal.NobodyAsked r ->
          new Problem(
              409,
              "conflict",
              "Step '%s' of this workflow waits for no person's answer. Look at pending_with; its"
                      .formatted(r.step())
                  + " owner may send approve_current_step.");
      case Refusal.NothingToDo _ ->
          Problem.invalid("action", "is missing: send complete or fail, or task_result.");
      case Refusal.DeadlinePassed _ ->
          Problem.invalid("deadline_at", "has passed already; send a time that is still to come.");
    };
  }

  private static Problem ended(IntentId intent, Phase.Ended phase) {
    ObjectNode details = Json.object().put("intent_id", intent.toString());
    details.put("status", phase.status().name());
    Optional<Decision> decision = decision(phase);
    decision.ifPresent(
        d ->
            details
                .put("outcome", d.outcome())
                .put("decided_by", d.by().ref())
                .put("decided_at", d.at().toString()));
    String how =
        decision
            .map(d -> "was " + d.outcome() + " by " + d.by().name() + " at " + d.at())
            .orElse("ended as " + phase.status());
    return new Problem(
        409, "intent_terminal", "This " + how + "; nothing more can change it.", details);
  }

  private static Optional<Decision> decision(Phase.Ended phase) {
    Optional<Result> result =
        switch (phase) {
          case Phase.Completed c -> c.result();
          case Phase.Failed f -> f.result();
          case Phase.Canceled _, Phase.TimedOut _ -> Optional.empty();
        };
    return result.flatMap(
        r -> r instanceof Result.Decided d ? Optional.of(d.decision()) : Optional.empty());
  }
}
