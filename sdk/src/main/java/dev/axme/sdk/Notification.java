package dev.axme.sdk;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Word to a person about an intent, and what became of it.
 *
 * @param kind {@code asked}, {@code reminded}, {@code escalated}, {@code ended} or {@code told}
 * @param number which reminder it is; 0 for everything else
 * @param to the e-mail address; empty when nobody could be told
 * @param state {@code sent}, {@code failed}, {@code skipped} or {@code seen}
 * @param answer what the mail server said, or why nobody was told
 * @param last whether a failure was the last one: it is not tried again
 */
public record Notification(
    Instant at,
    String kind,
    int number,
    Optional<String> to,
    String state,
    Optional<String> answer,
    boolean last,
    Map<String, @Nullable Object> raw) {

  static Notification of(Fields json) {
    return new Notification(
        json.instant("at").orElse(Instant.EPOCH),
        json.text("kind"),
        Math.toIntExact(json.number("number")),
        json.optional("to"),
        json.text("state"),
        json.optional("answer"),
        json.flag("final"),
        json.raw());
  }
}
