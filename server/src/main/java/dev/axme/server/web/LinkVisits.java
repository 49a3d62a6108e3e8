package dev.axme.server.web;

import dev.axme.core.Append;
import dev.axme.core.IntentCommand;
import dev.axme.core.Notice;
import dev.axme.engine.Submission;
import dev.axme.server.http.Call;
import dev.axme.server.http.Response;
import dev.axme.server.identity.Caller;
import dev.axme.server.links.LinkLimit;
import dev.axme.server.links.TaskLink;
import dev.axme.server.pages.Frame;
import dev.axme.server.pages.MessageView;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** Finds out who comes by a link, and to which question; blocks. */
final class LinkVisits {
  /** How long a link tells how its question ended. */
  static final Duration AFTERWARDS = Duration.ofDays(7);

  private final WebRoutes.Entry entry;
  private final LinkLimit limit = new LinkLimit();
  private final Shown.Reader reader;
  private final Supplier<Instant> now;

  LinkVisits(WebRoutes.Entry entry, Shown.Reader reader, Supplier<Instant> now) {
    this.entry = entry;
    this.reader = reader;
    this.now = now;
  }

  /** What became of a request for the page of a link. */
  sealed interface Arrival {
    /** It is good for this question. */
    record Welcome(Visit visit, Shown shown) implements Arrival {}

    /** It is not, or there were too many. */
    record Turned(Response page) implements Arrival {}
  }

  Arrival of(Call call) {
    Frame frame = Visits.nobody(call);
    Optional<Duration> wait = limit.count(call.remote());
    if (wait.isPresent()) {
      long seconds = Math.max(1, wait.get().plusMillis(999).toSeconds());
      return new Arrival.Turned(
          CallerPages.message(429, MessageView.tooMany(frame))
              .with("Retry-After", Long.toString(seconds)));
    }
    String token = call.pathValue("token");
    return entry
        .links()
        .read(token)
        .flatMap(link -> known(link, token, frame))
        .orElseGet(() -> turned(404, MessageView.linkBroken(frame)));
  }

  private Optional<Arrival> known(TaskLink link, String token, Frame frame) {
    return reader
        .find(link.place().home(), link.intent().toString(), link.task())
        .flatMap(
            shown ->
                entry
                    .callers()
                    .byLink(link.place().home(), link.address(), link.task())
                    .map(caller -> arrival(link, shown, visit(caller, token, frame), frame)));
  }

  private static Visit visit(Caller caller, String token, Frame frame) {
    String name = caller.person().orElseThrow().name();
    return Visit.of(caller, token, frame.of(new Frame.Guest(name)));
  }

  private Arrival arrival(TaskLink link, Shown shown, Visit visit, Frame nobody) {
    if (link.generation() < shown.task().links()) {
      return turned(410, revoked(shown, nobody));
    }
    boolean past =
        shown
            .task()
            .closed()
            .filter(closed -> closed.at().plus(AFTERWARDS).isBefore(now.get()))
            .isPresent();
    return past ? turned(410, MessageView.linkPast(nobody)) : new Arrival.Welcome(visit, shown);
  }

  private static MessageView revoked(Shown shown, Frame frame) {
    Append append = shown.revoked().orElseThrow();
    return MessageView.linkRevoked(frame, append.by().name(), append.at());
  }

  private static Arrival turned(int status, MessageView view) {
    return new Arrival.Turned(CallerPages.message(status, view));
  }

  /**
   * Notes that the link of whoever visits was opened for the first time, by them or by a scanner of
   * their mail. The page does not wait for it: a note that is lost costs nothing but that.
   */
  void opened(Visit visit, Shown shown) {
    String address = visit.person().email();
    if (!shown.open() || shown.task().seen().contains(address)) {
      return;
    }
    Notice asked =
        new Notice(Notice.Kind.ASKED, Optional.of(shown.task().id()), 0, Optional.of(address));
    IntentCommand note = new IntentCommand.Note(shown.intent().id(), asked, new Notice.Fate.Seen());
    entry.submit().accept(Submission.own(shown.at(), note));
  }
}
