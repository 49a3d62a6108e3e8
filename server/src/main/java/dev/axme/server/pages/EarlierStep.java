package dev.axme.server.pages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a step before the question came to. The decision holds for it as it does for the payload, so
 * it is shown like one.
 *
 * @param step the step's name as the sender wrote it
 * @param by who did it or decided it; empty for a step that nobody had
 * @param decision what a person decided; null for a result
 * @param value the result, or the fields that a person filled in; null when it is too large to show
 * @param rawUrl where all of the value can be read; null when there is none
 */
public record EarlierStep(
    String step,
    String by,
    Instant at,
    @Nullable Decision decision,
    @Nullable JsonNode value,
    @Nullable String rawUrl) {

  /** A person's answer; an empty comment is none. */
  public record Decision(String outcome, String comment) {}

  /** The same with its table. */
  public record Drawn(EarlierStep step, int number, PayloadTable table) {
    /** Step's name in words. */
    public String name() {
      return StepName.of(step.step());
    }

    public String who() {
      return Headline.nameOf(step.by());
    }

    /** The outcome in words; null for a result. */
    public TaskListView.@Nullable Ending ending() {
      Decision decision = step.decision();
      return decision == null ? null : TaskListView.Ending.decided(decision.outcome());
    }

    public String comment() {
      Decision decision = step.decision();
      return decision == null ? "" : decision.comment();
    }

    /** Whether the page shows all of it. */
    public boolean whole() {
      return step.value() != null && table.whole();
    }
  }

  /** All of them, laid out in the room that one payload has. */
  static List<Drawn> draw(List<EarlierStep> steps) {
    PayloadTable.Room room = new PayloadTable.Room();
    List<Drawn> drawn = new ArrayList<>();
    for (EarlierStep step : steps) {
      JsonNode value = step.value();
      JsonNode shown = value == null ? JsonNodeFactory.instance.objectNode() : value;
      drawn.add(new Drawn(step, drawn.size() + 1, PayloadTable.of(shown, room)));
    }
    return List.copyOf(drawn);
  }
}
