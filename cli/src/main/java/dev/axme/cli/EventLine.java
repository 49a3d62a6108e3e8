package dev.axme.cli;

import dev.axme.sdk.IntentEvent;
import dev.axme.sdk.Result;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An event as one line: when, what, by whom. */
final class EventLine {
  private EventLine() {}

  static String of(IntentEvent event, Ink ink) {
    return of(event, number(event.seq()), ink);
  }

  /** The line with another mark than the event's number. */
  static String of(IntentEvent event, String mark, Ink ink) {
    return ink.faint(Words.clock(event.at()))
        + "  "
        + mark
        + "  "
        + paint(event, Words.safe(words(event)), ink);
  }

  private static String words(IntentEvent event) {
    String kind = event.type().startsWith("intent.") ? event.type().substring(7) : event.type();
    return switch (kind) {
      case "created" -> "created" + by(event);
      case "submitted" -> "stored on disk";
      case "delivered" -> "delivered to " + detail(event, "to_agent", "its recipient");
      case "human_task_assigned" ->
          "waiting for " + event.pendingWith().orElse("a person") + title(event.raw());
      case "waiting" -> "waiting for " + event.pendingWith().orElse("an agent");
      case "in_progress" ->
          event.details().containsKey("outcome")
              ? "answered: " + detail(event, "outcome", "") + by(event)
              : "in progress" + by(event);
      case "reminder" ->
          "reminder "
              + detail(event, "reminder", "")
              + " to "
              + event.pendingWith().orElse("a person");
      case "escalated" -> "escalated to " + detail(event, "escalated_to", "somebody else");
      case "transfer" -> "handed over to " + detail(event, "to", "somebody else");
      case "delivery_failed" ->
          "no agent took it in " + detail(event, "delivery_attempt", "its") + " attempts";
      default -> event.terminal() ? end(event) : Words.lower(kind);
    };
  }

  private static String end(IntentEvent event) {
    String sentence = Result.of(event).sentence();
    return sentence.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + sentence.substring(1);
  }

  private static String paint(IntentEvent event, String words, Ink ink) {
    if (!event.terminal()) {
      return words;
    }
    return switch (Result.of(event)) {
      case Result.Approved approved -> ink.green(words);
      case Result.Completed completed -> ink.green(words);
      case Result.Rejected rejected -> ink.red(words);
      case Result.Failed failed -> ink.red(words);
      case Result.Expired expired -> ink.amber(words);
      case Result.Canceled canceled -> ink.amber(words);
    };
  }

  private static String by(IntentEvent event) {
    return event.actor().map(actor -> " by " + Words.shortName(actor)).orElse("");
  }

  private static String detail(IntentEvent event, String name, String otherwise) {
    Object value = event.details().get(name);
    return value == null ? otherwise : value.toString();
  }

  private static String title(Map<String, @Nullable Object> raw) {
    return raw.get("human_task") instanceof Map<?, ?> task
            && task.get("title") instanceof String title
        ? ": " + title
        : "";
  }

  private static String number(long seq) {
    return seq < 10 ? " " + seq : Long.toString(seq);
  }
}
