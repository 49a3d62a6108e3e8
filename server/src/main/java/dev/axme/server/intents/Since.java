package dev.axme.server.intents;

import dev.axme.server.http.Call;
import dev.axme.server.http.Problem;

/** {@code since} of a list or stream of events: the last number that the client saw. */
final class Since {
  private Since() {}

  /** From 0, which is what is absent; any number that fits is taken, however far ahead. */
  static long of(Call call) {
    String text = call.query("since").orElse("0");
    try {
      long since = Long.parseLong(text);
      if (since >= 0) {
        return since;
      }
    } catch (NumberFormatException e) {
      // Falls through to the same answer as a negative number.
    }
    throw Problem.invalid("since", "must be a whole number from 0, not " + text + ".");
  }
}
