package dev.axme.server.intents;

import dev.axme.core.IntentCommand;
import dev.axme.core.IntentId;
import dev.axme.server.http.Problem;
import java.util.Locale;

/** Reads the body of a resolve (section 3.6). */
final class Resolving {
  private Resolving() {}

  static IntentCommand.Resolve command(IntentId id, Fields fields) {
    String status =
        fields
            .text(64, "status")
            .orElseThrow(
                () -> Problem.invalid("status", "is missing: send COMPLETED, FAILED or CANCELED."));
    IntentCommand.End end =
        switch (status.toUpperCase(Locale.ROOT)) {
          case "COMPLETED", "RESOLVED" -> IntentCommand.End.COMPLETED;
          case "FAILED", "REJECTED" -> IntentCommand.End.FAILED;
          case "CANCELED", "CANCELLED" -> IntentCommand.End.CANCELED;
          default ->
              throw Problem.invalid(
                  "status", "must be COMPLETED, FAILED or CANCELED, not " + status + ".");
        };
    return new IntentCommand.Resolve(
        id,
        end,
        fields.object("result").map(fields::payload),
        fields.object("error").map(fields::payload),
        fields.reason(),
        fields.expectedGeneration());
  }
}
