package dev.axme.server.web;

import dev.axme.server.http.Call;
import dev.axme.server.http.Reply;
import dev.axme.server.web.LinkVisits.Arrival;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The page behind a link, {@code /t/{token}}: whoever has it sees one question and can answer it
 * without signing in. A browser that is signed in is treated like any other. Opening the page
 * decides nothing: mail scanners open it too, and run its scripts if it had any.
 */
final class LinkRoutes {
  private final LinkVisits visits;
  private final Shown.Reader reader;
  private final TaskViews views;
  private final DecisionPost decisions;

  LinkRoutes(LinkVisits visits, Shown.Reader reader, TaskViews views, DecisionPost decisions) {
    this.visits = visits;
    this.reader = reader;
    this.views = views;
    this.decisions = decisions;
  }

  /** The question, or how it ended. */
  Reply look(Call call) {
    return welcome(
        call,
        (visit, shown) -> {
          if (call.method().equals("GET")) {
            visits.opened(visit, shown);
          }
          return new Reply.Now(views.page(200, visit, shown, TaskViews.Remark.NONE));
        });
  }

  /** What the question is about, or what a step before it came to, byte for byte. */
  Reply payload(Call call) {
    return welcome(
        call,
        (visit, shown) ->
            new Reply.Now(
                payload(call, visit, shown)
                    .map(Html::json)
                    .orElseGet(() -> TaskRoutes.notFound(visit))));
  }

  /** Of the results only those that the question showed. */
  private Optional<byte[]> payload(Call call, Visit visit, Shown shown) {
    String id = shown.intent().id().toString();
    return call.query(Shown.RESULT)
        .map(
            digest ->
                shown.showed(digest)
                    ? reader.result(visit.caller().workspaceId(), id, digest)
                    : Optional.<byte[]>empty())
        .orElseGet(() -> reader.payload(visit.caller().workspaceId(), id));
  }

  /** Somebody presses a button. */
  Reply decide(Call call) {
    return welcome(call, (visit, shown) -> decisions.decide(call, visit, shown));
  }

  private Reply welcome(Call call, BiFunction<Visit, Shown, Reply> then) {
    return switch (visits.of(call)) {
      case Arrival.Turned turned -> new Reply.Now(turned.page());
      case Arrival.Welcome w -> then.apply(w.visit(), w.shown());
    };
  }
}
