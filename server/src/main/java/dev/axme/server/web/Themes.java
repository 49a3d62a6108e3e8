package dev.axme.server.web;

import dev.axme.server.http.Call;
import dev.axme.server.http.Reply;
import dev.axme.server.http.Response;
import dev.axme.server.pages.MessageView;
import dev.axme.server.pages.Theme;
import java.time.Duration;
import java.util.List;

/**
 * The switch between light and dark, a form on every page. A cookie remembers the choice, so that
 * the next page is drawn in it from its first byte. It needs no session; other sites' forms are
 * refused like all their posts.
 */
final class Themes {
  private static final String COOKIE = "axme_theme";
  private static final Duration REMEMBERED = Duration.ofDays(365);

  private final Cookies cookies;

  Themes(Cookies cookies) {
    this.cookies = cookies;
  }

  /** The theme that this browser has chosen. */
  static Theme of(Call call) {
    return call.cookie(COOKIE).flatMap(Theme::of).orElse(Theme.SYSTEM);
  }

  /** Remembers the choice and goes back to the page on which it was made. */
  Reply choose(Call call) {
    String wanted = call.form().getOrDefault(Theme.FIELD, List.of("")).getFirst();
    return new Reply.Now(
        Theme.of(wanted)
            .map(theme -> chosen(theme, call))
            .orElseGet(() -> CallerPages.message(400, unknown(call))));
  }

  private Response chosen(Theme theme, Call call) {
    Duration lasts = theme == Theme.SYSTEM ? Duration.ZERO : REMEMBERED;
    String back = call.header("referer").flatMap(NextPath::at).orElse("/tasks");
    return Html.seeOther(back).with("Set-Cookie", cookies.set(COOKIE, theme.value(), lasts, call));
  }

  private static MessageView unknown(Call call) {
    return MessageView.badRequest(
        Visits.nobody(call), "A theme is system, light or dark. Nothing was changed.");
  }
}
