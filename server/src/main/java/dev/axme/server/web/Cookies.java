package dev.axme.server.web;

import dev.axme.server.http.Call;
import java.time.Duration;

/**
 * Cookies as we set them: no script reads them, and another site's form does not send them.
 *
 * @param https whether people reach this server by https, so that a cookie may be sent over nothing
 *     else
 */
record Cookies(boolean https) {
  /** The header that sets a cookie for so long; for no time it is removed. */
  String set(String name, String value, Duration lasts, Call call) {
    boolean secure =
        https || call.header("x-forwarded-proto").map("https"::equalsIgnoreCase).orElse(false);
    return name
        + "="
        + value
        + "; Path=/; HttpOnly; SameSite=Lax"
        + (secure ? "; Secure" : "")
        + "; Max-Age="
        + lasts.toSeconds();
  }
}
