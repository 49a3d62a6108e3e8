package dev.axme.server.web;

import dev.axme.core.Author;
import dev.axme.core.Decision;
import dev.axme.core.HumanTask;
import dev.axme.core.Intent;
import dev.axme.core.Phase;
import dev.axme.core.Status;
import dev.axme.server.http.Response;
import dev.axme.server.identity.Nonces;
import dev.axme.server.pages.Headline;
import dev.axme.server.pages.Notice;
import dev.axme.server.pages.TaskView;
import dev.axme.server.pages.TaskView.Standing;
import dev.axme.server.pages.TaskView.Tokens;
import dev.axme.server.pages.TaskView.Typed;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Draws the page of one request, for the person who looks and as it stands. */
final class TaskViews {
  private final Nonces nonces;

  TaskViews(Nonces nonces) {
    this.nonces = nonces;
  }

  /**
   * What a page says beside the request itself.
   *
   * @param nonce the one to go on with, so that a repeat counts once; null for a new one
   */
  record Remark(Typed typed, @Nullable Notice notice, @Nullable String nonce) {
    static final Remark NONE = new Remark(Typed.NOTHING, null, null);

    static Remark of(Typed typed) {
      return new Remark(typed, null, null);
    }

    static Remark of(Typed typed, Notice notice) {
      return new Remark(typed, notice, null);
    }
  }

  /** The page as an answer. */
  Response page(int status, Visit visit, Shown shown, Remark remark) {
    return Html.page(status, visit.frame(), Html.PAGES.task(view(visit, shown, remark)));
  }

  private TaskView view(Visit visit, Shown shown, Remark remark) {
    Intent intent = shown.intent();
    return new TaskView(
        visit.frame(),
        intent.id().toString(),
        Headline.of(intent.request().from().value(), shown.task().draft().title()),
        shown.question(),
        new TaskView.Subject(
            shown.payload(),
            shown.task().draft().shown().hex(),
            shown.document().path("description").textValue(),
            visit.payloadUrl(shown)),
        shown.deadline(),
        History.of(visit, shown),
        standing(visit, shown, remark),
        Course.of(visit, shown),
        remark.notice());
  }

  private Standing standing(Visit visit, Shown shown, Remark remark) {
    Optional<HumanTask.Closed> closed = shown.task().closed();
    if (closed.isPresent()) {
      return closed
          .get()
          .decision()
          .map(decision -> decided(visit, shown, decision))
          .orElseGet(() -> undecided(visit, shown, closed.get()));
    }
    if (!shown.open()) {
      return new Standing.MayLook("An agent works on this now: there is nothing to decide.");
    }
    if (!shown.task().decidableBy(visit.person())) {
      return new Standing.MayLook("It is given to other people; you may look at it.");
    }
    String nonce = remark.nonce() == null ? nonce(visit, shown) : remark.nonce();
    return new Standing.MayDecide(
        visit.url(shown), new Tokens(visit.proof().csrf(), nonce), remark.typed());
  }

  private String nonce(Visit visit, Shown shown) {
    return nonces.issue(visit.proof().holder(), shown.intent().id(), shown.task().id());
  }

  /** Whether a posted nonce came from a page that this drew for the same session and question. */
  boolean issued(String nonce, Visit visit, Intent intent, HumanTask task) {
    return nonces.valid(nonce, visit.proof().holder(), intent.id(), task.id());
  }

  private static Standing decided(Visit visit, Shown shown, Decision decision) {
    return new Standing.Decided(
        decision.outcome(),
        visit.name(decision.by()),
        decision.at(),
        new TaskView.Answer(decision.comment().orElse(""), shown.answered()));
  }

  private static Standing undecided(Visit visit, Shown shown, HumanTask.Closed closed) {
    if (closed.status() == Status.TIMED_OUT) {
      return new Standing.Expired(closed.at());
    }
    Author by = shown.appends().getLast().by();
    String reason =
        switch (shown.intent().phase()) {
          case Phase.Canceled c -> c.reason().orElse("");
          case Phase.Failed f -> f.reason().orElse("");
          case Phase.Completed _,
              Phase.TimedOut _,
              Phase.Mailed _,
              Phase.InProgress _,
              Phase.Passed _,
              Phase.Asked _,
              Phase.Awaiting _,
              Phase.Sleeping _ ->
              "";
        };
    return new Standing.Canceled(visit.name(by), closed.at(), reason);
  }
}
