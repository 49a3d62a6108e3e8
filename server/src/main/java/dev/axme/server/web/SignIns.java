package dev.axme.server.web;

import dev.axme.server.http.Call;
import dev.axme.server.http.Reply;
import dev.axme.server.http.Response;
import dev.axme.server.identity.Sessions;
import dev.axme.server.pages.ConfirmSignInView;
import dev.axme.server.pages.DecisionForm;
import dev.axme.server.pages.Frame;
import dev.axme.server.pages.MessageView;
import dev.axme.server.pages.Notice;
import dev.axme.server.pages.SignInView;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Signing in with a one-time link, and out. Looking at a link uses nothing up. */
final class SignIns {
  private static final String COMMAND = "axme sign-in";

  /** Remembers, while somebody fetches a link, which page they wanted. */
  private static final String NEXT_COOKIE = "axme_next";

  private static final Duration REMEMBERED = Duration.ofMinutes(15);

  private final Visits visits;
  private final Sessions sessions;
  private final Cookies cookies;

  SignIns(Visits visits, Sessions sessions, Cookies cookies) {
    this.visits = visits;
    this.sessions = sessions;
    this.cookies = cookies;
  }

  /** How to get in. */
  Reply explain(Call call) {
    Optional<String> next = call.query(NextPath.NAME).flatMap(NextPath::of);
    if (visits.of(call).isPresent()) {
      return new Reply.Now(Html.seeOther(next.orElse("/tasks")));
    }
    return new Reply.Now(remembering(next, page(200, call, null), call));
  }

  /** The answer to a decision that came after the session's end: what was typed is on it. */
  Response signedOut(Call call, String comment) {
    Notice notice =
        new Notice(
            Notice.Kind.CAREFUL,
            "Your session has ended, so nothing was decided. Sign in, then decide again.",
            comment.isEmpty() ? null : comment);
    return remembering(NextPath.of(call.path()), page(401, call, notice), call);
  }

  private static Response page(int status, Call call, @Nullable Notice notice) {
    Frame frame = Visits.nobody(call);
    return Html.page(status, frame, Html.PAGES.signIn(new SignInView(frame, COMMAND, notice)));
  }

  private Response remembering(Optional<String> next, Response page, Call call) {
    return next.map(
            path -> page.with("Set-Cookie", cookies.set(NEXT_COOKIE, path, REMEMBERED, call)))
        .orElse(page);
  }

  /** The button behind a link. */
  Reply confirm(Call call) {
    String token = call.pathValue("token");
    Frame frame = frame(call);
    Optional<Sessions.LinkOwner> owner = sessions.linkOwner(token);
    if (owner.isEmpty()) {
      return new Reply.Now(usedUp(frame));
    }
    String action =
        "/sign-in/"
            + call.path().substring("/sign-in/".length())
            + next(call).map(path -> "?" + NextPath.NAME + "=" + path).orElse("");
    ConfirmSignInView view =
        new ConfirmSignInView(frame, owner.get().name(), action, token, owner.get().expiresAt());
    return new Reply.Now(Html.page(200, frame, Html.PAGES.confirmSignIn(view)));
  }

  private Frame frame(Call call) {
    return visits.of(call).map(Visit::frame).orElseGet(() -> Visits.nobody(call));
  }

  private static Response usedUp(Frame frame) {
    return CallerPages.message(
        410,
        new MessageView(
            frame,
            "This link does not work any more",
            "A sign-in link works once, and for a short time only. If you have used it yourself, you"
                + " are signed in in that browser. Otherwise ask for a new one.",
            new MessageView.Link("/sign-in", "How to get a new link")));
  }

  private static Optional<String> next(Call call) {
    return call.query(NextPath.NAME).or(() -> call.cookie(NEXT_COOKIE)).flatMap(NextPath::of);
  }

  /** Uses the link up. A second press of the button finds the session that the first one made. */
  Reply signIn(Call call) {
    String token = call.pathValue("token");
    if (!call.form().getOrDefault(ConfirmSignInView.TOKEN, List.of()).equals(List.of(token))) {
      return new Reply.Now(CallerPages.message(403, MessageView.notOurs(frame(call))));
    }
    Optional<Visit> before = visits.of(call);
    Optional<Sessions.SignedIn> in = sessions.signIn(token);
    if (in.isEmpty()) {
      return new Reply.Now(
          before.isPresent() ? Html.seeOther(target(call)) : usedUp(Visits.nobody(call)));
    }
    call.cookie(Visits.COOKIE).ifPresent(sessions::signOut);
    String cookie = cookies.set(Visits.COOKIE, in.get().secret(), Sessions.LASTS, call);
    return new Reply.Now(Html.seeOther(target(call)).with("Set-Cookie", cookie));
  }

  private static String target(Call call) {
    return next(call).orElse("/tasks");
  }

  /** Ends the session, if the button was ours. */
  Reply signOut(Call call) {
    Optional<Visit> visit = visits.of(call);
    if (visit.isPresent() && !visit.get().posted(call.form(), DecisionForm.CSRF)) {
      return new Reply.Now(CallerPages.message(403, MessageView.notOurs(visit.get().frame())));
    }
    call.cookie(Visits.COOKIE).ifPresent(sessions::signOut);
    return new Reply.Now(
        Html.seeOther("/sign-in")
            .with("Set-Cookie", cookies.set(Visits.COOKIE, "", Duration.ZERO, call)));
  }
}
