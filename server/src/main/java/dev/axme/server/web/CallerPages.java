package dev.axme.server.web;

import dev.axme.server.http.Call;
import dev.axme.server.http.Problem;
import dev.axme.server.http.Response;
import dev.axme.server.pages.Frame;
import dev.axme.server.pages.MessageView;

/** Problems as pages, for whoever asked with a browser. Does no I/O: any thread may call it. */
public final class CallerPages {
  private CallerPages() {}

  /** The page for a problem of a caller whom nobody has looked up. */
  public static Response page(Problem problem, Call call) {
    return page(problem, call, Visits.nobody(call));
  }

  static Response page(Problem problem, Call call, Frame frame) {
    MessageView view = view(problem, call, frame);
    Response page = message(problem.status(), view);
    String retry = problem.response(call.requestId()).headers().get("Retry-After");
    return retry == null ? page : page.with("Retry-After", retry);
  }

  private static MessageView view(Problem problem, Call call, Frame frame) {
    return switch (problem.status()) {
      case 403 -> new MessageView(frame, "Nothing was changed", problem.sentence(), null);
      case 404 -> nothing(frame);
      case 413 -> MessageView.tooLarge(frame);
      case 429 -> MessageView.tooMany(frame);
      case 503 -> MessageView.away(frame);
      case 500 -> MessageView.broken(frame, call.requestId());
      default -> MessageView.badRequest(frame, problem.sentence());
    };
  }

  private static MessageView nothing(Frame frame) {
    if (frame.guest() != null) {
      return MessageView.linkBroken(frame);
    }
    MessageView view = MessageView.notFound(frame);
    return new MessageView(
        view.frame(),
        view.title(),
        view.text(),
        new MessageView.Link("/tasks", "See what waits for you"));
  }

  /** A page that says one thing. */
  static Response message(int status, MessageView view) {
    return Html.page(status, view.frame(), Html.PAGES.message(view));
  }
}
