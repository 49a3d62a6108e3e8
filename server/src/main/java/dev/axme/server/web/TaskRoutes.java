package dev.axme.server.web;

import dev.axme.core.WorkspaceId;
import dev.axme.server.http.Call;
import dev.axme.server.http.Problem;
import dev.axme.server.http.Reply;
import dev.axme.server.http.Response;
import dev.axme.server.pages.MessageView;
import java.util.Optional;
import java.util.function.Function;

/** The pages to look at: what waits, one request, its payload. None of them changes anything. */
final class TaskRoutes {
  private final Visits visits;
  private final Shown.Reader reader;
  private final TaskViews views;
  private final TaskLists lists;

  TaskRoutes(TaskLists lists, Visits visits, Shown.Reader reader, TaskViews views) {
    this.lists = lists;
    this.visits = visits;
    this.reader = reader;
    this.views = views;
  }

  /** What waits, and what was decided lately. */
  Reply list(Call call) {
    return signedIn(call, visit -> lists.page(visit, call.query(TaskLists.AFTER)));
  }

  /** One request. */
  Reply task(Call call) {
    return signedIn(
        call,
        visit ->
            reader
                .find(workspace(visit), call.pathValue("id"))
                .map(shown -> views.page(200, visit, shown, TaskViews.Remark.NONE))
                .orElseGet(() -> notFound(visit)));
  }

  /** What a request is about, or what an earlier step of it came to, byte for byte. */
  Reply payload(Call call) {
    return signedIn(
        call,
        visit -> payload(call, workspace(visit)).map(Html::json).orElseGet(() -> notFound(visit)));
  }

  private Optional<byte[]> payload(Call call, WorkspaceId workspace) {
    String id = call.pathValue("id");
    return call.query(Shown.RESULT)
        .map(digest -> reader.result(workspace, id, digest))
        .orElseGet(() -> reader.payload(workspace, id));
  }

  private Reply signedIn(Call call, Function<Visit, Response> page) {
    Optional<Visit> visit = visits.of(call);
    if (visit.isEmpty()) {
      return new Reply.Now(Html.seeOther(NextPath.signIn(call.path())));
    }
    try {
      return new Reply.Now(page.apply(visit.get()));
    } catch (Problem problem) {
      return new Reply.Now(CallerPages.page(problem, call, visit.get().frame()));
    }
  }

  private static WorkspaceId workspace(Visit visit) {
    return visit.caller().workspaceId();
  }

  /** The same for what does not exist and for what is another workspace's. */
  static Response notFound(Visit visit) {
    return CallerPages.message(404, MessageView.notFound(visit.frame()));
  }
}
