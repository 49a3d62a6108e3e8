package dev.axme.server.inbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.core.Decision;
import dev.axme.core.HumanTask;
import dev.axme.core.Intent;
import dev.axme.core.IntentId;
import dev.axme.core.Outcomes;
import dev.axme.core.Refusal;
import dev.axme.engine.Answer;
import dev.axme.engine.Submission;
import dev.axme.server.http.Call;
import dev.axme.server.http.Json;
import dev.axme.server.http.Problem;
import dev.axme.server.http.Reply;
import dev.axme.server.inbox.Acts.Act;
import dev.axme.server.inbox.Acts.Actor;
import dev.axme.server.intents.Answers;
import dev.axme.server.intents.Decisions;
import dev.axme.server.intents.Fields;
import dev.axme.server.intents.Forms;
import dev.axme.store.Store;
import dev.axme.store.Threads.Approval;
import dev.axme.store.Threads.Deed;
import dev.axme.store.Threads.Kind;
import dev.axme.store.Threads.Mark;
import dev.axme.store.Threads.Scope;
import dev.axme.store.Threads.Written;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Approvals (section 7.2). What people were asked is decided by the one path of decisions, and only
 * there; everything else is a mark on a thread, or a decision that is kept under its id.
 */
final class ThreadDecisions {
  private static final int COMMENT = 2_000;
  private static final int APPROVAL_COMMENT = 1_000;

  private final Store store;
  private final Acts acts;
  private final Decisions decisions;
  private final Answers answers;

  ThreadDecisions(Store store, Acts acts, Decisions decisions) {
    this.store = store;
    this.acts = acts;
    this.decisions = decisions;
    this.answers = new Answers(store);
  }

  Reply approve(Call call) {
    return mark(call, true);
  }

  Reply reject(Call call) {
    return mark(call, false);
  }

  private Reply mark(Call call, boolean approved) {
    Actor actor = acts.actor(call, "thread_id");
    Optional<String> comment = new Fields(actor.body()).text(COMMENT, "comment");
    Said said = new Said(actor, approved, comment);
    InboxThread thread = acts.now(actor);
    if (acts.recalled(actor).isPresent()) {
      return ThreadActs.answer(thread);
    }
    Optional<HumanTask> asked = thread.intent().flatMap(ThreadDecisions::asked);
    if (asked.isPresent()) {
      return decide(said, asked.get(), () -> ThreadActs.answer(told(said)));
    }
    Kind kind = approved ? Kind.APPROVED : Kind.REJECTED;
    acts.act(actor, thread, new Act(kind, Optional.of(Mark.DONE), comment));
    return ThreadActs.answer(acts.now(actor));
  }

  private record Said(Actor actor, boolean approved, Optional<String> comment) {
    IntentId intent() {
      return new IntentId(actor.thread());
    }

    ObjectNode body() {
      ObjectNode result = Json.object();
      result.put("outcome", approved ? Outcomes.APPROVED : Outcomes.REJECTED);
      comment.ifPresent(c -> result.put("comment", c));
      ObjectNode body = Json.object();
      body.set("task_result", result);
      return body;
    }

    boolean agrees(HumanTask task) {
      return task.decision().filter(d -> d.approved() == approved).isPresent();
    }
  }

  /** What people were asked last: what waits, or what was closed. */
  private static Optional<HumanTask> asked(Intent intent) {
    return intent.openTask().or(intent::lastTask);
  }

  /** Answers the question, and no other one. Whoever says what was said already changes nothing. */
  private Reply decide(Said said, HumanTask task, Supplier<Reply> decided) {
    if (said.agrees(task)) {
      return decided.get();
    }
    return decisions.answer(
        said.actor().call().caller(),
        said.intent(),
        task.id(),
        said.body(),
        said.actor().request(),
        new Decisions.Told() {
          @Override
          public Reply answered(Submission submission, Answer answer) {
            return switch (answer) {
              case Answer.Accepted _, Answer.Remembered _ -> new Reply.Later(decided);
              case Answer.Refused r when r.refusal() instanceof Refusal.IntentEnded ->
                  new Reply.Later(() -> ended(said, task, decided, submission, answer));
              default -> refused(submission, answer);
            };
          }

          @Override
          public Reply mistaken(List<Forms.Mistake> mistakes) {
            throw Decisions.mistaken(mistakes);
          }
        });
  }

  private Reply refused(Submission submission, Answer answer) {
    return answers.reply(
        submission,
        answer,
        (_, _, _, _, _) -> {
          throw new IllegalStateException("Expected a refusal, but found " + answer);
        });
  }

  /** Somebody was quicker. */
  private Reply ended(
      Said said, HumanTask task, Supplier<Reply> decided, Submission submission, Answer answer) {
    boolean agree = intent(said).flatMap(i -> i.task(task.id())).filter(said::agrees).isPresent();
    return agree ? decided.get() : refused(submission, answer);
  }

  private Optional<Intent> intent(Said said) {
    return store
        .find(said.actor().workspace(), said.intent())
        .flatMap(place -> store.root(place).intent(said.intent()));
  }

  /** The thread after its question was decided. Its inboxes hear of that once. */
  private InboxThread told(Said said) {
    InboxThread thread = acts.now(said.actor());
    Optional<Decision> decision =
        thread.intent().flatMap(ThreadDecisions::asked).flatMap(HumanTask::decision);
    boolean heard =
        thread
            .whole()
            .filter(w -> decision.filter(d -> w.markedAt().isBefore(d.at())).isEmpty())
            .isPresent();
    if (heard || decision.isEmpty()) {
      return thread;
    }
    Actor once = said.actor().withoutKey();
    Act act =
        new Act(
            said.approved() ? Kind.APPROVED : Kind.REJECTED,
            Optional.of(Mark.DONE),
            Optional.empty());
    acts.write(
        once,
        thread,
        Acts.reached(thread, act),
        state ->
            Optional.of(
                new Deed(
                    Acts.after(Acts.before(once, state), act, false, state),
                    Optional.empty(),
                    Acts.copies(once, thread, Acts.reached(thread, act), state),
                    Set.of())));
    return acts.now(said.actor());
  }

  Reply decide(Call call) {
    Actor actor = acts.actor(call, "approval_id");
    Fields fields = new Fields(actor.body());
    String word =
        fields.text(16, "decision").map(d -> d.strip().toLowerCase(Locale.ROOT)).orElse("");
    if (!word.equals("approve") && !word.equals("reject")) {
      throw Problem.invalid("decision", "must be approve or reject.");
    }
    Optional<String> comment = fields.text(APPROVAL_COMMENT, "comment");
    Said said = new Said(actor, word.equals("approve"), comment);
    acts.recalled(actor);
    Optional<HumanTask> asked = intent(said).flatMap(ThreadDecisions::asked);
    return asked.isPresent() ? decide(said, asked.get(), () -> decided(said)) : kept(said);
  }

  private Reply decided(Said said) {
    Decision decision =
        intent(said)
            .flatMap(ThreadDecisions::asked)
            .flatMap(HumanTask::decision)
            .orElseThrow(() -> new IllegalStateException("Expected a decision of " + said));
    return answer(
        new Approval(
            said.actor().thread(),
            decision.approved(),
            decision.comment(),
            said.actor().owner(),
            decision.at()));
  }

  /** About what is no question to people here, the first decision is kept. */
  private Reply kept(Said said) {
    Actor actor = said.actor();
    Approval wanted =
        new Approval(
            actor.thread(),
            said.approved(),
            said.comment(),
            actor.call().caller().address(),
            store.now());
    Scope touched =
        new Scope(
            actor.workspace(),
            actor.workspace(),
            actor.thread(),
            new LinkedHashSet<>(),
            actor.call().caller().credential(),
            actor.request());
    switch (store.threads().decide(touched, wanted)) {
      case Written.Done _ -> {}
      case Written.Remembered before -> Acts.same(before);
      case Written.Unauthorized _ -> throw Acts.revoked();
    }
    Approval kept = store.threads().approval(actor.workspace(), actor.thread()).orElseThrow();
    if (kept.approved() != said.approved()) {
      String how = kept.approved() ? "approved" : "rejected";
      throw new Problem(
          409, "conflict", "This was " + how + " at " + kept.decidedAt() + "; that stays.");
    }
    return answer(kept);
  }

  private static Reply answer(Approval approval) {
    ObjectNode view = Json.object();
    view.put("approval_id", approval.id().toString());
    view.put("decision", approval.approved() ? "approve" : "reject");
    view.put("comment", approval.comment().orElse(null));
    view.put("decided_at", approval.decidedAt().toString());
    ObjectNode answer = Json.ok();
    answer.set("approval", view);
    return Reply.json(answer);
  }
}
