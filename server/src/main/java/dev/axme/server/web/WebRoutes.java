package dev.axme.server.web;

import static dev.axme.server.http.Route.Access.PAGE;
import static dev.axme.server.http.Route.Access.PUBLIC;
import static dev.axme.server.http.Route.Where.LOOP;
import static dev.axme.server.http.Route.Where.WORKER;

import dev.axme.engine.Submission;
import dev.axme.server.http.Call;
import dev.axme.server.http.Handler;
import dev.axme.server.http.Problem;
import dev.axme.server.http.Reply;
import dev.axme.server.http.Response;
import dev.axme.server.http.Route;
import dev.axme.server.identity.Callers;
import dev.axme.server.identity.Nonces;
import dev.axme.server.identity.Sessions;
import dev.axme.server.intents.Decisions;
import dev.axme.server.links.LinkTokens;
import dev.axme.server.pages.Assets;
import dev.axme.server.pages.Theme;
import dev.axme.store.Store;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a browser may ask for. Every page looks for the session or reads the link itself and works
 * without script.
 */
public final class WebRoutes {
  private final Themes themes;
  private final SignIns signIns;
  private final TaskRoutes tasks;
  private final DecisionPost decisions;
  private final LinkRoutes links;

  /**
   * What shows who is at the other end: the browser's session, or the link that it came by.
   *
   * @param submit takes a command whose outcome nobody waits for
   */
  public record Entry(
      Callers callers,
      Sessions sessions,
      Nonces nonces,
      LinkTokens links,
      Consumer<Submission> submit) {}

  /**
   * The routes over these parts.
   *
   * @param https whether people reach this server by https, so that the session's cookie may be
   *     sent over nothing else
   */
  public WebRoutes(Store store, Entry entry, Decisions decisions, boolean https) {
    Sessions sessions = entry.sessions();
    Visits visits = new Visits(store, sessions);
    TaskViews views = new TaskViews(entry.nonces());
    Shown.Reader reader = new Shown.Reader(store);
    Cookies cookies = new Cookies(https);
    this.themes = new Themes(cookies);
    this.signIns = new SignIns(visits, sessions, cookies);
    this.tasks = new TaskRoutes(new TaskLists(store, reader), visits, reader, views);
    this.decisions = new DecisionPost(visits, signIns, reader, views, decisions);
    LinkVisits guests = new LinkVisits(entry, reader, store::now);
    this.links = new LinkRoutes(guests, reader, views, this.decisions);
  }

  /** The table of them. */
  public List<Route> routes() {
    return List.of(
        new Route("GET", "/", PAGE, LOOP, _ -> new Reply.Now(Html.seeOther("/tasks"))),
        new Route("GET", "/assets/{name}", PUBLIC, LOOP, WebRoutes::asset),
        new Route("POST", Theme.ACTION, PAGE, LOOP, themes::choose),
        page("GET", "/sign-in", signIns::explain),
        page("GET", "/sign-in/{token}", signIns::confirm),
        page("POST", "/sign-in/{token}", signIns::signIn),
        page("POST", "/sign-out", signIns::signOut),
        page("GET", "/tasks", tasks::list),
        page("GET", "/tasks/{id}", tasks::task),
        page("GET", "/tasks/{id}/payload", tasks::payload),
        page("POST", "/tasks/{id}", decisions::decide),
        page("GET", "/t/{token}", links::look),
        page("GET", "/t/{token}/payload", links::payload),
        page("POST", "/t/{token}", links::decide));
  }

  private static Route page(String method, String pattern, Handler handler) {
    return new Route(method, pattern, PAGE, WORKER, handler);
  }

  private static Reply asset(Call call) {
    Assets.Asset asset =
        Assets.named(call.pathValue("name")).orElseThrow(() -> Problem.notFound("file"));
    boolean exact = call.query("v").equals(Optional.of(asset.version()));
    return new Reply.Now(
        Response.text(200, asset.contentType(), asset.text())
            .with("Cache-Control", exact ? "public, max-age=31536000, immutable" : "no-cache"));
  }
}
