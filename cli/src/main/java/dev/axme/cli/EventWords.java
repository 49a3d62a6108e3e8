package dev.axme.cli;

import dev.axme.sdk.IntentEvent;
import dev.axme.sdk.Result;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an event says, in a few words. */
final class EventWords {
  /** Who holds an intent between its steps: the server itself. */
  static final String CORE = "agent_core";

  private EventWords() {}

  /**
   * The words.
   *
   * @param holder whom the intent waited for before this event
   */
  static String of(IntentEvent event, Optional<String> holder) {
    String kind = event.type().startsWith("intent.") ? event.type().substring(7) : event.type();
    return switch (kind) {
      case "created" -> "created" + by(event);
      case "submitted" -> "stored on disk";
      case "delivered" -> "delivered to " + detail(event, "to_agent", "its recipient");
      case "human_task_assigned", "waiting" -> waiting(event) + title(event.raw());
      case "in_progress" -> progress(event, holder);
      case "reminder" -> reminder(event);
      case "escalated" -> "escalated to " + detail(event, "escalated_to", "somebody else");
      case "transfer" -> "handed over to " + detail(event, "to", "somebody else");
      case "delivery_failed" ->
          "no agent took it in " + detail(event, "delivery_attempt", "its") + " attempts";
      default -> event.terminal() ? end(event) : Words.lower(kind);
    };
  }

  /** Whom a waiting intent waits for: "waiting for human alice". */
  static String waiting(IntentEvent event) {
    String who = holder(event).filter(name -> !name.equals(CORE)).map(n -> " " + n).orElse("");
    String kind = kind(event);
    String whom = kind.isEmpty() ? (who.isEmpty() ? " somebody" : who) : " " + kind + who;
    return "waiting for" + whom + step(event, " (step ", ")");
  }

  /** Who holds it after the event, as people call them. */
  static Optional<String> holder(IntentEvent event) {
    return event.pendingWith().map(Words::shortName).filter(name -> !name.isEmpty());
  }

  /** Whether it says how whoever held the intent is through with it. */
  static boolean tellsAnEnd(IntentEvent event) {
    return event.terminal()
        || event.details().containsKey("step_status")
        || event.details().containsKey("outcome");
  }

  /** Human, agent or time: by the reason, else by what kind of holder there is. */
  private static String kind(IntentEvent event) {
    String reason = event.waitingReason().orElse("");
    if (reason.contains("HUMAN")) {
      return "human";
    } else if (reason.contains("TIME")) {
      return "time";
    } else if (reason.contains("AGENT")) {
      return "agent";
    }
    return event.raw().get("pending_with") instanceof Map<?, ?> pending
            && pending.get("type") instanceof String type
            && !type.equals("internal")
        ? type
        : "";
  }

  private static String progress(IntentEvent event, Optional<String> holder) {
    if (event.details().containsKey("outcome")) {
      return "answered: "
          + detail(event, "outcome", "")
          + by(event)
          + quoted(event, "comment")
          + step(event, " (step ", ")");
    }
    String status = detail(event, "step_status", "");
    if (status.isEmpty()) {
      return "in progress" + by(event) + quoted(event, "reason");
    }
    Optional<String> who = actor(event).or(() -> holder.filter(name -> !name.equals(CORE)));
    String step = step(event, "step ", "");
    String subject = who.orElse(step.isEmpty() ? "a step" : step);
    String of = who.isPresent() && !step.isEmpty() ? " (" + step + ")" : "";
    return subject + " " + ended(status) + of + quoted(event, "reason");
  }

  private static String ended(String status) {
    return switch (status) {
      case "timed_out" -> "ran out of time";
      case "canceled" -> "was canceled";
      default -> Words.lower(status);
    };
  }

  private static String reminder(IntentEvent event) {
    String most = detail(event, "max_reminders", "0");
    return "reminder "
        + detail(event, "reminder", "")
        + (most.equals("0") ? "" : " of " + most)
        + " to "
        + event.pendingWith().orElse("a person");
  }

  private static String end(IntentEvent event) {
    String sentence = Result.of(event).sentence();
    return sentence.substring(0, 1).toLowerCase(Locale.ROOT)
        + sentence.substring(1)
        + step(event, " (step ", ")");
  }

  private static String by(IntentEvent event) {
    return actor(event).map(actor -> " by " + actor).orElse("");
  }

  private static Optional<String> actor(IntentEvent event) {
    return event
        .actor()
        .map(Words::shortName)
        .filter(name -> !name.equals(CORE) && !name.equals("gateway"));
  }

  private static String step(IntentEvent event, String before, String after) {
    String step = detail(event, "step_id", "");
    return step.isEmpty() ? "" : before + step + after;
  }

  private static String quoted(IntentEvent event, String name) {
    String text = detail(event, name, "");
    return text.isEmpty() ? "" : ": " + text;
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
}
