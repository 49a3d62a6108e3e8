package dev.axme.server.web;

import dev.axme.core.Append;
import dev.axme.core.Author;
import dev.axme.core.Decision;
import dev.axme.core.Intent;
import dev.axme.core.Phase;
import dev.axme.server.http.Response;
import dev.axme.server.identity.Nonces;
import dev.axme.server.pages.Headline;
import dev.axme.server.pages.Notice;
import dev.axme.server.pages.TaskView;
import dev.axme.server.pages.TaskView.Standing;
import dev.axme.server.pages.TaskView.Tokens;
import dev.axme.server.pages.TaskView.Typed;
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
    return Html.page(status, Html.PAGES.task(view(visit, shown, remark)));
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
            shown.url() + "/payload"),
        deadline(shown),
        History.of(visit, shown),
        standing(visit, shown, remark),
        remark.notice());
  }

  private static TaskView.Deadline deadline(Shown shown) {
    return shown
        .intent()
        .deadline()
        .map(due -> TaskView.Deadline.expires(shown.task().openedAt(), due))
        .orElseGet(() -> TaskView.Deadline.none(shown.task().openedAt()));
  }

  private Standing standing(Visit visit, Shown shown, Remark remark) {
    if (shown.intent().phase() instanceof Phase.Ended ended) {
      return shown
          .intent()
          .decision()
          .map(decision -> decided(visit, shown, decision))
          .orElseGet(() -> undecided(visit, shown, ended));
    }
    if (!shown.open() && shown.task().decision().isPresent()) {
      return decided(visit, shown, shown.task().decision().get());
    }
    if (!shown.open()) {
      return new Standing.MayLook("An agent works on this now: there is nothing to decide.");
    }
    if (!shown.task().decidableBy(visit.person())) {
      return new Standing.MayLook("It is given to other people; you may look at it.");
    }
    String nonce = remark.nonce() == null ? nonce(visit, shown) : remark.nonce();
    return new Standing.MayDecide(
        shown.url(), new Tokens(visit.session().csrf(), nonce), remark.typed());
  }

  private String nonce(Visit visit, Shown shown) {
    return nonces.issue(visit.session().hash(), shown.intent().id(), shown.task().id());
  }

  /** Whether a posted nonce came from a page that this drew for the same session and question. */
  boolean issued(String nonce, Visit visit, Shown shown) {
    return nonces.valid(nonce, visit.session().hash(), shown.intent().id(), shown.task().id());
  }

  private static Standing decided(Visit visit, Shown shown, Decision decision) {
    return new Standing.Decided(
        decision.outcome(),
        visit.name(decision.by()),
        decision.at(),
        new TaskView.Answer(decision.comment().orElse(""), shown.answered()));
  }

  private static Standing undecided(Visit visit, Shown shown, Phase.Ended ended) {
    Append last = shown.appends().getLast();
    return switch (ended) {
      case Phase.TimedOut _ -> new Standing.Expired(shown.intent().updatedAt());
      case Phase.Canceled c -> canceled(visit, last.by(), shown, c.reason().orElse(""));
      case Phase.Failed f -> canceled(visit, last.by(), shown, f.reason().orElse(""));
      case Phase.Completed _ -> canceled(visit, last.by(), shown, "");
    };
  }

  private static Standing canceled(Visit visit, Author by, Shown shown, String reason) {
    return new Standing.Canceled(visit.name(by), shown.intent().updatedAt(), reason);
  }
}
