package dev.axme.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The state diagram as the rules draw it: every example of a phase, given every command. */
class StateDiagramTest {
  private static final String NOTHING = "[*]";

  @Test
  void theDiagramIsWhatTheRulesDo() throws IOException {
    Golden.assertGolden("state-diagram.mmd", diagram(arrows()));
  }

  @Test
  void everyPhaseIsReachedAndNothingLeavesAnEnd() {
    Map<String, ?> arrows = arrows();

    assertThat(arrows.keySet().stream().map(a -> a.substring(a.lastIndexOf(' ') + 1)))
        .containsAll(Phases.leaves(Phase.class));
    for (String end : Phases.leaves(Phase.Ended.class)) {
      assertThat(arrows.keySet()).noneMatch(a -> a.startsWith(end + " "));
    }
  }

  /** From {@code phase --> phase} to who does what. */
  private static SequencedMap<String, Set<String>> arrows() {
    SequencedMap<String, Set<String>> arrows = new TreeMap<>();
    Phases.examples()
        .forEach(
            (phase, example) -> {
              for (IntentCommand command : Phases.commands()) {
                for (Actor actor : Phases.actors()) {
                  draw(arrows, phase, example.get(), actor, command);
                }
              }
            });
    return arrows;
  }

  private static void draw(
      Map<String, Set<String>> arrows,
      String phase,
      Story story,
      Actor actor,
      IntentCommand command) {
    RuleTable.Cell cell = RuleTable.of(story.root().intent(Samples.INTENT), actor, command);
    // What became of a notice is noted whenever it is known, and moves nothing.
    if (cell == RuleTable.Cell.NEVER || cell == RuleTable.Cell.NOTE) {
      return;
    }
    if (story.when(actor, command, Phases.deadline()).ruling() instanceof Ruling.Accepted) {
      String from = phase.equals(Phases.ABSENT) ? NOTHING : phase;
      String to = story.intent().phase().getClass().getSimpleName();
      arrows
          .computeIfAbsent(from + " --> " + to, _ -> new LinkedHashSet<>())
          .add(actor.getClass().getSimpleName() + " " + command.getClass().getSimpleName());
    }
  }

  private static String diagram(SequencedMap<String, Set<String>> arrows) {
    List<String> lines = new ArrayList<>(List.of("stateDiagram-v2"));
    arrows.forEach((arrow, labels) -> lines.add(arrow + ": " + String.join(", ", labels)));
    for (String end : Phases.leaves(Phase.Ended.class)) {
      lines.add(end + " --> " + NOTHING);
    }
    return String.join("\n  ", lines) + "\n";
  }
}
