package dev.axme.server.web;

import dev.axme.server.http.Response;
import dev.axme.server.pages.Frame;
import dev.axme.server.pages.Pages;
import java.util.Map;

/** Answers with the headers that every page of ours carries. */
final class Html {
  static final Pages PAGES = new Pages();

  private Html() {}

  /** A page that nobody keeps, frames or indexes. */
  static Response page(int status, Frame frame, String html) {
    return guarded(Response.text(status, "text/html; charset=utf-8", html), frame.referrer())
        .with("Content-Security-Policy", Pages.POLICY);
  }

  /** Sends the browser on to another page of ours. */
  static Response seeOther(String location) {
    return guarded(Response.seeOther(location), "no-referrer");
  }

  /** Stored JSON as it is: shown as text, never run. */
  static Response json(byte[] stored) {
    return guarded(new Response(200, "application/json", stored, Map.of()), "no-referrer")
        .with("Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'");
  }

  private static Response guarded(Response response, String referrer) {
    return response
        .with("Cache-Control", "no-store")
        .with("Referrer-Policy", referrer)
        .with("X-Frame-Options", "DENY")
        .with("X-Robots-Tag", "noindex, nofollow");
  }
}
