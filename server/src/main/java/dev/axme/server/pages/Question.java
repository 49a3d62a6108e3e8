package dev.axme.server.pages;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a task asks of a person: its type, the outcomes to choose from, and what must come with
 * them.
 *
 * <p>An empty list of outcomes means those of the type. A null schema means that there is no form.
 */
public record Question(
    String taskType, List<String> outcomes, Demands demands, @Nullable JsonNode formSchema) {

  /** What must come with a decision. */
  public record Demands(boolean comment, boolean evidence) {}

  public Question {
    outcomes = outcomes.isEmpty() ? OutcomeWord.defaults(taskType) : List.copyOf(outcomes);
  }

  /** Reads a {@code human_task} object; what is missing gets the type's defaults. */
  public static Question of(JsonNode humanTask) {
    String type = humanTask.path("task_type").asText("approval");
    List<String> outcomes = new ArrayList<>();
    humanTask.path("allowed_outcomes").forEach(o -> outcomes.add(o.asText()));
    boolean talk = type.equals("clarification") || type.equals("override");
    Demands demands =
        new Demands(
            humanTask.path("required_comment").asBoolean(talk),
            humanTask.path("evidence_required").asBoolean(false));
    JsonNode schema = humanTask.path("form_schema");
    return new Question(type, outcomes, demands, schema.isObject() ? schema : null);
  }

  /** The words for each outcome, in the order in which the buttons stand. */
  public List<OutcomeWord> words() {
    return outcomes.stream().distinct().map(OutcomeWord::of).toList();
  }
}
