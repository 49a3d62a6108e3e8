package dev.axme.server.intents;

import java.util.List;
import java.util.Locale;

/** The types of human tasks and what they mean when the sender says nothing else (section 6.2). */
final class TaskTypes {
  private TaskTypes() {}

  /** The outcomes of a type, successes first. Unknown types are approvals. */
  static List<String> outcomes(String type) {
    return switch (type.toLowerCase(Locale.ROOT)) {
      case "confirmation" -> List.of("confirmed", "denied");
      case "review" -> List.of("approved", "changes_requested", "rejected");
      case "assignment" -> List.of("assigned", "declined");
      case "form" -> List.of("submitted", "approved", "rejected");
      case "clarification" -> List.of("provided", "declined");
      case "manual_action" -> List.of("completed", "failed");
      case "override" -> List.of("override_approved", "rejected");
      case "provide_data",
          "attach_file",
          "validate_real_world",
          "validate_output",
          "delegation",
          "reroute",
          "escalate" ->
          List.of("approved", "submitted", "completed", "rejected");
      default -> List.of("approved", "rejected");
    };
  }

  static boolean commentRequired(String type) {
    return type.equalsIgnoreCase("clarification") || type.equalsIgnoreCase("override");
  }
}
