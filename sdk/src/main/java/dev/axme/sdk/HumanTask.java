package dev.axme.sdk;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A question to people.
 *
 * @param title what is asked, in one line
 * @param description more about it
 * @param taskType {@code approval}, {@code review}, {@code form}, ...
 * @param allowedOutcomes the answers that count, success first; empty means the type's own
 * @param requiredComment whether an answer needs a comment
 * @param evidenceRequired whether a success needs the field {@code evidence}
 * @param assignees people, roles, groups or addresses; empty means everybody who may decide
 * @param formSchema a JSON Schema for the answer's fields; empty means none
 */
public record HumanTask(
    String title,
    Optional<String> description,
    String taskType,
    List<String> allowedOutcomes,
    boolean requiredComment,
    boolean evidenceRequired,
    List<String> assignees,
    Map<String, @Nullable Object> formSchema) {

  public HumanTask {
    allowedOutcomes = List.copyOf(allowedOutcomes);
    assignees = List.copyOf(assignees);
  }

  /** A yes-or-no question to everybody who may decide. */
  public static HumanTask approval(String title) {
    return new HumanTask(
        title, Optional.empty(), "approval", List.of(), false, false, List.of(), Map.of());
  }

  /** The same question to these people only. */
  public HumanTask assignedTo(String... names) {
    return new HumanTask(
        title,
        description,
        taskType,
        allowedOutcomes,
        requiredComment,
        evidenceRequired,
        List.of(names),
        formSchema);
  }

  static HumanTask of(Fields json) {
    return new HumanTask(
        json.text("title"),
        json.optional("description"),
        json.optional("task_type").orElse("approval"),
        json.texts("allowed_outcomes"),
        json.flag("required_comment"),
        json.flag("evidence_required"),
        json.texts("assignees"),
        json.in("form_schema").raw());
  }

  Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("title", title);
    description.ifPresent(text -> json.put("description", text));
    json.put("task_type", taskType);
    if (!allowedOutcomes.isEmpty()) {
      json.put("allowed_outcomes", allowedOutcomes);
    }
    if (requiredComment) {
      json.put("required_comment", true);
    }
    if (evidenceRequired) {
      json.put("evidence_required", true);
    }
    if (!assignees.isEmpty()) {
      json.put("assignees", assignees);
    }
    if (!formSchema.isEmpty()) {
      json.put("form_schema", formSchema);
    }
    return json;
  }
}
