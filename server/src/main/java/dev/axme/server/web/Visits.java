package dev.axme.server.web;

import dev.axme.core.Person;
import dev.axme.server.http.Call;
import dev.axme.server.identity.Caller;
import dev.axme.server.identity.Sessions;
import dev.axme.server.links.LinkTokens;
import dev.axme.server.pages.Frame;
import dev.axme.store.Store;
import dev.axme.store.TaskQuery;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** Finds out who looks at a page; blocks. */
final class Visits {
  /** The name of the session's cookie. */
  static final String COOKIE = "axme_session";

  private static final int COUNTED = 500;

  private final Store store;
  private final Sessions sessions;

  Visits(Store store, Sessions sessions) {
    this.store = store;
    this.sessions = sessions;
  }

  /** The visit of a browser with a live session. */
  Optional<Visit> of(Call call) {
    return call.cookie(COOKIE).flatMap(sessions::find).map(s -> visit(s, call));
  }

  private Visit visit(Sessions.Current session, Call call) {
    Caller caller = session.caller();
    Person person = caller.person().orElseThrow();
    Frame.Viewer viewer =
        new Frame.Viewer(
            person.name(), waiting(caller, person), new Frame.SignOut("/sign-out", session.csrf()));
    return Visit.of(
        session, new Frame(Instant.now(), ZoneId.systemDefault(), Themes.of(call), viewer));
  }

  /** Counts no further than anybody works off in a day. */
  private int waiting(Caller caller, Person person) {
    TaskQuery query = new TaskQuery(person, true, Optional.empty(), COUNTED);
    return store.tasks(caller.workspaceId(), query).rows().size();
  }

  /** The frame of a page for somebody whom we do not know. */
  static Frame nobody(Call call) {
    Frame frame = new Frame(Instant.now(), ZoneId.systemDefault(), Themes.of(call), null);
    return call.path().startsWith(LinkTokens.PATH) ? frame.of(Frame.Guest.NOBODY) : frame;
  }
}
