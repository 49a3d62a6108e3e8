package dev.axme.server.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.axme.core.Refusal;
import dev.axme.core.WorkspaceId;
import dev.axme.engine.Answer;
import dev.axme.engine.Submission;
import dev.axme.server.http.Call;
import dev.axme.server.http.Json;
import dev.axme.server.http.Problem;
import dev.axme.server.http.Reply;
import dev.axme.server.http.Response;
import dev.axme.server.intents.Decisions;
import dev.axme.server.intents.Forms;
import dev.axme.server.pages.DecisionForm;
import dev.axme.server.pages.FieldError;
import dev.axme.server.pages.MessageView;
import dev.axme.server.pages.Notice;
import dev.axme.server.pages.PostedDecision;
import dev.axme.server.pages.TaskView.Typed;
import dev.axme.server.web.TaskViews.Remark;
import dev.axme.store.Blob;
import dev.axme.store.RequestKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code POST /tasks/{id}} and {@code POST /t/{token}}: a person decides. The page's nonce is the
 * request's idempotency key, so that a second click, a reload or a repeat after an outage counts
 * once. Whatever goes wrong, the page comes back with what was typed.
 */
final class DecisionPost {
  private final Visits visits;
  private final SignIns signIns;
  private final Shown.Reader reader;
  private final TaskViews views;
  private final Decisions decisions;

  DecisionPost(
      Visits visits, SignIns signIns, Shown.Reader reader, TaskViews views, Decisions decisions) {
    this.visits = visits;
    this.signIns = signIns;
    this.reader = reader;
    this.views = views;
    this.decisions = decisions;
  }

  Reply decide(Call call) {
    Map<String, List<String>> form = call.form();
    Optional<Visit> visit = visits.of(call);
    if (visit.isEmpty()) {
      return new Reply.Now(signIns.signedOut(call, text(form, DecisionForm.COMMENT)));
    }
    if (!visit.get().posted(form, DecisionForm.CSRF)) {
      return new Reply.Now(CallerPages.message(403, MessageView.notOurs(visit.get().frame())));
    }
    return reader
        .find(visit.get().caller().workspaceId(), call.pathValue("id"))
        .map(shown -> meant(visit.get(), shown, text(form, DecisionForm.NONCE)))
        .map(shown -> new Attempt(call, visit.get(), shown, form).begin())
        .orElseGet(() -> new Reply.Now(TaskRoutes.notFound(visit.get())));
  }

  /** Whoever came by a link answers the question of the link, whatever became of it. */
  Reply decide(Call call, Visit visit, Shown shown) {
    return new Attempt(call, visit, shown, call.form()).begin();
  }

  /** The question whose page the nonce is from, which may not be the one that is open now. */
  private Shown meant(Visit visit, Shown last, String nonce) {
    if (views.issued(nonce, visit, last.intent(), last.task())) {
      return last;
    }
    return last.intent().run().stream()
        .flatMap(run -> run.tasks().values().stream())
        .filter(task -> views.issued(nonce, visit, last.intent(), task))
        .findFirst()
        .flatMap(
            task ->
                reader.find(visit.caller().workspaceId(), last.intent().id().toString(), task.id()))
        .orElse(last);
  }

  private static String text(Map<String, List<String>> form, String name) {
    List<String> values = form.getOrDefault(name, List.of());
    return values.isEmpty() ? "" : values.getLast().strip();
  }

  /** One post, from the form to the page that answers it. */
  private final class Attempt implements Decisions.Told {
    private final Call call;
    private final Visit visit;
    private final Shown shown;
    private final Map<String, List<String>> form;
    private final PostedDecision posted;
    private final String nonce;

    Attempt(Call call, Visit visit, Shown shown, Map<String, List<String>> form) {
      this.call = call;
      this.visit = visit;
      this.shown = shown;
      this.form = form;
      this.posted = DecisionForm.of(shown.question()).parse(form);
      this.nonce = text(form, DecisionForm.NONCE);
    }

    Reply begin() {
      if (shown.open() && !shown.task().decidableBy(visit.person())) {
        return new Reply.Now(notTheirs());
      }
      if (!views.issued(nonce, visit, shown.intent(), shown.task())) {
        return new Reply.Now(
            shown.open() ? page(409, shown, said(Notice.pageTooOld())) : tooLate(again()));
      }
      if (!posted.errors().isEmpty()) {
        return new Reply.Now(shown.open() ? mistakes(posted.errors()) : tooLate(again()));
      }
      ObjectNode body = Json.object();
      body.set("task_result", posted.taskResult());
      try {
        return decisions.answer(
            visit.caller(),
            shown.intent().id(),
            shown.task().id(),
            body,
            Optional.of(request(body)),
            this);
      } catch (Problem problem) {
        return new Reply.Now(misread(problem));
      }
    }

    private RequestKey request(ObjectNode body) {
      return new RequestKey(
          visit.caller().identity(),
          "POST " + shown.place(),
          nonce,
          Blob.sha256(Json.canonical(body)));
    }

    @Override
    public Reply answered(Submission submission, Answer answer) {
      return switch (answer) {
        case Answer.Accepted _, Answer.Remembered _, Answer.Unchanged _ ->
            new Reply.Now(Html.seeOther(visit.url(shown)));
        case Answer.Refused r -> new Reply.Later(() -> new Reply.Now(refused(r.refusal())));
        case Answer.KeyReused _ -> new Reply.Later(() -> new Reply.Now(answeredDifferently()));
        case Answer.Unauthorized _ ->
            new Reply.Later(() -> new Reply.Now(signIns.signedOut(call, comment())));
        case Answer.Unavailable u -> new Reply.Later(() -> new Reply.Now(unavailable(u)));
        case Answer.Taken _ ->
            throw new IllegalStateException("Expected a decision without newcomers");
        case Answer.Broken b ->
            throw new IllegalStateException(
                "The decision on " + shown.place() + " broke", b.cause());
      };
    }

    @Override
    public Reply mistaken(List<Forms.Mistake> mistakes) {
      List<FieldError> errors =
          mistakes.stream().map(m -> new FieldError(m.pointer(), m.message())).toList();
      return new Reply.Now(mistakes(errors));
    }

    private Response refused(Refusal refusal) {
      return switch (refusal) {
        case Refusal.IntentEnded _, Refusal.OtherQuestion _, Refusal.NobodyAsked _ ->
            tooLate(again());
        case Refusal.NotAssigned _, Refusal.HumanDecisionRequired _, Refusal.NotTheirs _ ->
            notTheirs();
        case Refusal.InvalidOutcome _, Refusal.AnswerMissing _ ->
            mistake(DecisionForm.OUTCOME, "Choose one of these answers");
        case Refusal.CommentRequired _ ->
            mistake(DecisionForm.COMMENT, "Write a comment: this request needs one");
        case Refusal.EvidenceRequired _ ->
            mistake(DecisionForm.EVIDENCE, "Say what shows that it is done");
        case Refusal.UnknownIntent _ -> TaskRoutes.notFound(visit);
        case Refusal.FormUnchecked _,
            Refusal.NothingToDo _,
            Refusal.DeadlinePassed _,
            Refusal.AlreadyExists _ ->
            page(
                409,
                again(),
                said(Notice.careful("The request has changed meanwhile: nothing was decided.")));
      };
    }

    private Response notTheirs() {
      return CallerPages.message(403, MessageView.forbidden(visit.frame()));
    }

    /** What the reader of the body found before anything was submitted. */
    private Response misread(Problem problem) {
      if (problem.status() != 422) {
        return CallerPages.page(problem, call, visit.frame());
      }
      String field = problem.sentence().startsWith(DecisionForm.COMMENT) ? "comment" : "";
      return mistake(field, problem.sentence());
    }

    private Response mistake(String field, String message) {
      return mistakes(List.of(new FieldError(field, message)));
    }

    private Response mistakes(List<FieldError> errors) {
      return page(422, shown, Remark.of(new Typed(form, errors)));
    }

    private Response tooLate(Shown now) {
      Notice notice = now.open() ? Notice.nextQuestion(comment()) : Notice.tooLate(comment());
      return page(409, now, Remark.of(Typed.NOTHING, notice));
    }

    private Response answeredDifferently() {
      Shown now = again();
      return now.open() && now.task().id().equals(shown.task().id())
          ? page(409, now, said(Notice.careful("This page was used already. Look, then decide.")))
          : tooLate(now);
    }

    /** Drawn from what was read before: the store may be away. A repeat has the same nonce. */
    private Response unavailable(Answer.Unavailable answer) {
      Notice notice =
          Notice.careful(
              "The server cannot save right now, and your decision is not confirmed. What you typed"
                  + " is still here: press the button again in a moment, it counts once.");
      Remark remark = new Remark(new Typed(form, List.of()), notice, nonce);
      return page(503, shown, remark)
          .with("Retry-After", Long.toString(Math.max(1, answer.retryAfter().toSeconds())));
    }

    private Remark said(Notice notice) {
      return Remark.of(new Typed(form, List.of()), notice);
    }

    private Response page(int status, Shown as, Remark remark) {
      return views.page(status, visit, as, remark);
    }

    /** The request as it stands now; a link never leads on to another question. */
    private Shown again() {
      WorkspaceId workspace = visit.caller().workspaceId();
      String id = shown.intent().id().toString();
      return (visit.link().isPresent()
              ? reader.find(workspace, id, shown.task().id())
              : reader.find(workspace, id))
          .orElse(shown);
    }

    private String comment() {
      return posted.comment();
    }
  }
}
