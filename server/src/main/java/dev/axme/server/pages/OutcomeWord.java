package dev.axme.server.pages;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The words for one outcome of a task: on the button, afterwards, and which way it points. */
public record OutcomeWord(String outcome, String verb, String past, Tone tone) {

  /** Whether an outcome lets the agent go on, sends it back, stops it, or says something else. */
  public enum Tone {
    GO,
    BACK,
    STOP,
    OTHER;

    /** The class of the chip. */
    public String colour() {
      return switch (this) {
        case GO -> "green";
        case BACK -> "amber";
        case STOP -> "red";
        case OTHER -> "";
      };
    }

    /** The symbol of the chip. */
    public String icon() {
      return switch (this) {
        case GO -> "check";
        case BACK -> "back";
        case STOP -> "cross";
        case OTHER -> "note";
      };
    }
  }

  private static final Map<String, OutcomeWord> KNOWN =
      Map.ofEntries(
          known("approved", "Approve", "Approved", Tone.GO),
          known("confirmed", "Confirm", "Confirmed", Tone.GO),
          known("assigned", "Assign", "Assigned", Tone.GO),
          known("submitted", "Submit", "Submitted", Tone.GO),
          known("provided", "Send answer", "Answered", Tone.GO),
          known("completed", "Mark as done", "Done", Tone.GO),
          known("override_approved", "Approve override", "Override approved", Tone.GO),
          known("acknowledged", "Acknowledge", "Acknowledged", Tone.GO),
          known("changes_requested", "Request changes", "Changes requested", Tone.BACK),
          known("rejected", "Reject", "Rejected", Tone.STOP),
          known("denied", "Deny", "Denied", Tone.STOP),
          known("declined", "Decline", "Declined", Tone.STOP),
          known("failed", "Report failure", "Reported as failed", Tone.STOP),
          known("deferred", "Defer", "Deferred", Tone.OTHER),
          known("escalated", "Escalate", "Escalated", Tone.OTHER));

  private static Map.Entry<String, OutcomeWord> known(
      String outcome, String verb, String past, Tone tone) {
    return Map.entry(outcome, new OutcomeWord(outcome, verb, past, tone));
  }

  /** The words for an outcome; one that nobody knows reads as it is written. */
  public static OutcomeWord of(String outcome) {
    OutcomeWord word = KNOWN.get(outcome.toLowerCase(Locale.ROOT));
    if (word != null) {
      return new OutcomeWord(outcome, word.verb, word.past, word.tone);
    }
    String label = Labels.of(outcome);
    return new OutcomeWord(outcome, label, "Answered \"" + label + "\"", Tone.OTHER);
  }

  /** The outcomes that a task of this type has when the sender named none, success first. */
  public static List<String> defaults(String taskType) {
    return switch (taskType.toLowerCase(Locale.ROOT)) {
      case "confirmation" -> List.of("confirmed", "denied");
      case "review" -> List.of("approved", "changes_requested", "rejected");
      case "assignment" -> List.of("assigned", "declined");
      case "form" -> List.of("submitted", "rejected");
      case "clarification" -> List.of("provided", "declined");
      case "manual_action" -> List.of("completed", "failed");
      case "override" -> List.of("override_approved", "rejected");
      default -> List.of("approved", "rejected");
    };
  }

  /** Whether the outcome ends the request without the agent doing what it asked for. */
  public boolean failure() {
    return tone == Tone.STOP || tone == Tone.BACK;
  }
}
