package dev.axme.server.intents;

import dev.axme.server.http.Call;
import dev.axme.server.http.Problem;
import java.util.regex.Pattern;

/** {@code wait_seconds} of a stream: 1 to 60, 15 when absent, clamped (section 3.5). */
final class WaitSeconds {
  private static final Pattern SECONDS = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");

  private WaitSeconds() {}

  static int of(Call call) {
    String text = call.query("wait_seconds").orElse("15");
    if (!SECONDS.matcher(text).matches()) {
      throw Problem.invalid("wait_seconds", "must be a number of seconds, not " + text + ".");
    }
    return (int) Math.clamp(Math.ceil(Double.parseDouble(text)), 1, 60);
  }
}
